import { randomBytes } from 'node:crypto';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { expect, inject, test } from 'vitest';
import { z } from 'zod';
import { freshDatabase } from '../../../test/support/world.ts';
import { silentLog } from '../kernel/log.ts';
import { ensureFactsDatabase } from './databases.ts';
import { openFacts } from './facts.ts';
import { migrateFacts, migrateRecords, recordsMigrations, refuseNewerFacts } from './migrate.ts';
import { openRecords, type OpenedRecords } from './records.ts';

const tables = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .parse(import.meta.glob('../../**/tables.ts', { eager: true }));

/** Everything a schema consists of, each in a line; columns by their name, for an added one comes last. */
async function catalogueOf({ pool }: OpenedRecords): Promise<string[]> {
  const { rows } = await pool.query(`
    SELECT concat_ws(' ', 'column', table_name, column_name, data_type, datetime_precision, is_nullable, column_default) AS line
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations'
    UNION ALL SELECT concat_ws(' ', 'index', indexdef) FROM pg_indexes
      WHERE schemaname = 'public' AND tablename <> 'schema_migrations'
    UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'schema_migrations'
    UNION ALL SELECT concat_ws(' ', 'sequence', sequencename, data_type, start_value, min_value, max_value, increment_by, cycle, cache_size)
      FROM pg_sequences WHERE schemaname = 'public'
    ORDER BY line`);
  return z
    .array(z.object({ line: z.string() }))
    .parse(rows)
    .map((r) => r.line);
}

test('[SR9] a store of the first release, brought up to date, has the schema that the tables make at once', async () => {
  const stores = [await freshDatabase('empty'), await freshDatabase('empty')].map((url) => openRecords(url, silentLog));
  const [upgraded, fresh] = stores;
  if (upgraded === undefined || fresh === undefined) throw new Error('two stores were opened');
  try {
    const first = recordsMigrations.slice(0, 1);
    await migrateRecords(upgraded.pool, first);
    await migrateRecords(upgraded.pool);
    const schema = Object.fromEntries(
      Object.entries(tables).flatMap(([file, module]) => Object.entries(module).map(([k, v]) => [`${file} ${k}`, v])),
    );
    for (const statement of await generateMigration(generateDrizzleJson({}), generateDrizzleJson(schema))) {
      await fresh.pool.query(statement);
    }
    const made = await catalogueOf(fresh);
    expect(made.length).toBeGreaterThan(100);
    expect(await catalogueOf(upgraded)).toEqual(made);
  } finally {
    for (const store of stores) await store.close();
  }
});

test('[SR20] data that a newer version has used are refused in words, and nothing of them is changed', async () => {
  const newer = { name: '9999_later', sql: 'CREATE TABLE later (id int)' };
  const store = openRecords(await freshDatabase('empty'), silentLog);
  try {
    await migrateRecords(store.pool, [...recordsMigrations.slice(0, 1), newer]);
    await expect(migrateRecords(store.pool)).rejects.toThrow('a newer Touchstone: their schema has 9999_later');
    const { rows } = await store.pool.query('SELECT name FROM schema_migrations ORDER BY name');
    expect(rows).toEqual([{ name: '0001_initial' }, { name: '9999_later' }]);
  } finally {
    await store.close();
  }
  const { facts: engine } = inject('live');
  const address = { ...engine, database: `newer_${randomBytes(8).toString('hex')}` };
  await ensureFactsDatabase(address);
  const facts = openFacts(address);
  try {
    const known = {
      name: 'core/x/0001_x',
      sql: 'CREATE TABLE IF NOT EXISTS x (a String) ENGINE = MergeTree ORDER BY a;',
    };
    await migrateFacts(facts, [known, { ...known, name: 'core/x/0002_later' }]);
    await expect(refuseNewerFacts(facts, [known])).rejects.toThrow('their schema has core/x/0002_later');
    await refuseNewerFacts(facts, [known, { ...known, name: 'core/x/0002_later' }]);
  } finally {
    await facts.close();
  }
});
