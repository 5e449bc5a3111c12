import { execFile } from 'node:child_process';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

/** One process for all time: a pid alone is given to another one day. */
export const processIdentity = z.object({
  pid: z.number().int().positive(),
  /** When it started, in whatever words the system has for it. */
  started: z.string(),
  /** The boot and pid namespace the pid belongs to: only there it can be looked up. */
  space: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** When a process started, or null where none has that pid. A zombie counts as gone. */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
    if (stat === null) return null;
    // The name in parentheses may hold anything: fields are counted from behind it (proc(5): 3 state, 22 starttime).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  }
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? null : stdout.trim();
}

async function pidSpace(): Promise<string> {
  if (process.platform !== 'linux') return process.platform;
  const [boot, namespace] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return `${boot.trim()} ${namespace}`;
}

/** Null where no process has that pid. */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const started = await startOf(pid);
  return started === null ? null : { pid, started, space: await pidSpace() };
}

/** `elsewhere`: it belongs to another machine, boot or container, and cannot be looked up from here. */
export async function lookUp(who: ProcessIdentity): Promise<'alive' | 'gone' | 'elsewhere'> {
  if (who.space !== (await pidSpace())) return 'elsewhere';
  return (await startOf(who.pid)) === who.started ? 'alive' : 'gone';
}

/** The command line of a process, its arguments parted by spaces; empty where there is none. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const raw = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
    return raw.replaceAll('\0', ' ').trim();
  }
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim();
}

/** Whether any process works in that folder; null where the system does not tell. */
export async function anyoneIn(folder: string): Promise<boolean | null> {
  if (process.platform !== 'linux') return null;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return folders.includes(folder);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone meanwhile: what was wanted.
  }
}

/** Whether exactly this process is gone within the time. */
export async function waitUntilGone(who: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    if ((await lookUp(who)) !== 'alive') return true;
    if (performance.now() > end) return false;
    await pause(20);
  }
}

/** Ends exactly this process, never one that took over its pid: the first signal, then SIGKILL after the time. */
export async function endProcess(who: ProcessIdentity, first: NodeJS.Signals, timeoutMs: number): Promise<void> {
  if ((await lookUp(who)) !== 'alive') return;
  signal(who.pid, first);
  if (await waitUntilGone(who, timeoutMs)) return;
  signal(who.pid, 'SIGKILL');
  if (!(await waitUntilGone(who, 10_000))) throw new Error(`Process ${who.pid} does not end.`);
}
