import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installJobs } from '../../src/platform/jobs/boss.ts';
import { silentLog } from '../../src/platform/kernel/log.ts';
import { startClickHouse } from '../../src/platform/stores/clickhouse-engine.ts';
import type { FactsAddress } from '../../src/platform/stores/facts.ts';
import { createRecordsDatabase } from '../../src/platform/stores/databases.ts';
import { migrateRecords } from '../../src/platform/stores/migrate.ts';
import { writeDurably } from '../../src/platform/stores/durable.ts';
import { endLeftover } from '../../src/platform/stores/engine.ts';
import { identify, lookUp, processIdentity } from '../../src/platform/stores/processes.ts';
import { startPostgres } from '../../src/platform/stores/postgres-engine.ts';
import { startShards } from './shards.ts';
import { openRecords } from '../../src/platform/stores/records.ts';

export interface LiveEngines {
  /** The folder everything of this run lies in; gone at its end. */
  readonly dir: string;
  /** A database of PostgreSQL from which others can be made, and the one every world copies. */
  readonly recordsUrl: string;
  readonly templateDatabase: string;
  readonly facts: Omit<FactsAddress, 'database'>;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly live: LiveEngines;
  }
}

const TEMPLATE = 'world_template';
const PREFIX = 'touchstone-live-';
const RUN_FILE = 'run.json';

/** Ends what runs left that were killed: their PostgreSQL lives on, their folder stays. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const dir = join(tmpdir(), name);
    const text = name.startsWith(PREFIX) ? await readFile(join(dir, RUN_FILE), 'utf8').catch(() => null) : null;
    const run = text === null ? null : processIdentity.safeParse(JSON.parse(text));
    if (run === null || !run.success || (await lookUp(run.data)) !== 'gone') continue;
    await endLeftover(join(dir, 'postgres', 'engine.json'), 'SIGQUIT', 10_000);
    await rm(dir, { recursive: true, force: true });
  }
}

/** One server, or as many as TEST_SHARDS says with the rows parted among them. */
async function startFacts(dir: string, password: string) {
  const shards = Number(process.env['TEST_SHARDS'] ?? 1);
  if (shards > 1) {
    const several = await startShards(dir, password, shards);
    return { address: several.addressOf('default'), stop: several.stop };
  }
  const clickhouse = await startClickHouse({ dir: join(dir, 'clickhouse'), password });
  return { address: clickhouse.addressOf('default'), stop: () => clickhouse.stop() };
}

/** Starts both engines once for all live tests. They need not survive a power cut: fsync is off. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Another run may sweep at the same moment: what one finds gone is done.
  await sweep().catch(() => undefined);
  const dir = await mkdtemp(join(tmpdir(), PREFIX));
  await writeDurably(join(dir, RUN_FILE), JSON.stringify(await identify(process.pid)), 0o600);
  // PostgreSQL may run as another user than we: it must be able to enter.
  await chmod(dir, 0o711);
  const password = 'a password of a test';
  const [postgres, facts] = await Promise.all([
    startPostgres({
      dir: join(dir, 'postgres'),
      password,
      settings: ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=300'],
    }),
    startFacts(dir, password),
  ]);
  const recordsUrl = postgres.urlOf('postgres');
  const templateUrl = await createRecordsDatabase(recordsUrl, TEMPLATE);
  const template = openRecords(templateUrl, silentLog);
  await migrateRecords(template.pool);
  await template.close();
  await installJobs(templateUrl, silentLog);
  const { database: _, ...address } = facts.address;
  project.provide('live', { dir, recordsUrl, templateDatabase: TEMPLATE, facts: address });
  return async () => {
    await Promise.all([postgres.stop(), facts.stop()]);
    await rm(dir, { recursive: true, force: true });
  };
}
