import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../../test/support/until.ts';
import { freshDatabase } from '../../../test/support/world.ts';
import { silentLog } from '../kernel/log.ts';
import { ensureFactsDatabase } from './databases.ts';
import { openFacts, type OpenedFacts } from './facts.ts';
import { migrateFacts, migrateRecords, withSchemaLock } from './migrate.ts';
import { startPostgres } from './postgres-engine.ts';
import { openRecords, type OpenedRecords } from './records.ts';

let facts: OpenedFacts;
let records: OpenedRecords;
const counted = z.object({ n: z.string() });

beforeAll(async () => {
  records = openRecords(await freshDatabase('empty'), silentLog);
  const { facts: engine } = inject('live');
  const address = { ...engine, database: `stores_${process.pid}_${Math.trunc(performance.now())}` };
  await ensureFactsDatabase(address);
  facts = openFacts(address);
  await facts.command(
    `CREATE TABLE things (id String, at DateTime64(3,'UTC'), amount Decimal(18,4), big UInt64)
     ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100`,
  );
});
afterAll(async () => {
  await facts.close();
  await records.close();
});

async function count(where: string): Promise<number> {
  const [row] = await facts.query(counted, `SELECT count() AS n FROM things WHERE startsWith(id, {where:String})`, {
    where,
  });
  return Number(row?.n);
}

function thing(id: string) {
  return { id, at: '2026-03-01 08:00:00.123', amount: '12345678901234.5678', big: '18446744073709551615' };
}

test('[SR1] rows are parsed, exact, in UTC', async () => {
  await facts.insert('things', [thing('exact')]);
  const row = z.object({ id: z.string(), at: z.string(), amount: z.string(), big: z.string() });
  const select = "SELECT * FROM things WHERE id = 'exact'";
  expect(await facts.query(row, select)).toEqual([thing('exact')]);
  await expect(facts.query(z.object({ id: z.number() }), select)).rejects.toThrow(z.ZodError);
});

test('[SR2] no text changes what a statement does', async () => {
  const echo = z.object({ a: z.string(), b: z.array(z.string()), c: z.string().nullable() });
  for (const text of ["'; DROP TABLE things; --", '\\', "\\'", '{a:String}', '\u0000\t\n', 'ویدا 🙂']) {
    const rows = await facts.query(echo, 'SELECT {a:String} AS a, {b:Array(String)} AS b, {c:Nullable(String)} AS c', {
      a: text,
      b: [text, text],
      c: null,
    });
    expect(rows).toEqual([{ a: text, b: [text, text], c: null }]);
  }
});

test('[SR3] a stream arrives in blocks and can be stopped', async () => {
  let blocks = 0;
  let sum = 0;
  for await (const rows of facts.stream(counted, 'SELECT number AS n FROM numbers(200000)')) {
    blocks++;
    for (const { n } of rows) sum += Number(n);
  }
  expect(blocks).toBeGreaterThan(1);
  expect(sum).toBe((200_000 * 199_999) / 2);

  const endless = 'SELECT number AS n, {mark:String} AS mark FROM system.numbers';
  const running = async (mark: string) => {
    const select =
      "SELECT count() AS n FROM system.processes WHERE query NOT LIKE '%processes%' AND Settings['log_comment'] = {mark:String}";
    return Number((await facts.query(counted, select, { mark }))[0]?.n);
  };
  const stopping = new AbortController();
  const aborted = async () => {
    const options = { signal: stopping.signal, settings: { log_comment: 'aborted' } };
    for await (const block of facts.stream(counted, endless, { mark: 'a' }, options)) {
      if (block.length > 0) stopping.abort();
    }
  };
  await expect(aborted()).rejects.toThrow();
  for await (const block of facts.stream(counted, endless, { mark: 'b' }, { settings: { log_comment: 'left' } })) {
    if (block.length > 0) break;
  }
  for (const mark of ['aborted', 'left']) await until(`no statement ${mark}`, async () => (await running(mark)) === 0);
});

