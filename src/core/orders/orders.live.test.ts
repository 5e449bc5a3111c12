import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { lateSql } from '../fields/facade.ts';
import { linkIdentities } from '../people/facade.ts';
import {
  type ItemInput,
  type OrderRowInput,
  projectOrders,
  putItems,
  putOrderRows,
  putProducts,
  putReturns,
  removeOrderRows,
} from './facade.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const anyRow = z.record(z.string(), z.unknown());
type Row = z.infer<typeof anyRow>;

/** All orders of a workspace as they stand, without what tells when they were made. */
function orders(shop: TestWorkspace): Promise<Row[]> {
  return world.house.facts.query(
    anyRow,
    'SELECT * EXCEPT (workspace, version, identity_no, person_no) FROM v_orders WHERE workspace = {workspace:String} ORDER BY order_id',
    { workspace: shop.id },
  );
}

async function order(shop: TestWorkspace, id: string): Promise<Row | undefined> {
  return (await orders(shop)).find((o) => o['order_id'] === id);
}

let version = 0;
/** A row of an order file, later than those before it. */
function row(orderId: string, said: Partial<OrderRowInput> = {}): OrderRowInput {
  return { orderId, rowKey: `orders\n${orderId}`, version: ++version, ...said };
}

function item(orderId: string, line: number, said: Partial<ItemInput> = {}): ItemInput {
  return { orderId, rowKey: `items\n${orderId}\n${line}`, version: ++version, productId: `p${line}`, ...said };
}

let loads = 0;
/** Loads rows as an import of their own. Gives its id. */
async function load(shop: TestWorkspace, rows: readonly OrderRowInput[], source = `imp_${++loads}`): Promise<string> {
  await putOrderRows(world.house, shop, rows, { source, token: `${source}:0` });
  await projectOrders(world.house, shop, { source });
  return source;
}

const PAYMENTS = (id: string) => [
  row(id, { rowKey: `orders\n${id}\n1`, payment: '10.00', props: { payment_type: 'voucher' } }),
  row(id, { rowKey: `orders\n${id}\n2`, payment: '32.50', props: { payment_type: 'card' } }),
  row(id, { rowKey: `orders\n${id}\n3`, payment: '10.00', props: { payment_type: 'cash', terminal: 4 } }),
];

