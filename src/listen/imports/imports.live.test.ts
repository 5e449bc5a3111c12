import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ORDERS, PEOPLE, REVIEWS, ITEMS, PAYMENTS, PRODUCTS, importCalls } from '../../../test/support/imports.ts';

import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { silentLog } from '../../platform/kernel/log.ts';
import { CHUNK_ROWS } from './chunks.ts';
import { importJobs } from './jobs.ts';
import { load } from './load.ts';
import { moveImport, selectAnyImport } from './records.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const { ready, look, act, run, ask, answers, orders } = importCalls(() => world);

const context = { jobId: '-', log: silentLog };

/** Begins an import and leaves it after its first chunk, as a server that is told to stop does. */
async function loadOneChunk(importId: string): Promise<void> {
  const job = importJobs(world.house).find(({ kind }) => kind.name === 'imports.work');
  let asked = 0;
  const signal = new Proxy(new AbortController().signal, {
    get: (of, name) => (name === 'aborted' ? asked++ > 0 : Reflect.get(of, name)),
  });
  await job?.run({ importId }, { ...context, signal });
}

describe('imports', () => {
  test('[IM4] files in any order are joined by order and by person', async () => {
    const files: [string, string][] = [
      ['order_reviews.csv', REVIEWS],
      ['order_items.csv', ITEMS],
      ['orders.csv', ORDERS],
      ['order_payments.csv', PAYMENTS],
      ['products.csv', PRODUCTS],
      ['customers.csv', PEOPLE],
    ];
    for (const order of [files, files.toReversed()]) {
      const shop = await world.workspace({ zone: 'America/Sao_Paulo' });
      for (const [name, body] of order) await run(shop, name, body);
      const [o1, o2] = await orders(shop);
      expect(o1).toMatchObject({
        order_id: 'o1',
        user_id: 'c1',
        placed: '2026-01-02 13:00:00.000',
        promised: '2026-01-12',
        items: 2,
        categories: ['garden', 'toys'],
      });
      expect(Number(o1?.['value'])).toBe(18);
      expect(JSON.parse(String(o1?.['props']))).toMatchObject({ payment_type: 'card' });
      expect(o1?.['person_no']).toBe(o2?.['person_no']);
      expect(await answers(shop)).toMatchObject([
        { order_id: 'o1', score: 5, known: 1 },
        { order_id: 'o2', score: 1, text: 'late\nand broken', known: 1 },
      ]);
      const people = await ask(
        `SELECT f.order_id AS order_id, JSONExtractString(p.traits, 'state') AS state FROM v_feedback AS f
         JOIN v_people AS p ON p.workspace = f.workspace AND p.person_no = f.person_no WHERE f.workspace = {workspace:String} ORDER BY order_id`,
        shop,
      );
      expect(people.map((p) => p['state'])).toEqual(['SP', 'SP']);
    }
  });

  test('[IM5] [IM8] twice changes nothing, a changed row is a new version, and undone it is as before', async () => {
    const shop = await world.workspace();
    const first = await run(shop, 'order_reviews.csv', REVIEWS);
    expect(first.counts).toMatchObject({ rows: 2, added: 2, changed: 0, unchanged: 0, bad: 0 });
    const before = await answers(shop);
    const again = await run(shop, 'order_reviews.csv', REVIEWS);
    expect(again.counts).toMatchObject({ rows: 2, added: 0, changed: 0, unchanged: 2 });
    expect(await answers(shop)).toEqual(before);
    const changed = await run(
      shop,
      'order_reviews.csv',
      `${REVIEWS.replace('o1,5,came in time', 'o1,4,came in time')}r2,o3,3,so so,2026-01-12 10:00:00\n`,
    );
    expect(changed.counts).toMatchObject({ rows: 3, added: 1, changed: 1, unchanged: 1 });
    expect(await answers(shop)).toMatchObject([{ order_id: 'o1', score: 4 }, { order_id: 'o2' }, { order_id: 'o3' }]);
    expect((await act(shop, changed.id, 'undo')).state).toBe('undone');
    expect(await answers(shop)).toEqual(before);
    expect((await act(shop, again.id, 'undo')).state).toBe('undone');
    expect(await answers(shop)).toEqual(before);
    expect((await act(shop, first.id, 'undo')).state).toBe('undone');
    expect(await answers(shop)).toEqual([]);
    const refused = await world.api(shop.secretKey).post(`/api/v1/imports/${first.id}/undo`);
    expect(refused.status).toBe(409);
    expect((await run(shop, 'order_reviews.csv', REVIEWS)).counts).toMatchObject({ added: 2 });
  });

  test('[IM5] the same answers on another scale are changed ones', async () => {
    const shop = await world.workspace();
    const file = 'review_id,score,date\nr1,5,2026-01-01 10:00:00\n';
    const columns = {
      review_id: { field: 'response_id' },
      score: { field: 'score' },
      date: { field: 'at', format: 'ymd' },
    };
    const loadOn = (max: number) =>
      run(shop, 'reviews.csv', file, {
        kind: 'feedback',
        mapping: { columns, key: ['review_id'], instrument: 'rating', scale: { min: 1, max } },
      });
    const scale = () => ask('SELECT score, scale_max FROM v_feedback WHERE workspace = {workspace:String}', shop);
    await loadOn(5);
    expect((await loadOn(10)).counts).toMatchObject({ added: 0, changed: 1, unchanged: 0 });
    expect(await scale()).toEqual([{ score: 5, scale_max: 10 }]);
    expect((await loadOn(10)).counts).toMatchObject({ changed: 0, unchanged: 1 });
  });

  test('[IM5] [IM8] orders, people and events: versions and undo', async () => {
    const shop = await world.workspace();
    const base = await run(shop, 'orders.csv', ORDERS);
    const early = await orders(shop);
    const later = await run(shop, 'orders.csv', ORDERS.replace('2026-01-20 12:00:00', '2026-01-21 12:00:00'));
    expect(later.counts).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
    expect((await orders(shop))[1]).toMatchObject({ delivered: '2026-01-21 12:00:00.000' });
    await act(shop, later.id, 'undo');
    expect(await orders(shop)).toEqual(early);

    await run(shop, 'customers.csv', PEOPLE);
    const moved = await run(
      shop,
      'customers.csv',
      'customer_id,customer_unique_id,customer_city\nc1,u1,Rio\nc2,u1,Rio\n',
    );
    const traits = async () =>
      (await ask('SELECT traits FROM v_people WHERE workspace = {workspace:String} ORDER BY traits', shop)).map((r) =>
        JSON.parse(String(r['traits'])),
      );
    expect(await traits()).toEqual([{ city: 'Rio' }]);
    await act(shop, moved.id, 'undo');
    expect(await traits()).toEqual([{ state: 'SP' }]);

    const EVENTS =
      'messageId,event,timestamp,userId,plan\nm1,Plan Chosen,2026-01-01T10:00:00Z,c1,free\nm2,Signed In,2026-01-02T10:00:00Z,c1,\n';
    const events = () =>
      ask(
        `SELECT name, JSONExtractString(props, 'plan') AS plan, person_no > 0 AS known FROM v_events WHERE workspace = {workspace:String} ORDER BY at`,
        shop,
      );
    await run(shop, 'events.csv', EVENTS);
    const dearer = await run(shop, 'events.csv', EVENTS.replace('free', 'gold'));
    expect(dearer.counts).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await events()).toEqual([
      { name: 'Plan Chosen', plan: 'gold', known: 1 },
      { name: 'Signed In', plan: '', known: 1 },
    ]);
    await act(shop, dearer.id, 'undo');
    expect(await events()).toMatchObject([{ plan: 'free' }, { plan: '' }]);
    await act(shop, base.id, 'undo');
    expect(await orders(shop)).toEqual([]);
  });

  test('[IM6] equal rows without a key all go in, once each', async () => {
    const shop = await world.workspace();
    const lines =
      'InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n' +
      'i1,p1,2,2026-01-01 10:00:00,3,7.0,France\n'.repeat(3) +
      'i1,p1,1,2026-01-01 10:00:00,3,7.0,France\n';
    const first = await run(shop, 'lines.csv', lines);
    expect(first.counts).toMatchObject({ rows: 4, added: 4 });
    const placed = await orders(shop);
    expect(placed).toMatchObject([{ order_id: 'i1', user_id: '7', items: 7 }]);
    expect(Number(placed[0]?.['value'])).toBe(21);
    expect(JSON.parse(String(placed[0]?.['props']))).toMatchObject({ country: 'France' });
    expect((await run(shop, 'lines.csv', lines)).counts).toMatchObject({ added: 0, unchanged: 4 });
    expect((await run(shop, 'lines.csv', `${lines}i1,p1,2,2026-01-01 10:00:00,3,7.0,France\n`)).counts).toMatchObject({
      added: 1,
      unchanged: 4,
    });
    expect((await orders(shop))[0]).toMatchObject({ items: 9 });
  });

  test('[OR13] an order has what all its current lines agree on: over chunks, changed lines and undo', async () => {
    const shop = await world.workspace();
    const line = (order: string, no: number, rest: string) => `${order},${no},p1,c1,2026-01-01 10:00:00,${rest}`;
    // The two lines of `a` lie in different chunks; those of `b` stand together.
    const filler = Array.from({ length: CHUNK_ROWS }, (_, i) => line('f', i, 'France,no,shop'));
    const file = (lines: readonly string[]) =>
      `order_id,line_no,product_id,customer_id,order_date,country,gift,desk\n${lines.join('\n')}\n`;
    const all = [line('a', 1, 'France,no,shop'), line('b', 1, 'Spain,no,shop'), line('b', 2, 'Spain,no,web')];
    await run(shop, 'lines.csv', file([...all, ...filler, line('a', 2, 'France,yes,shop')]));
    const props = async (order: string) =>
      z
        .record(z.string(), z.string())
        .parse(JSON.parse(String((await orders(shop)).find((o) => o['order_id'] === order)?.['props'])));
    expect(await props('a')).toEqual({ country: 'France', desk: 'shop' });
    expect(await props('b')).toEqual({ country: 'Spain', gift: 'no' });
    const changed = await run(shop, 'lines.csv', file([line('a', 2, 'Italy,no,shop')]));
    expect(changed.counts).toMatchObject({ changed: 1 });
    expect(await props('a')).toEqual({ desk: 'shop', gift: 'no' });
    // What a row of the order itself says stands before what lines agree on.
    const own = await run(shop, 'orders.csv', 'order_id,order_date,desk,size\na,2025-12-31 10:00:00,phone,big\n');
    expect(await props('a')).toEqual({ desk: 'phone', gift: 'no', size: 'big' });
    await act(shop, changed.id, 'undo');
    expect(await props('a')).toEqual({ country: 'France', desk: 'phone', size: 'big' });
    await act(shop, own.id, 'undo');
    expect(await props('a')).toEqual({ country: 'France', desk: 'shop' });
  });

  test('[IM9] [IM10] [IM11] [IM14] more than a chunk: keys again, a chunk done twice, left in the middle', async () => {
    const shop = await world.workspace();
    const n = CHUNK_ROWS + 500;
    const lines = Array.from({ length: n }, (_, i) => `${i},${1 + (i % 5)},2026-01-01 10:00:00`);
    // The first two come again at the end, one of them changed; another pair lies in the last chunk alone.
    const tail = ['0,2,2026-01-01 10:00:00', '1,2,2026-01-01 10:00:00', `${n - 100},1,2026-01-01 10:00:00`];
    const body = `review_id,score,date\n${[...lines, ...tail].join('\n')}\n`;
    const importId = await ready(shop, 'reviews.csv', body);
    const api = world.api(shop.secretKey);
    // Started, and its job taken by the process that leaves: only what that one asks for is done later.
    await moveImport(world.house.records.db, importId, ['ready'], { state: 'queued' });
    await loadOneChunk(importId);
    expect(await look(shop, importId)).toMatchObject({ state: 'running', counts: { rows: CHUNK_ROWS } });
    await world.runJobs();
    const done = await look(shop, importId);
    expect(done).toMatchObject({
      state: 'done',
      counts: { rows: n + 3, added: n, changed: 1, unchanged: 1, repeated: 1, bad: 0 },
    });
    const scores = () =>
      ask(
        `SELECT count() AS n, uniqExact(feedback_id) AS ids, sum(score) AS total FROM v_feedback WHERE workspace = {workspace:String}`,
        shop,
      );
    // The first of the two that came again counts 2 in place of 1, the one of the last chunk stays 1.
    const total = lines.reduce((sum, _, i) => sum + 1 + (i % 5), 0) + 1;
    expect(await scores()).toEqual([{ n: String(n), ids: String(n), total }]);

    // As if the process had died after writing everything and before saying so: all chunks are done again.
    await moveImport(world.house.records.db, importId, ['done'], { state: 'running', chunk: 0, offset: 0, line: 1 });
    const row = await selectAnyImport(world.house.records.db, importId);
    if (row !== null) await load(world.house, row, { ...context, signal: new AbortController().signal });
    expect(await scores()).toEqual([{ n: String(n), ids: String(n), total }]);
    await act(shop, importId, 'undo');
    expect(await scores()).toMatchObject([{ n: '0' }]);

    const second = await ready(shop, 'reviews.csv', body);
    await api.post(`/api/v1/imports/${second}/start`);
    await loadOneChunk(second);
    expect((await act(shop, second, 'cancel')).counts).toMatchObject({ rows: CHUNK_ROWS });
    expect(await scores()).toMatchObject([{ n: String(CHUNK_ROWS) }]);
    await act(shop, second, 'undo');
    expect(await scores()).toMatchObject([{ n: '0' }]);
  });

  test('[IM6] [IM11] equal rows in several chunks all go in once, also where another file came in between', async () => {
    const line = (product: string, note = '') => `o1,${product},1,${note}`;
    // Rows of this length fill a chunk by their bytes.
    const filler = (name: string) => Array.from({ length: 140 }, (_, i) => line(`${name}${i}`, 'x'.repeat(30_000)));
    const lines = [line('x'), line('x'), line('y'), ...filler('a'), line('x'), line('z'), ...filler('b'), line('x')];
    const header = 'order_id,product_id,quantity,note';
    const file = [header, ...lines].join('\n');
    const columns = {
      order_id: { field: 'order_id' },
      product_id: { field: 'product_id' },
      quantity: { field: 'quantity', decimal: '.' },
      note: { field: 'name' },
    };
    const options = { kind: 'items', mapping: { columns, key: [] } };
    const pieces = async (shop: TestWorkspace) => (await orders(shop))[0]?.['items'];

    const one = await world.workspace();
    expect((await run(one, 'lines.csv', file, options)).counts).toMatchObject({ added: lines.length, repeated: 0 });
    expect((await run(one, 'lines.csv', file, options)).counts).toMatchObject({ added: 0, unchanged: lines.length });
    expect(await pieces(one)).toBe(lines.length);

    const two = await world.workspace();
    const importId = await ready(two, 'lines.csv', file, options);
    const { db } = world.house.records;
    await moveImport(db, importId, ['ready'], { state: 'queued' });
    await loadOneChunk(importId);
    await moveImport(db, importId, ['running'], { state: 'cancelled' });
    const between = await run(two, 'more.csv', [header, line('x'), line('z')].join('\n'), options);
    expect(between.counts).toMatchObject({ added: 1, unchanged: 1 });
    const row = await moveImport(db, importId, ['cancelled'], { state: 'running' });
    if (row !== null) await load(world.house, row, { ...context, signal: new AbortController().signal });
    expect((await look(two, importId)).counts).toMatchObject({ added: lines.length - 1, unchanged: 1 });
    expect((await run(two, 'lines.csv', file, options)).counts).toMatchObject({ added: 0, unchanged: lines.length });
    expect(await pieces(two)).toBe(lines.length);
  });

  test('[IM9] what had gone in before an import failed is to be seen', async () => {
    const shop = await world.workspace();
    const lines = Array.from({ length: CHUNK_ROWS + 1 }, (_, i) => `o${i},c1,2026-01-02 10:00:00`);
    const importId = await ready(shop, 'orders.csv', `order_id,customer_id,order_date\n${lines.join('\n')}\n`);
    await moveImport(world.house.records.db, importId, ['ready'], { state: 'queued' });
    await loadOneChunk(importId);
    await moveImport(world.house.records.db, importId, ['running'], { tries: 5 });
    await world.runJobs();
    expect(await look(shop, importId)).toMatchObject({ state: 'failed', counts: { added: CHUNK_ROWS } });
    const placed = await ask('SELECT count() AS n FROM v_orders WHERE workspace = {workspace:String}', shop);
    expect(placed).toEqual([{ n: String(CHUNK_ROWS) }]);
  });

  test('[IM13] events tell orders and answers', async () => {
    const shop = await world.workspace();
    const file = `event,timestamp,userId,order_id,rating
Order Completed,2026-01-01T10:00:00Z,u1,o1,
Order Delivered,2026-01-05T10:00:00Z,u1,o1,
Product Reviewed,2026-01-06T10:00:00Z,u1,o1,4
`;
    const done = await run(shop, 'events.csv', file);
    expect(await orders(shop)).toMatchObject([
      { order_id: 'o1', placed: '2026-01-01 10:00:00.000', delivered: '2026-01-05 10:00:00.000' },
    ]);
    expect(await answers(shop)).toMatchObject([{ order_id: 'o1', score: 4, known: 1 }]);
    await act(shop, done.id, 'undo');
    expect(await orders(shop)).toEqual([]);
    expect(await answers(shop)).toEqual([]);
  });
});