test('[SR4] the same insert with the same token counts once', async () => {
  const rows = [thing('once a'), thing('once b')];
  const text = rows.map((r) => JSON.stringify(r)).join('\n');
  await facts.insert('things', rows, { token: 't1' });
  await facts.insert('things', rows, { token: 't1' });
  await facts.insert('things', text, { token: 't1' });
  await facts.insert('things', Buffer.from(text), { token: 't1' });
  await facts.insert('things', Readable.from([Buffer.from(text)], { objectMode: false }), { token: 't1' });
  expect(await count('once')).toBe(2);
  await facts.insert('things', rows, { token: 't2' });
  expect(await count('once')).toBe(4);
  await facts.insert('things', []);
});

test('[SR5] a wrong insert leaves nothing', async () => {
  const wrong = [
    [thing('wrong'), { ...thing('wrong'), unknown: 1 }],
    [thing('wrong'), { ...thing('wrong'), at: 'yesterday' }],
  ];
  for (const rows of wrong) await expect(facts.insert('things', rows)).rejects.toThrow();
  await expect(facts.insert('things', `${JSON.stringify(thing('wrong'))}\n{"id": `)).rejects.toThrow();
  expect(await count('wrong')).toBe(0);
});

test('[SR6] a transaction is kept whole or not at all', async () => {
  const { db } = records;
  await db.execute(sql`CREATE TABLE kept (id int PRIMARY KEY)`);
  await records.transaction((tx) => tx.execute(sql`INSERT INTO kept VALUES (1)`));
  const failing = records.transaction(async (tx) => {
    await tx.execute(sql`INSERT INTO kept VALUES (2)`);
    await tx.execute(sql`INSERT INTO kept VALUES (1)`);
  });
  await expect(failing).rejects.toThrow();
  const { rows } = await db.execute(sql`SELECT id FROM kept`);
  expect(rows).toEqual([{ id: 1 }]);
});

test('[SR6] a connection that breaks in the middle of a transaction fails that transaction alone', async () => {
  const own = z.array(z.object({ pid: z.number() }));
  const broken = records.transaction(async (tx) => {
    const [me] = own.parse((await tx.execute(sql`SELECT pg_backend_pid() AS pid`)).rows);
    await records.db.execute(sql`SELECT pg_terminate_backend(${me?.pid}::int, 5000)`);
    // Another round trip, in which the end of the first connection is heard while nothing is asked over it.
    await records.ping();
    await tx.execute(sql`SELECT 1`);
  });
  await expect(broken).rejects.toThrow();
  await records.ping();
});

test('[SR7] migrations of records run once, whoever starts at once, and are not changed afterwards', async () => {
  const url = await freshDatabase('empty');
  const starters = Array.from({ length: 4 }, () => openRecords(url, silentLog));
  const migrations = [
    { name: '0001_a', sql: 'CREATE TABLE a (id int);\n\nINSERT INTO a VALUES (1);' },
    { name: '0002_b', sql: 'ALTER TABLE a ADD COLUMN b int DEFAULT 2;' },
  ];
  await Promise.all(starters.map((s) => migrateRecords(s.pool, migrations)));
  const [first] = starters;
  const { rows } = (await first?.pool.query('SELECT id, b FROM a')) ?? { rows: [] };
  expect(rows).toEqual([{ id: 1, b: 2 }]);
  const changed = migrations.map((m) => ({ ...m, sql: `${m.sql}\n` }));
  for (const s of starters) await expect(migrateRecords(s.pool, changed)).rejects.toThrow('0001_a was changed');
  await Promise.all(starters.map((s) => s.close()));
});