describe('orders of files', () => {
  test('[OR1] partial rows become one order; the later word on a field counts', async () => {
    const shop = await world.workspace();
    await load(shop, [
      row('a', {
        userId: 'u1',
        placed: '2026-01-02 10:00:00.000',
        promised: '2026-01-09',
        status: 'Processing',
        currency: 'EUR',
      }),
      row('a', { rowKey: 'parcels\na', shipped: '2026-01-03 08:00:00.000', delivered: '2026-01-07 18:00:00.000' }),
      row('a', {
        rowKey: 'desk\na',
        at: '2026-01-05 00:00:00.000',
        status: 'On hold',
        promised: '2026-01-11',
        channel: 'web',
      }),
      ...PAYMENTS('a'),
    ]);
    expect(await order(shop, 'a')).toMatchObject({
      ...{ user_id: 'u1', placed: '2026-01-02 10:00:00.000', shipped: '2026-01-03 08:00:00.000' },
      ...{
        delivered: '2026-01-07 18:00:00.000',
        promised: '2026-01-11',
        status: 'delivered',
        currency: 'EUR',
        channel: 'web',
      },
      ...{ value: '52.5', cancelled: null, returned: null },
      props: '{"payment_type":"card","terminal":4}',
    });
  });

  test('[OR2] the order of loading decides nothing', async () => {
    const sets: ((shop: TestWorkspace) => Promise<unknown>)[] = [
      (shop) =>
        load(
          shop,
          ['a', 'b'].map((id) =>
            row(id, { userId: id, placed: '2026-01-02 10:00:00.000', delivered: '2026-01-05 10:00:00.000' }),
          ),
        ),
      (shop) => load(shop, [...PAYMENTS('a'), ...PAYMENTS('c')]),
      async (shop) => {
        await putItems(
          world.house,
          shop,
          [item('a', 1, { price: '5' }), item('b', 1, { price: '7.25', quantity: '2' })],
          { source: 'items', token: 'items' },
        );
        await projectOrders(world.house, shop, { source: 'items' });
      },
      async (shop) => {
        const products = ['p1', 'p2'].map((productId) => ({
          productId,
          rowKey: productId,
          version: ++version,
          category: `of ${productId}`,
        }));
        await putProducts(world.house, shop, products, { source: 'products', token: 'products' });
        await projectOrders(world.house, shop, { source: 'products' });
      },
      async (shop) => {
        const returns = [
          {
            orderId: 'a',
            rowKey: 'returns\n1',
            version: ++version,
            returned: '2026-01-09 09:00:00.000',
            reason: 'too big',
          },
        ];
        await putReturns(world.house, shop, returns, { source: 'returns', token: 'returns' });
        await projectOrders(world.house, shop, { source: 'returns' });
      },
    ];
    const made: Row[][] = [];
    for (const turn of [
      [0, 1, 2, 3, 4],
      [3, 4, 1, 2, 0],
    ]) {
      const shop = await world.workspace();
      for (const i of turn) await sets[i]?.(shop);
      made.push(await orders(shop));
      await projectOrders(world.house, shop, 'all');
      made.push(await orders(shop));
    }
    expect(made[0]?.map((o) => o['order_id'])).toEqual(['a', 'b', 'c']);
    expect(made[0]?.[0]).toMatchObject({
      status: 'returned',
      categories: ['of p1'],
      returned: '2026-01-09 09:00:00.000',
    });
    for (const other of made) expect(other).toEqual(made[0]);
  });

  test('[OR3] a later version of a row takes the place of the earlier, also by saying less', async () => {
    const shop = await world.workspace();
    await load(shop, [
      row('a', { placed: '2026-01-02 10:00:00.000', delivered: '2026-01-05 10:00:00.000', props: { gift: 'yes' } }),
    ]);
    await load(shop, [row('a', { rowKey: 'other\na', channel: 'store' })]);
    await load(shop, [row('a', { placed: '2026-01-02 10:00:00.000' })]);
    expect(await order(shop, 'a')).toMatchObject({ delivered: null, status: 'placed', channel: 'store', props: '{}' });
  });

  test('[OR5] pieces, categories and value come from lines, unless a row or payments tell the value', async () => {
    const shop = await world.workspace();
    const put = { source: 'imp_lines', token: 'imp_lines:0' };
    const lines = [
      item('a', 1, { price: '9.99', quantity: '3', freight: '1.5', category: 'as the line says' }),
      item('a', 2, { price: '0.01', category: 'toys' }),
      item('b', 1, { quantity: '2' }),
      item('c', 1, { price: '5' }),
      item('d', 1, { price: '5' }),
    ];
    await putItems(world.house, shop, lines, put);
    const products = [{ productId: 'p1', rowKey: 'p1', version: ++version, category: 'lamps', name: 'Lamp' }];
    await putProducts(world.house, shop, products, put);
    await load(shop, [...PAYMENTS('c'), row('d', { value: '4.20' })]);
    await projectOrders(world.house, shop, { source: 'imp_lines' });
    const found = (await orders(shop)).map((o) => [o['order_id'], o['items'], o['categories'], o['value']]);
    expect(found).toEqual([
      ['a', 4, ['lamps', 'toys'], '31.48'],
      ['b', 2, ['lamps'], null],
      ['c', 1, ['lamps'], '52.5'],
      ['d', 1, ['lamps'], '4.2'],
    ]);
  });

  test('[OR6] late is a matter of days of the workspace', async () => {
    const shop = await world.workspace({ zone: 'America/Sao_Paulo' });
    await load(shop, [
      row('1 in time', { promised: '2026-01-09', delivered: '2026-01-10 02:59:59.999' }),
      row('2 late', { promised: '2026-01-09', delivered: '2026-01-10 03:00:00.000' }),
      row('3 no promise', { delivered: '2026-01-10 03:00:00.000' }),
      row('4 not yet', { promised: '2026-01-09' }),
    ]);
    const late = await world.house.facts.query(
      z.object({ late: z.number().nullable() }),
      `SELECT ${lateSql('o')} AS late FROM v_orders AS o WHERE workspace = {workspace:String} ORDER BY order_id`,
      { workspace: shop.id, zone: shop.zone },
    );
    expect(late.map((r) => r.late)).toEqual([0, 1, null, null]);
  });

  test('[OR7] a source taken away leaves the orders as if it had never been', async () => {
    const shop = await world.workspace();
    await load(shop, [
      row('a', { placed: '2026-01-02 10:00:00.000', status: 'placed', props: { gift: 'no' } }),
      row('b', { value: '3' }),
    ]);
    const before = await orders(shop);
    const source = await load(shop, [
      row('a', { placed: '2026-01-02 10:00:00.000', delivered: '2026-01-04 10:00:00.000' }),
      row('c', { value: '9' }),
      ...PAYMENTS('b'),
    ]);
    const put = { source, token: `${source}:more` };
    await putItems(world.house, shop, [item('b', 1, { price: '1' })], put);
    await putProducts(
      world.house,
      shop,
      [{ productId: 'p1', rowKey: 'p1', version: ++version, category: 'lamps' }],
      put,
    );
    await putReturns(
      world.house,
      shop,
      [{ orderId: 'a', rowKey: 'r', version: ++version, returned: '2026-01-09 00:00:00.000' }],
      put,
    );
    await projectOrders(world.house, shop, { source });
    expect((await orders(shop)).map((o) => o['status'])).toEqual(['returned', '', '']);
    for (let twice = 0; twice < 2; twice++) {
      await removeOrderRows(world.house, shop, source);
      expect(await orders(shop)).toEqual(before);
    }
    await projectOrders(world.house, shop, 'all');
    expect(await orders(shop)).toEqual(before);
  });

  test('[OR8] a token loads once, and a workspace sees its own', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    const rows = PAYMENTS('a');
    await load(shop, rows, 'imp_once');
    const again = rows.map((r) => ({ ...r, rowKey: `${r.rowKey} again` }));
    await load(shop, again, 'imp_once');
    expect(await order(shop, 'a')).toMatchObject({ value: '52.5' });
    await load(other, [row('a', { value: '1' })], 'imp_once');
    expect(await order(other, 'a')).toMatchObject({ value: '1' });
    await removeOrderRows(world.house, other, 'imp_once');
    expect(await orders(other)).toEqual([]);
    expect(await order(shop, 'a')).toMatchObject({ value: '52.5' });
  });

  test('[OR9] an order is its customer’s, also once two customers are one', async () => {
    const shop = await world.workspace();
    await load(shop, [
      row('a', { userId: 'first' }),
      row('b', { userId: 'second' }),
      row('c', { email: 'x@example.com' }),
      row('d'),
    ]);
    const people = async (): Promise<number[]> => {
      const found = await world.house.facts.query(
        z.object({ person_no: z.number() }),
        'SELECT person_no FROM v_orders WHERE workspace = {workspace:String} ORDER BY order_id',
        { workspace: shop.id },
      );
      return found.map((r) => r.person_no);
    };
    const [a, b, c, d] = await people();
    expect(new Set([0, a, b, c]).size).toBe(4);
    expect(d).toBe(0);
    const users = { a: { kind: 'user', value: 'first' }, b: { kind: 'user', value: 'second' } } as const;
    await linkIdentities(world.house, shop.id, [{ ...users, reason: 'alias', at: '2026-01-01T00:00:00.000Z' }], 'http');
    const [first, second, third] = await people();
    expect(first).toBe(second);
    expect(third).toBe(c);
  });

  test('[OR10] properties are merged key by key', async () => {
    const shop = await world.workspace();
    await load(shop, [
      row('a', {
        at: '2026-01-01 00:00:00.000',
        props: { z: 'old', n: 1.5, empty: '', nothing: null, list: [1], 'a "b"': true },
      }),
      row('a', { rowKey: 'later', at: '2026-01-02 00:00:00.000', props: { z: 'new', empty: '', b: 'c\nd' } }),
    ]);
    expect((await order(shop, 'a'))?.['props']).toBe('{"a \\"b\\"":true,"b":"c\\nd","n":1.5,"z":"new"}');
  });
});
