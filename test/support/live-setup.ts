import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installJobs } from '../../src/platform/jobs/boss.ts';
import { silentLog } from '../../src/platform/kernel/log.ts';
import { startClickHouse } from '../../src/platform/stores/clickhouse-engine.ts';
import { createRecordsDatabase } from '../../src/platform/stores/databases.ts';
import { migrateRecords } from '../../src/platform/stores/migrate.ts';
import { startPostgres } from '../../src/platform/stores/postgres-engine.ts';
import { openRecords } from '../../src/platform/stores/records.ts';

export interface LiveEngines {
  /** The folder everything of this run lies in; gone at its end. */
  readonly dir: string;
  /** A database of PostgreSQL from which others can be made, and the one every world copies. */
  readonly recordsUrl: string;
  readonly templateDatabase: string;
  readonly facts: { readonly url: string; readonly user: string; readonly password: string };
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly live: LiveEngines;
  }
}

const TEMPLATE = 'world_template';

/** Starts both engines once for all live tests. They need not survive a power cut: fsync is off. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'touchstone-live-'));
  // PostgreSQL may run as another user than we: it must be able to enter.
  await chmod(dir, 0o711);
  const password = 'a password of a test';
  const [postgres, clickhouse] = await Promise.all([
    startPostgres({
      dir: join(dir, 'postgres'),
      password,
      settings: ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=300'],
    }),
    startClickHouse({ dir: join(dir, 'clickhouse'), password }),
  ]);
  const recordsUrl = postgres.urlOf('postgres');
  const templateUrl = await createRecordsDatabase(recordsUrl, TEMPLATE);
  const template = openRecords(templateUrl, silentLog);
  await migrateRecords(template.pool);
  await template.close();
  await installJobs(templateUrl, silentLog);
  const { url, user } = clickhouse.addressOf('default');
  project.provide('live', { dir, recordsUrl, templateDatabase: TEMPLATE, facts: { url, user, password } });
  return async () => {
    await Promise.all([postgres.stop(), clickhouse.stop()]);
    await rm(dir, { recursive: true, force: true });
  };
}
