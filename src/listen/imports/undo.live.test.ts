import { afterAll, beforeAll, expect, test } from 'vitest';
import { ITEMS, ORDERS, importCalls } from '../../../test/support/imports.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { silentLog } from '../../platform/kernel/log.ts';
import type { Facts } from '../../platform/stores/ports.ts';
import { importJobs, workOnImport } from './jobs.ts';
import { markRowsLeft, moveImport, selectStopped } from './records.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const { act, ask, look, orders, ready, run } = importCalls(() => world);

test('[IM8] a row that a later file only repeated goes with the import that brought it', async () => {
  const shop = await world.workspace();
  const first = await run(shop, 'orders.csv', ORDERS);
  const again = await run(shop, 'orders.csv', `${ORDERS}o3,c3,delivered,2026-01-03 10:00:00,2026-01-13 00:00:00,\n`);
  expect(again.counts).toMatchObject({ added: 1, unchanged: 2 });
  await act(shop, first.id, 'undo');
  expect((await orders(shop)).map((o) => o['order_id'])).toEqual(['o3']);
  expect((await run(shop, 'orders.csv', ORDERS)).counts).toMatchObject({ added: 2 });
});

test('[IM16] an undo that never gets through ends as failed, says so, and can be asked for again', async () => {
  const shop = await world.workspace();
  await run(shop, 'orders.csv', ORDERS);
  const before = await orders(shop);
  const { id } = await run(shop, 'order_items.csv', ITEMS);
  const facts: Facts = {
    ...world.house.facts,
    command: async (sql, ...rest) => {
      if (sql.includes('DELETE FROM import_rows')) throw new Error('the store is out of order');
      return world.house.facts.command(sql, ...rest);
    },
  };
  const work = importJobs({ ...world.house, facts }).find(({ kind }) => kind.name === 'imports.work');
  const tried = () => work?.run({ importId: id }, { jobId: '-', log: silentLog, signal: new AbortController().signal });
  expect((await world.api(shop.secretKey).post(`/api/v1/imports/${id}/undo`)).status).toBe(202);
  for (let n = 1; n <= 5; n++) await expect(tried()).rejects.toThrow('out of order');
  expect(await look(shop, id)).toMatchObject({ state: 'undoing', problem: null });
  await tried();
  expect(await look(shop, id)).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('undone in 5 tries'),
  });
  expect(await act(shop, id, 'undo')).toMatchObject({ state: 'undone', problem: null });
  expect(await orders(shop)).toEqual(before);
});

const VISITS = ['messageId,event,timestamp,userId', ...['a', 'b', 'c'].map((id) => `${id},Looked,2026-01-01T10:00:00Z,u1`), '']; // prettier-ignore
const COLUMNS = {
  messageId: { field: 'property' },
  event: { field: 'name' },
  timestamp: { field: 'at', format: 'ymd' },
  userId: { field: 'user_id' },
};
const NAMED = { kind: 'events', mapping: { columns: COLUMNS, key: ['messageId'] } };
const file = VISITS.join('\n');

const events = async (shop: TestWorkspace) =>
  (await ask('SELECT count() AS n FROM v_events WHERE workspace = {workspace:String} GROUP BY props', shop)).map((e) =>
    Number(e['n']),
  );

/** An import whose process dies when the events of its chunk stand, and the rows they were made of do not. */
async function cutOff(shop: TestWorkspace): Promise<string> {
  const { facts } = world.house;
  let inserted = (): void => undefined;
  const standing = new Promise<void>((resolve) => (inserted = resolve));
  const failing: Facts = {
    ...facts,
    insert: async (table, ...rest) => {
      if (table === 'import_rows') {
        await standing;
        throw new Error('the process died');
      }
      await facts.insert(table, ...rest);
      if (table === 'events') inserted();
    },
  };
  const id = await ready(shop, 'events.csv', file, NAMED);
  await moveImport(world.house.records.db, id, ['ready'], { state: 'queued' });
  const work = importJobs({ ...world.house, facts: failing }).find(({ kind }) => kind.name === 'imports.work');
  const context = { jobId: '-', log: silentLog, signal: new AbortController().signal };
  await expect(work?.run({ importId: id }, context)).rejects.toThrow('died');
  return id;
}

test('[IM9] an import that was cut off and cancelled stands whole as far as it goes: the same file again adds nothing twice', async () => {
  const { db } = world.house.records;
  const shop = await world.workspace();
  const id = await cutOff(shop);
  expect(await act(shop, id, 'cancel')).toMatchObject({ state: 'cancelled', counts: { rows: 3, added: 3 } });
  expect((await run(shop, 'events.csv', file, NAMED)).counts).toMatchObject({ added: 0, unchanged: 3 });
  expect(await events(shop)).toEqual([1, 1, 1]);

  // Those that stand whole are not looked at again, however many they are.
  const kindOf = (workspaceId: string) => ({ workspaceId, kind: 'events' as const });
  expect(await selectStopped(db, kindOf(shop.id), [])).toEqual([]);
  expect(await selectStopped(db, kindOf(shop.id), [id])).toMatchObject([{ id, state: 'cancelled' }]);

  // Another import comes before the one that was cancelled is looked at.
  const second = await world.workspace();
  const cut = await cutOff(second);
  await moveImport(db, cut, ['running'], { state: 'cancelled' });
  expect((await run(second, 'events.csv', file, NAMED)).counts).toMatchObject({ added: 0, unchanged: 3 });
  expect([await look(second, cut), await events(second)]).toMatchObject([
    { state: 'cancelled', counts: { added: 3 } },
    [1, 1, 1],
  ]);

  // No try gets it through: it is to be undone first.
  const third = await world.workspace();
  const lost = await cutOff(third);
  await moveImport(db, lost, ['running'], { tries: 5 });
  await world.house.jobs.send(workOnImport, { importId: lost });
  await world.runJobs();
  expect(await look(third, lost)).toMatchObject({ state: 'failed' });
  expect(await selectStopped(db, kindOf(third.id), [])).toMatchObject([{ id: lost, cutOff: true }]);
  const refused = await act(third, await ready(third, 'more.csv', file, NAMED), 'start');
  expect(refused).toMatchObject({ state: 'failed', problem: expect.stringContaining('events.csv was cut off') });
  await act(third, lost, 'undo');
  expect(await events(third)).toEqual([]);
  expect((await run(third, 'events.csv', file, NAMED)).counts).toMatchObject({ added: 3 });
  expect(await events(third)).toEqual([1, 1, 1]);

  // Retention has taken what an undo would ask for.
  const fourth = await world.workspace();
  const stuck = await cutOff(fourth);
  await moveImport(db, stuck, ['running'], { state: 'failed', tries: 5 });
  expect(await act(fourth, await ready(fourth, 'more.csv', file, NAMED), 'start')).toMatchObject({ state: 'failed' });
  await markRowsLeft(db, [stuck], world.house.clock.now());
  expect((await run(fourth, 'more.csv', file, NAMED)).counts).toMatchObject({ rows: 3 });
});
