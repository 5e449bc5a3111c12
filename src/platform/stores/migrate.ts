import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { FactsAddress, OpenedFacts } from './facts.ts';
import type { FactsMigration } from './ports.ts';
import { isInFront, layDistributed, quotedText, refuseOtherCluster, refuseOtherNumber, tablesOf } from './shards.ts';

const texts = z
  .record(z.string(), z.string())
  .parse(import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }));

/** The changes of the records schema, in order. */
export const recordsMigrations: readonly FactsMigration[] = Object.entries(texts)
  .map(([path, sql]) => ({ name: path.slice('./migrations/'.length, -'.sql'.length), sql }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Any number, as long as all processes take the same: the lock on changes of the schema. */
const LOCK = 7_310_426;

function hashOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

function refuseChanged(migration: FactsMigration, applied: string): void {
  if (applied === hashOf(migration.sql)) return;
  throw new Error(
    `The migration ${migration.name} was changed after it was applied to this store. Add a new one, or start with an empty store.`,
  );
}

/**
 * A schema with a change that this program does not know was made by a later one, which may have written what this one
 * would read wrongly.
 */
function refuseNewer(applied: Iterable<string>, migrations: readonly FactsMigration[]): void {
  const known = new Set(migrations.map((m) => m.name));
  for (const name of applied) {
    if (known.has(name)) continue;
    throw new Error(
      `These data were used by a newer Touchstone: their schema has ${name}, which this one does not know. Start that version, or a later one; or restore a backup from before.`,
    );
  }
}

/** Throws in words where the records were used by a newer program than one whose migrations these are, all of them. */
export async function refuseNewerRecords(
  client: PoolClient,
  migrations: readonly FactsMigration[] = recordsMigrations,
): Promise<void> {
  refuseNewer((await appliedRecords(client)).keys(), migrations);
}

/** Brings the records schema up to date, in one transaction. Several processes may do it at once: one does, the others wait. */
export async function migrateRecords(pool: Pool, migrations: readonly FactsMigration[] = recordsMigrations) {
  const client = await pool.connect();
  try {
    await migrateRecordsOver(client, migrations);
  } finally {
    client.release();
  }
}

/** `migrateRecords` over one connection, which may hold the lock of `withSchemaLock` already. */
export async function migrateRecordsOver(
  client: PoolClient,
  migrations: readonly FactsMigration[] = recordsMigrations,
): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const applied = await appliedRecords(client);
    refuseNewer(applied.keys(), migrations);
    for (const migration of migrations) {
      const hash = applied.get(migration.name);
      if (hash !== undefined) {
        refuseChanged(migration, hash);
        continue;
      }
      await client.query(migration.sql);
      await client.query('INSERT INTO schema_migrations (name, hash) VALUES ($1, $2)', [
        migration.name,
        hashOf(migration.sql),
      ]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function appliedRecords(client: PoolClient): Promise<Map<string, string>> {
  await client.query(
    'CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  const { rows } = await client.query('SELECT name, hash FROM schema_migrations');
  return new Map(
    z
      .array(z.object({ name: z.string(), hash: z.string() }))
      .parse(rows)
      .map((r) => [r.name, r.hash]),
  );
}

/** Parts a migration into statements at semicolons that end a line; comment lines are left out. */
export function statementsOf(sql: string): string[] {
  return sql
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;[ \t]*(?:--[^\n]*)?(?:\n|$)/)
    .map((s) => s.trim())
    .filter((s) => s !== '');
}

/** What a dictionary over a table of the same database logs in with. */
function sourceOf(a: FactsAddress): string {
  return `USER ${quotedText(a.user)} PASSWORD ${quotedText(a.password)} DB ${quotedText(a.database)}`;
}

const migrationRow = z.object({ name: z.string(), hash: z.string() });

async function appliedFacts(facts: OpenedFacts): Promise<Map<string, string>> {
  await facts.command(
    `CREATE TABLE IF NOT EXISTS schema_migrations (name String, hash String, applied_at DateTime DEFAULT now())
       ENGINE = MergeTree ORDER BY name SETTINGS fsync_after_insert = 1`,
  );
  const rows = await facts.query(migrationRow, 'SELECT name, hash FROM schema_migrations');
  return new Map(rows.map((r) => [r.name, r.hash]));
}

/** Throws in words where the facts were used by a newer program than one whose migrations these are, all of them. */
export async function refuseNewerFacts(facts: OpenedFacts, migrations: readonly FactsMigration[]): Promise<void> {
  for (const one of facts.nodes?.flatMap((n) => [n.local, n.front]) ?? [facts]) {
    refuseNewer((await appliedFacts(one)).keys(), migrations);
  }
}

/**
 * Brings the facts schema up to date. ClickHouse has no transactions: every statement of a migration must stand being
 * run again (`IF NOT EXISTS`), for a crash may come between a statement and its record.
 * `{{source}}` in a migration becomes the USER, PASSWORD and DB of a dictionary's source; one that says `everyStart` is
 * run again each time, so that a changed password reaches it.
 * Of several servers each gets all of it in the database with the rows, and its views and dictionaries in front of them.
 * Several processes must not do it at once: hold `withSchemaLock`.
 */
export async function migrateFacts(facts: OpenedFacts, migrations: readonly FactsMigration[]): Promise<void> {
  const { nodes, address } = facts;
  const { shards } = address;
  const tables = tablesOf(migrations);
  if (nodes === undefined || shards === undefined) {
    await refuseOtherNumber(facts, 1, tables);
    return migrateNode(facts, migrations, address);
  }
  await refuseOtherCluster(shards, nodes, tables);
  // What a mutation reads beside its own table is a view of the same server; whose an identity is, all of them know alike.
  for (const { local, front } of nodes) await migrateNode(local, migrations, front.address);
  for (const node of nodes) {
    await layDistributed(node, shards);
    await migrateNode(node.front, migrations, node.front.address, isInFront);
  }
}

/**
 * @param source where its dictionaries read
 * @param takes which of the statements are for this database
 */
async function migrateNode(
  facts: OpenedFacts,
  migrations: readonly FactsMigration[],
  source: FactsAddress,
  takes: (statement: string) => boolean = () => true,
): Promise<void> {
  const applied = await appliedFacts(facts);
  for (const migration of migrations) {
    const hash = applied.get(migration.name);
    if (migration.everyStart !== true && hash !== undefined) {
      refuseChanged(migration, hash);
      continue;
    }
    for (const statement of statementsOf(migration.sql).filter(takes)) {
      await facts.command(statement.replaceAll('{{source}}', sourceOf(source)));
    }
    if (hash === undefined) {
      await facts.insert('schema_migrations', [{ name: migration.name, hash: hashOf(migration.sql) }]);
    }
  }
}

/** The lock of `migrateRecords` around work in both stores; it is held by the connection that the work is given. */
export async function withSchemaLock<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    try {
      return await work(client);
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    }
  } finally {
    client.release();
  }
}
