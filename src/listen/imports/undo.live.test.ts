import { afterAll, beforeAll, expect, test } from 'vitest';
import { ITEMS, ORDERS, importCalls } from '../../../test/support/imports.ts';
import { openWorld, type World } from '../../../test/support/world.ts';
import { silentLog } from '../../platform/kernel/log.ts';
import type { Facts } from '../../platform/stores/ports.ts';
import { importJobs } from './jobs.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const { act, look, orders, run } = importCalls(() => world);

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
