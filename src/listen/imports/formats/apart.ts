import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Files } from '../../../platform/files/ports.ts';
import { entryUrl } from '../../../platform/kernel/entry.ts';
import { Problem } from '../../../platform/kernel/problem.ts';
import { notTaken } from './limits.ts';
import { readPiece } from './reading.ts';
import type { Asked, Unwrapped } from './unwrap.ts';

/** What the process asks for and tells: one at a time, each answered before the next. */
const told = z.union([
  z.object({ read: z.object({ from: z.number().int().min(0), size: z.number().int().min(1).max(4_000_000) }) }),
  z.object({
    opened: z.object({
      packed: z.enum(['zip', 'zstd', 'gzip', 'xlsx', 'parquet']),
      part: z.string().optional(),
      others: z.array(z.string()).readonly().optional(),
      leftOut: z.array(z.string()).readonly().optional(),
      header: z.boolean().optional(),
    }),
  }),
  z.object({ text: z.instanceof(Uint8Array) }),
  z.object({ ended: z.literal(true) }),
  z.object({
    refused: z.object({
      type: z.enum(['bad-input', 'unsupported', 'too-large']),
      detail: z.string(),
      field: z.string().optional(),
      mend: z.string().optional(),
      code: z.string().optional(),
      values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  }),
]);
export type Told = z.infer<typeof told>;
/** What the process is answered: the piece of the file that it asked for, or nothing but that it may go on. */
export interface Answer {
  readonly bytes: Uint8Array;
}
/** What the process is started with. */
export interface Start extends Asked {
  readonly size: number;
}

/** Of what JavaScript holds. */
const MEMORY_MB = 512;
/** With bytes of the file and what they unpack to, which lie beside that: looked at from here, whatever the process is at. */
const ALL_MEMORY_MB = 1_200;
const LOOK_MS = 100;
const NOTHING = new Uint8Array(0);

const PROGRAM = entryUrl('unpacker', new URL('./unpacker.worker.ts', import.meta.url), import.meta.url);

/** What a process holds in memory, in megabytes; 0 where the system does not say (it has to be Linux). */
async function heldMb(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1_000;
}

/**
 * Unwraps in a process of its own, which holds nothing of ours but the file's bytes: a file that takes all memory or never
 * ends takes that process with it, and is refused. It ends with the text, read or left.
 * @param signal ends it, with its reason
 */
export async function unwrapApart(
  files: Files,
  name: string,
  asked: Asked,
  signal?: AbortSignal,
  { program = PROGRAM, memoryMb = MEMORY_MB, allMemoryMb = ALL_MEMORY_MB } = {},
): Promise<Unwrapped> {
  const child = fork(fileURLToPath(program), [], {
    execArgv: [`--max-old-space-size=${memoryMb}`],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const news: unknown[] = [];
  let gone = false;
  let wake = (): void => undefined;
  child.on('message', (message) => {
    news.push(message);
    wake();
  });
  const over = (): void => {
    gone = true;
    wake();
  };
  // The channel closes after the last of what was sent through it.
  child.on('disconnect', over).on('error', over);
  const kill = (): void => {
    child.kill('SIGKILL');
    over();
  };
  signal?.addEventListener('abort', kill, { once: true });
  const watch = setInterval(() => {
    void heldMb(child.pid).then((held) => {
      if (held > allMemoryMb) kill();
    });
  }, LOOK_MS).unref();
  const end = (): void => {
    clearInterval(watch);
    signal?.removeEventListener('abort', kill);
    child.kill('SIGKILL');
  };
  const say = (what: Start | Answer): void => {
    // One that is gone is noticed by its silence.
    child.send(what, () => undefined);
  };
  /** The next that is told, after what it reads meanwhile. */
  const next = async (): Promise<Exclude<Told, { read: unknown }>> => {
    for (;;) {
      while (news.length === 0 && !gone) await new Promise<void>((resolve) => (wake = resolve));
      signal?.throwIfAborted();
      if (news.length === 0) {
        throw notTaken(
          'The file cannot be unpacked: it takes too much memory.',
          'Split it, write it in smaller groups of rows, or send it as CSV.',
        );
      }
      const message = told.parse(news.shift());
      if ('refused' in message) {
        const { type, detail, field, mend, code, values } = message.refused;
        throw new Problem(type, detail, {
          ...(field === undefined ? {} : { field }),
          ...(mend === undefined ? {} : { mend }),
          ...(code === undefined ? {} : { code }),
          ...(values === undefined ? {} : { values }),
        });
      }
      if (!('read' in message)) return message;
      say({ bytes: await readPiece(files, name, message.read.from, message.read.size) });
    }
  };
  async function* text(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        say({ bytes: NOTHING });
        const message = await next();
        if ('ended' in message) return;
        if ('text' in message) yield message.text;
      }
    } finally {
      end();
    }
  }
  try {
    signal?.throwIfAborted();
    say({ ...asked, size: await files.size(name) });
    const first = await next();
    if (!('opened' in first)) throw new Error('The unpacker told of a text before it had opened the file.');
    return { ...first.opened, text: text() };
  } catch (error) {
    end();
    throw error;
  }
}