test('[SR7] migrations of facts run once and are not changed afterwards', async () => {
  const a = { name: 'core/x/0001_a', sql: 'CREATE TABLE IF NOT EXISTS x (a String) ENGINE = MergeTree ORDER BY a;' };
  const b = { name: 'core/x/0002_b', sql: 'ALTER TABLE x ADD COLUMN IF NOT EXISTS b String;' };
  await migrateFacts(facts, [a]);
  await facts.insert('x', [{ a: 'kept' }]);
  const starts = Array.from({ length: 3 }, () => withSchemaLock(records.pool, () => migrateFacts(facts, [a, b])));
  await Promise.all(starts);
  const recorded = await facts.query(counted, "SELECT count() AS n FROM schema_migrations WHERE name LIKE 'core/x/%'");
  expect(recorded).toEqual([{ n: '2' }]);
  expect(await facts.query(z.object({ a: z.string(), b: z.string() }), 'SELECT * FROM x')).toEqual([
    { a: 'kept', b: '' },
  ]);
  await expect(migrateFacts(facts, [{ ...a, sql: `${a.sql} ` }])).rejects.toThrow('core/x/0001_a was changed');
});

test('[SR8] an interrupted migration of facts is finished by the next start', async () => {
  const whole = `CREATE TABLE IF NOT EXISTS y (a String) ENGINE = MergeTree ORDER BY a;
ALTER TABLE y ADD COLUMN IF NOT EXISTS b String;`;
  const broken = { name: 'core/y/0001_y', sql: whole.replace('ADD COLUMN IF NOT EXISTS b', 'ADD COLUMN b NoType,') };
  await expect(migrateFacts(facts, [broken])).rejects.toThrow();
  await migrateFacts(facts, [{ name: 'core/y/0001_y', sql: whole }]);
  await facts.insert('y', [{ a: '1', b: '2' }]);
});

test('[SR7] a migration for every start runs at every start, changed or not', async () => {
  const view = (word: string) => ({
    name: 'core/v/0001_word',
    sql: `CREATE OR REPLACE VIEW word AS SELECT '${word}' AS word;`,
    everyStart: true as const,
  });
  for (const word of ['first', 'second', 'second']) {
    await migrateFacts(facts, [view(word)]);
    expect(await facts.query(z.object({ word: z.string() }), 'SELECT word FROM word')).toEqual([{ word }]);
  }
  const recorded = "SELECT count() AS n FROM schema_migrations WHERE name = 'core/v/0001_word'";
  expect(await facts.query(counted, recorded)).toEqual([{ n: '1' }]);
});

test('[SR7] a dictionary over a table logs in with what the migration is given', async () => {
  const sqlText = `CREATE TABLE IF NOT EXISTS pairs (k UInt32, v UInt32) ENGINE = MergeTree ORDER BY k;
CREATE DICTIONARY IF NOT EXISTS pair (k UInt64, v UInt32) PRIMARY KEY k
  SOURCE(CLICKHOUSE({{source}} TABLE 'pairs')) LAYOUT(FLAT()) LIFETIME(0);`;
  await migrateFacts(facts, [{ name: 'core/z/0001_pairs', sql: sqlText }]);
  await facts.insert('pairs', [{ k: 7, v: 70 }]);
  const select = "SELECT dictGetOrDefault('pair', 'v', toUInt64(7), toUInt32(0)) AS v";
  expect(await facts.query(z.object({ v: z.number() }), select)).toEqual([{ v: 70 }]);
});

test('[SR18, SR15] PostgreSQL runs below closed folders, and where its old pid is another process now', async () => {
  const closed = await mkdtemp(join(tmpdir(), 'touchstone-closed-'));
  await chmod(closed, 0o700);
  const dir = join(closed, 'postgres');
  const start = async (): Promise<void> => {
    const engine = await startPostgres({ dir, password: 'a password of a test' });
    const store = openRecords(engine.urlOf('postgres'), silentLog);
    try {
      await store.ping();
    } finally {
      await store.close();
      await engine.stop();
    }
  };
  try {
    const refusal = await start().then(
      () => null,
      (error: unknown) => String(error),
    );
    if (refusal !== null) {
      // A machine that lets nobody pass: the words name the folder and what to do.
      expect(refusal).toContain(closed);
      expect(refusal).toContain('Run Touchstone as another user');
      return;
    }
    await writeFile(join(dir, 'data', 'postmaster.pid'), `${process.ppid}\n${join(dir, 'data')}\n1\n5432\n`);
    await start();
  } finally {
    await rm(closed, { recursive: true, force: true });
  }
});
