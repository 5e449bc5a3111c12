import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { endProcess, identify, processIdentity, type ProcessIdentity } from './processes.ts';
import { writeDurably } from './durable.ts';

/** A running engine: a child process of ours. */
export interface EngineProcess {
  readonly pid: number;
  /** Settles when the process ends, for whatever reason: code or signal. */
  readonly ended: Promise<string>;
  /** Ends it the gentle way and waits. */
  stop(): Promise<void>;
}

const LOG_CAP_BYTES = 20_000_000;

/** What a failed start says: the last lines of the engine's log. */
export async function tailOf(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-8).join('\n');
}

/**
 * Starts an engine in a process group of its own, so that a Ctrl-C in the terminal reaches us first, with its output in
 * a file, and writes down who it is. `lifeline`: keeps a pipe to its standard input that closes when we end.
 */
export async function spawnEngine(
  command: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'uid' | 'gid' | 'cwd'> & {
    readonly logFile: string;
    readonly pidFile: string;
    readonly lifeline: boolean;
  },
): Promise<{ readonly who: ProcessIdentity; readonly ended: Promise<string> }> {
  const { logFile, pidFile, lifeline, ...rest } = options;
  const size = await stat(logFile)
    .then((s) => s.size)
    .catch(() => 0);
  if (size > LOG_CAP_BYTES) await rename(logFile, `${logFile}.old`);
  const log = await open(logFile, 'a', 0o600);
  try {
    const child = spawn(command, [...args], {
      ...rest,
      detached: true,
      stdio: [lifeline ? 'pipe' : 'ignore', log.fd, log.fd],
    });
    child.stdin?.on('error', () => undefined);
    await once(child, 'spawn');
    const ended = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code ?? 'unknown'}`));
    });
    const who = child.pid === undefined ? null : await identify(child.pid);
    if (who === null) throw new Error(`The engine ended at once (${await ended}). ${await tailOf(logFile)}`);
    await writeDurably(pidFile, JSON.stringify(who), 0o600);
    return { who, ended };
  } finally {
    await log.close();
  }
}

/** Ends the engine of an earlier owner that was killed. Nothing happens when it is gone or its pid belongs to another. */
export async function endLeftover(pidFile: string, first: NodeJS.Signals, timeoutMs: number): Promise<void> {
  const text = await readFile(pidFile, 'utf8').catch(() => null);
  if (text === null) return;
  const read = processIdentity.safeParse(JSON.parse(text));
  if (read.success) await endProcess(read.data, first, timeoutMs);
  await rm(pidFile, { force: true });
}
