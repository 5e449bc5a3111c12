import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Config } from '../kernel/config.ts';
import { bundled } from '../kernel/entry.ts';
import type { Log } from '../kernel/log.ts';
import { startClickHouse, type ClickHouseEngine } from './clickhouse-engine.ts';
import type { DataDir } from './data-dir.ts';
import { factsAddress, factsAddressShape, openFacts, type FactsAddress, type OpenedFacts } from './facts.ts';
import { startPostgres, type PostgresEngine } from './postgres-engine.ts';
import { ensureRecordsDatabase } from './databases.ts';
import { writeDurably } from './durable.ts';
import { supervise, type EngineStatus, type Supervised } from './supervised.ts';
import type { EngineProcess } from './engine.ts';

export type EngineName = 'postgres' | 'clickhouse';
export type EngineState = EngineStatus | { readonly state: 'outside' };

/** The stores of a house: engines of ours or servers elsewhere. */
export interface Engines {
  readonly recordsUrl: string;
  readonly facts: FactsAddress;
  /** `outside`: a server of somebody else's, known only by whether it answers. */
  status(): Readonly<Record<EngineName, EngineState>>;
  /** Lets running statements finish, then ends the engines we started. */
  stop(): Promise<void>;
}

const DATABASE = 'touchstone';
/** Made by the build, where it could (scripts/lib/build.mjs). */
const CLUSTER_TEMPLATE = fileURLToPath(new URL('../cluster', import.meta.url));

/** In the data directory, readable by its owner alone: for a command that works beside the server. */
const STORES_FILE = 'stores.json';
const storesRecord = z.object({
  recordsUrl: z.string(),
  facts: factsAddressShape,
});
const DRAIN_MS = 10_000;

/**
 * Starts the engines that no address was given for. `keptFreeBytes`: ClickHouse leaves so much of the disk to PostgreSQL,
 * which ends when it meets a full one.
 */
export async function openEngines(
  config: Config,
  dataDir: DataDir,
  log: Log,
  { keptFreeBytes = 0 }: { readonly keptFreeBytes?: number } = {},
): Promise<Engines> {
  const { path, credentials } = dataDir;
  const started: Supervised<EngineProcess>[] = [];
  const storesFile = join(path, STORES_FILE);
  // An earlier run's: it leads nowhere.
  await rm(storesFile, { force: true });
  const outside = { state: 'outside' } as const;

  async function records(): Promise<Pick<Engines, 'recordsUrl'> & { status(): EngineState }> {
    if (config.databaseUrl !== undefined) return { recordsUrl: config.databaseUrl, status: () => outside };
    const engine = await supervise<PostgresEngine>(
      'postgres',
      () =>
        startPostgres({
          dir: join(path, 'postgres'),
          password: credentials.postgres,
          ...(bundled ? { template: CLUSTER_TEMPLATE } : {}),
        }),
      log,
    );
    started.push(engine);
    const recordsUrl = await ensureRecordsDatabase(engine.first.urlOf('postgres'), DATABASE);
    return { recordsUrl, status: engine.status };
  }

  async function facts(): Promise<Pick<Engines, 'facts'> & { status(): EngineState }> {
    if (config.clickhouseUrl !== undefined) return { facts: factsAddress(config.clickhouseUrl), status: () => outside };
    const engine = await supervise<ClickHouseEngine>(
      'clickhouse',
      (before) =>
        startClickHouse({
          dir: join(path, 'clickhouse'),
          password: credentials.clickhouse,
          keptFreeBytes,
          ...(before === null ? {} : { port: before.port }),
        }),
      log,
    );
    started.push(engine);
    return { facts: engine.first.addressOf(DATABASE), status: engine.status };
  }

  const opening = [records(), facts()] as const;
  const ready = Promise.all(opening).then(async ([r, f]) => {
    const running: z.infer<typeof storesRecord> = { recordsUrl: r.recordsUrl, facts: f.facts };
    await writeDurably(storesFile, `${JSON.stringify(running)}\n`, 0o600);
    return [r, f] as const;
  });
  const [r, f] = await ready.catch(async (error: unknown) => {
    await Promise.allSettled(opening);
    await Promise.allSettled(started.map((s) => s.stop()));
    throw error;
  });
  return {
    recordsUrl: r.recordsUrl,
    facts: f.facts,
    status: () => ({ postgres: r.status(), clickhouse: f.status() }),
    stop: async () => {
      if (config.clickhouseUrl === undefined) await drained(f.facts);
      await rm(storesFile, { force: true });
      await Promise.all(started.map((s) => s.stop()));
    },
  };
}

/** Where the stores of a data directory are that another process runs. Throws in words where it does not say so. */
export async function runningStores(dir: string): Promise<z.infer<typeof storesRecord>> {
  const text = await readFile(join(dir, STORES_FILE), 'utf8').catch(() => null);
  if (text === null) throw new Error(`The server of ${dir} is still starting: try again in a moment.`);
  return storesRecord.parse(JSON.parse(text));
}

const countRow = z.object({ n: z.coerce.number() });

/** Statements in ClickHouse but the endless one that keeps it up, which belongs to another user, and this one. */
async function runningStatements(facts: OpenedFacts): Promise<number> {
  const sql = 'SELECT count() AS n FROM system.processes WHERE user = currentUser() AND query_id != queryID()';
  const [row] = await facts.query(countRow, sql);
  return row?.n ?? 0;
}

/** Waits until ClickHouse does nothing of ours, for a while. */
async function drained(address: FactsAddress): Promise<void> {
  const facts = openFacts({ ...address, database: 'system' });
  const end = performance.now() + DRAIN_MS;
  try {
    while (performance.now() < end && (await runningStatements(facts)) > 0) await pause(50);
  } catch {
    // It is away already: nothing runs in it.
  } finally {
    await facts.close();
  }
}
