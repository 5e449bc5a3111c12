import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { importCalls } from '../../../test/support/imports.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { silentLog } from '../../platform/kernel/log.ts';
import type { Facts } from '../../platform/stores/ports.ts';
import { isUnitOpen, unit } from '../../platform/stores/units.ts';
import { insertErrors, insertRows, insertStage, type Loading } from './facts.ts';
import { load, projectionOf } from './load.ts';
import { putRows } from './project.ts';
import { type ImportRow, moveImport, nextSeq, selectAnyImport } from './records.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const { ready, run, look, ask } = importCalls(() => world);

const HEADER = 'messageId,event,timestamp,userId,note';
const line = (id: string, note = '', name = 'Looked') => `${id},${name},2026-01-01T10:00:00Z,u1,${note}`;
const columns = {
  messageId: { field: 'property' },
  event: { field: 'name' },
  timestamp: { field: 'at', format: 'ymd' },
  userId: { field: 'user_id' },
  note: { field: 'property' },
};
const NAMED = { kind: 'events', mapping: { columns, key: ['messageId'] } };
const UNNAMED = { kind: 'events', mapping: { columns, key: [] } };

/** How often each event stands; all rows of these files tell different ones, but where a test says otherwise. */
const events = async (shop: TestWorkspace) =>
  (
    await ask(
      'SELECT count() AS n FROM v_events WHERE workspace = {workspace:String} GROUP BY props ORDER BY props',
      shop,
    )
  ).map((e) => Number(e['n']));

function goOn(row: ImportRow, house = world.house) {
  return load(house, row, { jobId: '-', log: silentLog, signal: new AbortController().signal });
}

const written = z.object({
  key: z.string(),
  line: z.coerce.number(),
  hash: z.string(),
  body: z.string(),
});
const body = z.object({ fields: z.record(z.string(), z.string()), props: z.record(z.string(), z.string()) });

/** The state an earlier release leaves, cut off in its second chunk of two rows and a bad one: the first chunk had two rows. */
async function leaveAsBefore(shop: TestWorkspace, file: string, options: typeof NAMED): Promise<ImportRow> {
  const { records, facts } = world.house;
  const { db } = records;
  // What the rows come to is taken from the same file, loaded elsewhere.
  const twin = await world.workspace();
  await run(twin, 'events.csv', file, options);
  const rows = await facts.query(
    written,
    'SELECT key, version % 4294967296 AS line, hash, body FROM import_rows WHERE workspace = {workspace:String} ORDER BY version',
    { workspace: twin.id },
  );
  const importId = await ready(shop, 'events.csv', file, options);
  const lines = file.split('\n');
  const first = rows.slice(0, 2);
  const seq = await nextSeq(db);
  const job = await moveImport(db, importId, ['ready'], {
    state: 'running',
    seq,
    startedAt: world.house.clock.now(),
    chunk: 1,
    offset: Buffer.byteLength(`${lines.slice(0, 3).join('\n')}\n`),
    line: 4,
    counts: { rows: 2, added: 2, changed: 0, unchanged: 0, repeated: 0, bad: 0 },
  });
  if (job === null) throw new Error('The import is not ready.');
  const projection = await projectionOf(world.house, job);
  const loading: Loading = { workspaceId: shop.id, importId, kind: job.kind };
  for (const [no, some] of [first, rows.slice(2, 4)].entries()) {
    const name = { no, token: `${importId}:${no}` };
    const read = some.map((r) => ({ ...r, version: seq * 2 ** 32 + r.line, row: body.parse(JSON.parse(r.body)) }));
    const names = read.map((r) => (options.mapping.key.length > 0 ? r.key : r.hash));
    await insertStage(facts, loading, name, names);
    await insertRows(facts, loading, name, read);
    await putRows(projection, read, name.token, new Map());
  }
  const bad = { line: 6, problems: [], cells: ['bad'] };
  await insertErrors(facts, loading, { no: 1, token: `${importId}:1` }, [bad]);
  const cutOff = unit(records, importId, () => Promise.reject(new Error('cut off')));
  await expect(cutOff).rejects.toThrow('cut off');
  return job;
}

const errorsOf = async (shop: TestWorkspace, importId: string) => {
  const answer = await world.api(shop.secretKey).get(`/api/v1/imports/${importId}/errors`);
  return z
    .object({ items: z.array(z.object({ line: z.number() })) })
    .parse(answer.body)
    .items.map((e) => e.line);
};

