import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { FactsAddress, OpenedFacts } from './facts.ts';
import type { FactsMigration } from './ports.ts';
import { refuseOtherCluster } from './members.ts';
import { keptAs, onThose, type Keeping } from './replicas.ts';
import {
  hasReplicas,
  isInFront,
  layDistributed,
  partedOf,
  quotedText,
  refuseOtherNumber,
  tablesOf,
  type ShardNode,
} from './shards.ts';

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
const oneRow = z.object({ one: z.coerce.number() });

const databaseRow = z.object({ engine: z.string(), cloud: z.coerce.number() });

/** How a server keeps what is made in this database, where nobody named its replicas. */
async function keepingOf(facts: OpenedFacts): Promise<Keeping> {
  const [found] = await facts.query(
    databaseRow,
    `SELECT engine, (SELECT count() FROM system.settings WHERE name = 'cloud_mode' AND value IN ('1', 'true')) AS cloud
     FROM system.databases WHERE name = currentDatabase()`,
  );
  if (found?.cloud === 1) return 'in the cloud';
  return found?.engine === 'Replicated' ? 'in its database' : 'alone';
}

/** What was run on this server: each keeps that by itself, unless its database replicates all there is. */
async function appliedFacts(facts: OpenedFacts): Promise<Map<string, string>> {
  await facts.command(
    keptAs(
      await keepingOf(facts),
      `CREATE TABLE IF NOT EXISTS schema_migrations (name String, hash String, applied_at DateTime DEFAULT now())
       ENGINE = MergeTree ORDER BY name SETTINGS fsync_after_insert = 1`,
    ),
  );
  const rows = await facts.query(migrationRow, 'SELECT name, hash FROM schema_migrations');
  return new Map(rows.map((r) => [r.name, r.hash]));
}

/** Servers by the part of the rows that they have; of replicas those that answer, at least one. */
async function answering(nodes: readonly ShardNode[]): Promise<ShardNode[][]> {
  const ask = (node: ShardNode): Promise<unknown> => node.front.query(oneRow, 'SELECT 1 AS one');
  return Promise.all(partedOf(nodes).map((part) => (part.length === 1 ? Promise.resolve(part) : onThose(part, ask))));
}

/** Throws in words where the facts were used by a newer program than one whose migrations these are, all of them. */
export async function refuseNewerFacts(facts: OpenedFacts, migrations: readonly FactsMigration[]): Promise<void> {
  const nodes = facts.nodes === undefined ? undefined : (await answering(facts.nodes)).flat();
  for (const one of nodes?.flatMap((n) => [n.local, n.front]) ?? [facts]) {
    refuseNewer((await appliedFacts(one)).keys(), migrations);
  }
}

/**
 * Brings the facts schema up to date. ClickHouse has no transactions: every statement of a migration must stand being
 * run again (`IF NOT EXISTS`), for a crash may come between a statement and its record.
 * `{{source}}` in a migration becomes the USER, PASSWORD and DB of a dictionary's source; one that says `everyStart` is
 * run again each time, so that a changed password reaches it.
 * Of several servers each gets all of it in the database with the rows, and its views and dictionaries in front of them.
 * Where a shard has replicas, its tables are made to meet in Keeper; one that is away is left as it is, unless there is
 * something to change. Several processes must not do it at once: hold `withSchemaLock`.
 */
export async function migrateFacts(facts: OpenedFacts, migrations: readonly FactsMigration[]): Promise<void> {
  const { nodes, address } = facts;
  const { shards } = address;
  const tables = tablesOf(migrations);
  if (nodes === undefined || shards === undefined) {
    await refuseOtherNumber(facts, 1, tables);
    return migrateNode(facts, migrations, { source: address, keeping: await keepingOf(facts) });
  }
  const parts = await answering(nodes);
  const there = parts.flat();
  await refuseOtherCluster(shards, there, tables);
  if (there.length < nodes.length) await refuseChangesWithout(nodes, there, migrations);
  // What a mutation reads beside its own table is a view of the same server; whose an identity is, all of them know alike.
  const keeping = hasReplicas(address) ? 'at a path' : 'alone';
  for (const part of parts) await migratePart(part, migrations, keeping);
  for (const node of there) {
    await layDistributed(node, shards);
    await migrateNode(node.front, migrations, { source: node.front.address, keeping, takes: isInFront });
  }
}

/** A change that one of several replicas misses would meet it later with tables that it does not know. */
async function refuseChangesWithout(
  nodes: readonly ShardNode[],
  there: readonly ShardNode[],
  migrations: readonly FactsMigration[],
): Promise<void> {
  for (const { local } of there) {
    const applied = await appliedFacts(local);
    if (migrations.every(({ name }) => applied.has(name))) continue;
    const hosts = nodes.filter((n) => !there.includes(n)).map((n) => new URL(n.front.address.url).host);
    throw new Error(
      `ClickHouse at ${hosts.join(', ')} does not answer, and the schema of the facts is to be changed: start it first.`,
    );
  }
}

/** @param part servers with the same rows */
async function migratePart(
  part: readonly ShardNode[],
  migrations: readonly FactsMigration[],
  keeping: Keeping,
): Promise<void> {
  const known = await Promise.all(part.map(async (node) => ({ node, applied: (await appliedFacts(node.local)).size })));
  // One that joins others takes its tables as they stand there by now.
  const [first, ...others] = known.toSorted((a, b) => b.applied - a.applied).map(({ node }) => node);
  if (first === undefined) return;
  await migrateNode(first.local, migrations, { source: first.front.address, keeping });
  for (const other of others) {
    await joinTables(other.local, first.local);
    await migrateNode(other.local, migrations, { source: other.front.address, keeping });
  }
}

const madeRow = z.object({ name: z.string(), made: z.string() });

async function joinTables(joining: OpenedFacts, there: OpenedFacts): Promise<void> {
  const sql = `SELECT name, create_table_query AS made FROM system.tables
    WHERE database = currentDatabase() AND engine LIKE 'Replicated%MergeTree' ORDER BY name`;
  const has = new Set((await joining.query(madeRow, sql)).map((table) => table.name));
  for (const { name, made } of await there.query(madeRow, sql)) if (!has.has(name)) await joining.command(made);
}

/** Replicas make a change together, and it is done when all of them have. */
const TOGETHER = { settings: { alter_sync: 2, mutations_sync: 2 } };

interface NodeMigration {
  /** Where its dictionaries read. */
  readonly source: FactsAddress;
  readonly keeping: Keeping;
  /** Which of the statements are for this database. */
  readonly takes?: (statement: string) => boolean;
}

async function migrateNode(
  facts: OpenedFacts,
  migrations: readonly FactsMigration[],
  { source, keeping, takes = () => true }: NodeMigration,
): Promise<void> {
  const applied = await appliedFacts(facts);
  for (const migration of migrations) {
    const hash = applied.get(migration.name);
    if (migration.everyStart !== true && hash !== undefined) {
      refuseChanged(migration, hash);
      continue;
    }
    for (const statement of statementsOf(migration.sql).filter(takes)) {
      const told = keptAs(keeping, statement).replaceAll('{{source}}', sourceOf(source));
      await facts.command(told, {}, keeping === 'alone' ? {} : TOGETHER);
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
