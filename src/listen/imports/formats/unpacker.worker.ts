import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Files } from '../../../platform/files/ports.ts';
import { Problem } from '../../../platform/kernel/problem.ts';
import type { Answer, Start, Told } from './apart.ts';
import { broken } from './limits.ts';
import { unwrap } from './unwrap.ts';

/** Text is sent in pieces of so many bytes at least: each is a message and its answer. */
const PIECE = 256_000;

// Where memory runs out, this process goes first, not the house's.
try {
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {
  // No Linux, or not allowed: its own limit holds.
}

let answered: ((answer: Answer) => void) | undefined;

function tell(message: Told): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

let asking: Promise<unknown> = Promise.resolve();

/** One after another: a stream reads ahead while its text is being handed on. */
function ask(message: Told): Promise<Answer> {
  const mine = asking.then(
    () =>
      new Promise<Answer>((resolve) => {
        answered = resolve;
        void tell(message);
      }),
  );
  asking = mine;
  return mine;
}

/** The one file, in pieces as they are asked for: first small, as most reads are. */
function filesOf(size: number): Files {
  const no = (): never => {
    throw new Error('The unpacker only reads.');
  };
  async function* pieces(from: number): AsyncGenerator<Uint8Array> {
    let piece = 65_536;
    for (let at = from; at < size;) {
      const { bytes } = await ask({ read: { from: at, size: Math.min(piece, size - at) } });
      if (bytes.length === 0) return;
      yield bytes;
      at += bytes.length;
      piece = Math.min(piece * 2, 4_000_000);
    }
  }
  return {
    open: async (_name, fromByte = 0) => Promise.resolve(Readable.from(pieces(fromByte), { highWaterMark: 1 })),
    size: async () => Promise.resolve(size),
    put: no,
    list: no,
    remove: no,
    sweep: no,
  };
}

async function work({ size, ...asked }: Start): Promise<void> {
  const { text, ...opened } = await unwrap(filesOf(size), 'packed', asked);
  await ask({ opened });
  let parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of text) {
    parts.push(part);
    bytes += part.length;
    if (bytes < PIECE) continue;
    await ask({ text: Buffer.concat(parts) });
    parts = [];
    bytes = 0;
  }
  if (bytes > 0) await ask({ text: Buffer.concat(parts) });
  await tell({ ended: true });
}

function refusal(error: unknown): Told {
  const problem =
    error instanceof Problem ? error : broken('packed or a workbook', 'it is not written as such files are');
  const { type, detail, details } = problem;
  const { field, mend, code, values } = details;
  return {
    refused: {
      type: type === 'unsupported' || type === 'too-large' ? type : 'bad-input',
      detail,
      field,
      mend,
      code,
      values: values === undefined ? undefined : { ...values },
    },
  };
}

process.once('message', (start: Start) => {
  process.on('message', (answer: Answer) => answered?.(answer));
  work(start)
    .catch((error: unknown) => tell(refusal(error)))
    .finally(() => process.disconnect());
});
process.on('disconnect', () => process.exit(0));
