import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, realpath, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../kernel/clock.ts';
import { identify, lookUp, processIdentity, type ProcessIdentity } from './processes.ts';
import { writeDurably } from './durable.ts';

const ownerRecord = z.object({
  process: processIdentity,
  /** RFC 3339. */
  since: z.string(),
  /** Where it serves. */
  address: z.string(),
  machine: z.string(),
});
export type DataDirOwner = z.infer<typeof ownerRecord>;

/** Another process owns the data directory. Its text says which, since when and where it serves. */
export class DataDirOwned extends Error {
  constructor(
    readonly dir: string,
    readonly owner: DataDirOwner,
  ) {
    super(
      `${dir} is in use by process ${owner.process.pid} on ${owner.machine} since ${owner.since}; it serves ${owner.address}. ` +
        'Stop it first, or choose another directory.',
    );
    this.name = 'DataDirOwned';
  }
}

const credentialsRecord = z.object({ postgres: z.string().min(20), clickhouse: z.string().min(20) });
/** Passwords of the engines we start, made once per data directory. */
export type Credentials = z.infer<typeof credentialsRecord>;

export interface DataDir {
  readonly path: string;
  readonly credentials: Credentials;
  release(): Promise<void>;
}

/** An owner that cannot be looked up from here shows that it lives by touching its record. */
const TOUCH_MS = 10_000;
const SILENT_MS = 60_000;

async function readOwner(file: string): Promise<DataDirOwner | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  return ownerRecord.safeParse(parsedOrNull(text)).data ?? null;
}

async function lives(file: string, owner: DataDirOwner, clock: Clock): Promise<boolean> {
  const found = await lookUp(owner.process);
  if (found !== 'elsewhere') return found === 'alive';
  const touched = await stat(file).then(
    (s) => s.mtimeMs,
    () => 0,
  );
  return clock.now().getTime() - touched < SILENT_MS;
}

/** Who owns a data directory now, or null. */
export async function ownerOf(dir: string, clock: Clock): Promise<DataDirOwner | null> {
  const file = join(resolve(dir), 'owner.json');
  const owner = await readOwner(file);
  return owner !== null && (await lives(file, owner, clock)) ? owner : null;
}

/** Null for what a crash left half written. */
function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One process at a time runs `work`: it holds a file that only it could make. That of a dead process is taken away. */
async function oneAtATime<T>(file: string, me: ProcessIdentity, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      const held = await open(file, 'wx', 0o600);
      await held.writeFile(JSON.stringify(me));
      await held.close();
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const text = await readFile(file, 'utf8').catch(() => '');
      const holder = processIdentity.safeParse(parsedOrNull(text));
      const dead = holder.success ? (await lookUp(holder.data)) === 'gone' : tries > 100;
      if (dead || tries > 500) await rm(file, { force: true });
      else await pause(20);
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function credentialsIn(dir: string): Promise<Credentials> {
  const file = join(dir, 'credentials.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text !== null) return credentialsRecord.parse(JSON.parse(text));
  const made = { postgres: randomBytes(24).toString('base64url'), clickhouse: randomBytes(24).toString('base64url') };
  await writeDurably(file, `${JSON.stringify(made)}\n`, 0o600);
  return made;
}

/**
 * Makes this process the owner of a data directory, making it where it is not. A record that a killed process left is
 * taken over; a living owner throws DataDirOwned.
 * @param address where this process serves, for whoever is turned away
 */
export async function takeDataDir(dir: string, address: string, clock: Clock): Promise<DataDir> {
  await mkdir(dir, { recursive: true });
  const path = await realpath(dir);
  // PostgreSQL under another user must be able to pass through; what lies inside is closed.
  await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
  const me = await identify(process.pid);
  if (me === null) throw new Error('This process cannot find itself.');
  const file = join(path, 'owner.json');
  await oneAtATime(join(path, 'owner.lock'), me, async () => {
    const owner = await ownerOf(path, clock);
    if (owner !== null) throw new DataDirOwned(path, owner);
    const record: DataDirOwner = { process: me, since: clock.now().toISOString(), address, machine: hostname() };
    await writeDurably(file, `${JSON.stringify(record)}\n`, 0o600);
  });
  const touch = setInterval(() => {
    const now = clock.now();
    utimes(file, now, now).catch(() => undefined);
  }, TOUCH_MS);
  touch.unref();
  return {
    path,
    credentials: await credentialsIn(path),
    release: async () => {
      clearInterval(touch);
      await rm(file, { force: true });
    },
  };
}