test('[IM11] a chunk that an earlier release was cut off in, and cut otherwise, goes in once', async () => {
  const lines = [line('a'), line('b'), line('c'), line('d'), 'bad,Looked,never,u1,', line('e'), line('f')];
  const file = [HEADER, ...lines, ''].join('\n');
  const shop = await world.workspace();
  const job = await leaveAsBefore(shop, file, NAMED);
  // Another try that is cut off in turn, as soon as all is taken away that was left: one more begins from there.
  const facts: Facts = {
    ...world.house.facts,
    insert: async (table, ...rest) => {
      if (table === 'events') throw new Error('the store is out of order');
      return world.house.facts.insert(table, ...rest);
    },
  };
  await expect(goOn(job, { ...world.house, facts })).rejects.toThrow('out of order');
  const row = await selectAnyImport(world.house.records.db, job.id);
  if (row !== null) await goOn(row);
  expect(await look(shop, job.id)).toMatchObject({ state: 'done', counts: { rows: 7, added: 6, repeated: 0, bad: 1 } });
  expect(await events(shop)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(await errorsOf(shop, job.id)).toEqual([6]);
  expect(await isUnitOpen(world.house.records.db, job.id)).toBe(false);
  expect((await run(shop, 'events.csv', file, NAMED)).counts).toMatchObject({ added: 0, unchanged: 6, bad: 1 });
});

test('[IM6] [IM11] equal rows are numbered right where an earlier release was cut off among them', async () => {
  const lines = [line('a'), line('x'), line('x'), line('b'), 'bad,Looked,never,u1,', line('x'), line('a')];
  const file = [HEADER, ...lines, ''].join('\n');
  const shop = await world.workspace();
  const job = await leaveAsBefore(shop, file, UNNAMED);
  await goOn(job);
  expect(await look(shop, job.id)).toMatchObject({ state: 'done', counts: { rows: 7, added: 6, bad: 1 } });
  expect(await events(shop)).toEqual([2, 1, 3]);
  expect((await run(shop, 'events.csv', file, UNNAMED)).counts).toMatchObject({ added: 0, unchanged: 6 });
});

test('[IM5] [IM11] rows that another file brought between two tries of a chunk stand once', async () => {
  const { db } = world.house.records;
  const shop = await world.workspace();
  // Rows of this length fill a chunk by their bytes; in the second one, only `a0` may have come before.
  const filler = Array.from({ length: 140 }, (_, i) => line(`a${i}`, 'x'.repeat(30_000)));
  const file = [HEADER, ...filler, line('a0', 'again'), line('k1'), line('k2'), ''].join('\n');
  const importId = await ready(shop, 'events.csv', file, NAMED);
  const job = await moveImport(db, importId, ['ready'], { state: 'queued' });
  if (job === null) throw new Error('The import is not ready.');
  // Cut off in its second chunk, when the events stood and the rows they were made of did not.
  const { facts } = world.house;
  let inserted = (): void => undefined;
  const second = new Promise<void>((resolve) => (inserted = resolve));
  let chunks = 0;
  let batches = 0;
  const failing: Facts = {
    ...facts,
    insert: async (table, ...rest) => {
      if (table === 'import_rows' && ++chunks === 2) {
        await second;
        throw new Error('the store is out of order');
      }
      await facts.insert(table, ...rest);
      if (table === 'events' && ++batches === 2) inserted();
    },
  };
  await expect(goOn(job, { ...world.house, facts: failing })).rejects.toThrow('out of order');
  const between = await run(shop, 'more.csv', [HEADER, line('k1'), line('k2', '', 'Bought'), ''].join('\n'), NAMED);
  expect(between.counts).toMatchObject({ added: 2 });
  const row = await selectAnyImport(db, importId);
  if (row !== null) await goOn(row);
  expect((await look(shop, importId)).counts).toMatchObject({ rows: 143, added: 140, changed: 1, unchanged: 2 });
  const stand = await events(shop);
  expect(stand).toHaveLength(142);
  expect(stand.filter((n) => n !== 1)).toEqual([]);
  expect((await run(shop, 'events.csv', file, NAMED)).counts).toMatchObject({ added: 0 });
});
