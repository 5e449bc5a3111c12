import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Config } from '../kernel/config.ts';
import type { Log } from '../kernel/log.ts';
import { startClickHouse, type ClickHouseEngine } from './clickhouse-engine.ts';
import type { DataDir } from './data-dir.ts';
import { factsAddress, openFacts, type FactsAddress, type OpenedFacts } from './facts.ts';
import { startPostgres, type PostgresEngine } from './postgres-engine.ts';
import { ensureRecordsDatabase } from './databases.ts';
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
const DRAIN_MS = 10_000;

/** Starts the engines that no address was given for. */
export async function openEngines(config: Config, dataDir: DataDir, log: Log): Promise<Engines> {
  const { path, credentials } = dataDir;
  const started: Supervised<EngineProcess>[] = [];
  const outside = { state: 'outside' } as const;

  async function records(): Promise<Pick<Engines, 'recordsUrl'> & { status(): EngineState }> {
    if (config.databaseUrl !== undefined) return { recordsUrl: config.databaseUrl, status: () => outside };
    const engine = await supervise<PostgresEngine>(
      'postgres',
      () => startPostgres({ dir: join(path, 'postgres'), password: credentials.postgres }),
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
          ...(before === null ? {} : { port: before.port }),
        }),
      log,
    );
    started.push(engine);
    return { facts: engine.first.addressOf(DATABASE), status: engine.status };
  }

  const opening = [records(), facts()] as const;
  const [r, f] = await Promise.all(opening).catch(async (error: unknown) => {
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
      await Promise.all(started.map((s) => s.stop()));
    },
  };
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
