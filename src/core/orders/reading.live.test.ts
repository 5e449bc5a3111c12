import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { eventId } from '../../platform/kernel/ids.ts';
import { changeWorkspace, createKey } from '../../platform/workspaces/facade.ts';
import { putFeedback } from '../feedback/facade.ts';
import { orderItem } from './contract.ts';
import { projectOrders, putItems, putOrderRows, removeOrderRows } from './facade.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const anyRow = z.record(z.string(), z.unknown());

interface Sent {
  readonly name: string;
  readonly orderId: string;
  readonly at: string;
  readonly props?: object;
  readonly value?: string;
}

/** Puts events among the facts, one insert each, as so many batches would. */
async function send(shop: TestWorkspace, events: readonly Sent[]): Promise<void> {
  for (const [i, event] of events.entries()) {
    const { name, orderId, at, props = {}, value = null } = event;
    const row = {
      ...{ workspace: shop.id, event_id: eventId(shop.id, `${name} ${orderId} ${at} ${i}`), identity_no: 0, name, at },
      ...{ received_at: at, order_id: orderId, value, props: JSON.stringify(props), source: 'http' },
    };
    await world.house.facts.insert('events', [row]);
  }
}

async function orders(shop: TestWorkspace): Promise<Record<string, unknown>[]> {
  return world.house.facts.query(
    anyRow,
    'SELECT * EXCEPT (workspace, version) FROM v_orders WHERE workspace = {workspace:String} ORDER BY order_id',
    { workspace: shop.id },
  );
}

const COMPLETED: Sent = {
  name: 'Order Completed',
  orderId: 'a',
  at: '2026-01-02 10:00:00.000',
  props: {
    ...{
      order_id: 'a',
      total: '40.5',
      currency: 'EUR',
      promised_delivery: '2026-01-09T23:30:00',
      payment_type: 'card',
    },
    products: [
      { product_id: 'p1', name: 'Lamp', category: 'lamps', price: 20.25, quantity: 2 },
      { product_id: 'p2', category: 'toys' },
    ],
  },
};
const STORY: Sent[] = [
  COMPLETED,
  { name: 'Order Updated', orderId: 'a', at: '2026-01-02 11:00:00.000', props: { status: 'Paid', total: 41 } },
  { name: 'Shipment Delayed', orderId: 'a', at: '2026-01-04 10:00:00.000', props: { promised: '2026-01-12' } },
  { name: 'Order Shipped', orderId: 'a', at: '2026-01-05 10:00:00.000', props: { carrier: 'Gull' } },
  { name: 'Order Delivered', orderId: 'a', at: '2026-01-11 10:00:00.000' },
  { name: 'Order Refunded', orderId: 'a', at: '2026-01-20 10:00:00.000', value: '5', props: { total: 5 } },
];

describe('orders of events', () => {
  test('[OR4] events make the order, in any order of arrival', async () => {
    const made: unknown[] = [];
    for (const story of [STORY, STORY.toReversed()]) {
      const shop = await world.workspace({ zone: 'America/Sao_Paulo' });
      await send(shop, [...story, { name: 'Product Viewed', orderId: 'b', at: '2026-01-01 10:00:00.000' }]);
      await projectOrders(world.house, shop, { orderIds: ['a', 'b'] });
      made.push(await orders(shop));
      await projectOrders(world.house, shop, 'all');
      made.push(await orders(shop));
    }
    expect(made[0]).toHaveLength(1);
    expect(made[0]).toMatchObject([
      {
        ...{ order_id: 'a', placed: '2026-01-02 10:00:00.000', shipped: '2026-01-05 10:00:00.000' },
        ...{ delivered: '2026-01-11 10:00:00.000', promised: '2026-01-12', status: 'delivered', value: '41' },
        ...{ items: 3, categories: ['lamps', 'toys'], props: '{"carrier":"Gull","payment_type":"card"}' },
      },
    ]);
    for (const other of made) expect(other).toEqual(made[0]);
  });

  test('[OR4] a batch may name any number of orders, by ids of any length', async () => {
    const shop = await world.workspace();
    await send(shop, [COMPLETED]);
    const long = Array.from({ length: 400 }, (_, i) => `${i} ${'سفارش'.repeat(50)}`);
    await projectOrders(world.house, shop, { orderIds: [...long, 'a'] });
    expect(await orders(shop)).toMatchObject([{ order_id: 'a', items: 3 }]);
  });

  test('[OR4] a promise that no calendar of orders holds is none', async () => {
    const shop = await world.workspace();
    const promises = [
      '2200-01-01',
      '9999-12-31',
      '1969-12-31',
      '2300-01-01T00:00:00Z',
      '2149-06-06',
      'soon',
      '2026-02-30',
      '2027-02-29T10:00:00Z',
    ];
    await send(
      shop,
      promises.map((promised, i) => ({ ...COMPLETED, orderId: `o${i}`, props: { promised } })),
    );
    await projectOrders(world.house, shop, 'all');
    const none = promises.map((promised) => (promised === '2149-06-06' ? promised : null));
    expect((await orders(shop)).map((o) => o['promised'])).toEqual(none);
  });

  test('[OR4] a promise is a day of the workspace; a return and a cancellation are told as such', async () => {
    const shop = await world.workspace({ zone: 'America/Sao_Paulo' });
    const completed = (orderId: string, promised: string): Sent => ({ ...COMPLETED, orderId, props: { promised } });
    await send(shop, [
      completed('a', '2026-01-09T23:30:00'),
      completed('b', '2026-01-10T02:30:00Z'),
      completed('c', '2026-01-09'),
      completed('d', 'soon'),
      { name: 'Order Returned', orderId: 'a', at: '2026-02-01 10:00:00.000' },
      { name: 'Order Cancelled', orderId: 'b', at: '2026-02-01 10:00:00.000' },
    ]);
    await projectOrders(world.house, shop, { orderIds: ['a', 'b', 'c', 'd'] });
    expect((await orders(shop)).map((o) => [o['promised'], o['status']])).toEqual([
      ['2026-01-09', 'returned'],
      ['2026-01-09', 'cancelled'],
      ['2026-01-09', 'placed'],
      [null, 'placed'],
    ]);
  });

  test('[OR14] a workspace that moves to another time zone has its promises by the days there', async () => {
    const shop = await world.workspace({ zone: 'America/Sao_Paulo' });
    await send(shop, [{ ...COMPLETED, props: { promised: '2026-01-10T02:30:00Z' } }]);
    await projectOrders(world.house, shop, 'all');
    expect(await orders(shop)).toMatchObject([{ promised: '2026-01-09' }]);
    await changeWorkspace(world.house, shop.id, { zone: 'Asia/Tehran' });
    await world.runJobs();
    expect(await orders(shop)).toMatchObject([{ promised: '2026-01-10' }]);
  });

  test('[OR5] an item file stands before what events list', async () => {
    const shop = await world.workspace();
    await send(shop, [COMPLETED]);
    const line = { orderId: 'a', rowKey: 'a 1', version: 1, productId: 'p9', category: 'ceramics' };
    await putItems(world.house, shop, [line], { source: 'imp_1', token: 'imp_1:0' });
    await projectOrders(world.house, shop, { source: 'imp_1' });
    expect(await orders(shop)).toMatchObject([{ items: 1, categories: ['ceramics'], value: '40.5' }]);
    await removeOrderRows(world.house, shop, 'imp_1');
    expect(await orders(shop)).toMatchObject([{ items: 3, categories: ['lamps', 'toys'] }]);
  });

  test('[OR5] what no amount holds leaves its own order without a value, and costs no other', async () => {
    const shop = await world.workspace();
    const most = '99999999999999';
    const bought = (orderId: string, product: object): Sent => ({
      ...{ name: 'Order Completed', orderId, at: COMPLETED.at },
      props: { products: [product] },
    });
    await send(shop, [
      COMPLETED,
      bought('dear', { product_id: 'p', price: most, quantity: most }),
      bought('many', { product_id: 'p', price: 1, quantity: -1e13 }),
      ...['1', '2'].flatMap((second): Sent[] =>
        Array.from({ length: 6 }, (_, i) => ({
          ...{
            name: 'Payment Completed',
            orderId: 'paid',
            at: `2026-01-02 10:0${i}:0${second}.000`,
            value: `${most}.9999`,
          },
        })),
      ),
    ]);
    await projectOrders(world.house, shop, 'all');
    expect(await orders(shop)).toMatchObject([
      { order_id: 'a', value: '40.5', items: 3 },
      { order_id: 'dear', value: null, items: 4_294_967_295 },
      { order_id: 'many', value: '-10000000000000', items: 0 },
      { order_id: 'paid', value: null },
    ]);
  });

  test('[OR7] an import of events is taken away like any other', async () => {
    const shop = await world.workspace();
    await send(shop, [COMPLETED]);
    await world.house.facts.insert('events', [
      {
        ...{
          workspace: shop.id,
          event_id: eventId(shop.id, 'x'),
          name: 'Order Delivered',
          order_id: 'a',
          source: 'imp_9',
        },
        ...{ at: '2026-01-11 10:00:00.000', received_at: '2026-01-11 10:00:00.000', props: '{}' },
      },
    ]);
    await projectOrders(world.house, shop, { source: 'imp_9' });
    expect(await orders(shop)).toMatchObject([{ status: 'delivered' }]);
    await removeOrderRows(world.house, shop, 'imp_9');
    expect(await orders(shop)).toMatchObject([{ status: 'placed', delivered: null }]);
  });

  test('[OR12] an order has the touchpoint and stage of the rules', async () => {
    const shop = await world.workspace();
    await send(shop, [COMPLETED]);
    await projectOrders(world.house, shop, { orderIds: ['a'] });
    const [order] = await orders(shop);
    expect(order?.['touchpoint']).toMatch(/^tp_/u);
    expect(order?.['stage']).toMatch(/^stg_/u);
    expect(order?.['rules_version']).toBeGreaterThan(0);
  });
});

const page = z.object({
  items: z.array(orderItem),
  nextCursor: z.string().nullable(),
  total: z.number().nullable(),
  arrived: z.object({ promised: z.number(), late: z.number() }).nullable(),
});

describe('orders of the API', () => {
  test('[OR11] pages of orders, last placed first', async () => {
    const shop = await world.workspace();
    const rows = [3, 1, 2, 2, 0].map((day, i) => ({
      ...{ orderId: `o${i}`, rowKey: `o${i}`, version: i + 1, userId: 'u', promised: '2026-01-05' },
      ...(day === 0 ? {} : { placed: `2026-01-0${day} 10:00:00.000`, delivered: `2026-01-0${day + 4} 10:00:00.000` }),
    }));
    await putOrderRows(world.house, shop, rows, { source: 'imp_1', token: 'imp_1:0' });
    await projectOrders(world.house, shop, { source: 'imp_1' });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = await world.api(shop.secretKey).get(`/api/v1/orders?limit=2${query}`);
      const got = page.parse(answer.body);
      expect(got.total).toBe(cursor === null ? 5 : null);
      seen.push(...got.items.map((o) => o.id));
      cursor = got.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['o0', 'o3', 'o2', 'o1', 'o4']);
    const late = page.parse((await world.api(shop.secretKey).get('/api/v1/orders?late=true&status=delivered')).body);
    expect(late.items.map((o) => [o.id, o.late])).toEqual([
      ['o0', true],
      ['o3', true],
      ['o2', true],
    ]);
    expect(late).toMatchObject({ total: 3, arrived: { promised: 3, late: 3 } });
    const period = '/api/v1/orders?from=2026-01-02&to=2026-01-03';
    expect(page.parse((await world.api(shop.secretKey).get(period)).body)).toMatchObject({ total: 2, items: [{ id: 'o3' }, { id: 'o2' }] }); // prettier-ignore
    const asked = async (query: string) => (await world.api(shop.secretKey).get(`/api/v1/orders?${query}`)).body;
    expect(page.parse(await asked('q=o&filter=order.late:true;person.plan!:gold'))).toMatchObject({ total: 3 });
    expect(page.parse(await asked('q=o4'))).toMatchObject({ total: 1, items: [{ id: 'o4' }] });
    expect(await asked('filter=nothing:1')).toMatchObject({ status: 400, field: 'filter' });
    expect(late.items[0]?.personId).toMatch(/^per_/u);
    expect(late.items[0]?.personLabel).toBe('u');
    const { key } = await createKey(
      world.house,
      shop.id,
      { kind: 'secret', name: 'Reader', scopes: ['orders:read'] },
      'me',
    );
    expect((await world.api(key).get('/api/v1/orders?filter=person.plan:gold')).status).toBe(403);
    const unseen = page.parse((await world.api(key).get('/api/v1/orders?late=true')).body);
    expect(unseen.items.map((o) => o.personId)).toEqual([null, null, null]);
    expect((await world.api(shop.secretKey).get('/api/v1/orders?cursor=nonsense')).status).toBe(400);
  });

  test('[OR11] sorted either way, what has nothing to sort by last', async () => {
    const shop = await world.workspace();
    const values = ['7', undefined, '7', '-2.5', '120'];
    const rows = values.map((value, i) => ({
      ...{ orderId: `o${i}`, rowKey: `o${i}`, version: i + 1, placed: `2026-01-0${i + 1} 10:00:00.000` },
      ...(value === undefined ? {} : { value }),
    }));
    await putOrderRows(world.house, shop, rows, { source: 'imp_1', token: 'imp_1:0' });
    await projectOrders(world.house, shop, { source: 'imp_1' });
    for (const [sort, ids] of [
      ['-value', 'o4 o2 o0 o3 o1'],
      ['value', 'o3 o0 o2 o4 o1'],
      ['placed', 'o0 o1 o2 o3 o4'],
      ['delivered', 'o0 o1 o2 o3 o4'],
    ] as const) {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const got = page.parse(
          (await world.api(shop.secretKey).get(`/api/v1/orders?limit=2&sort=${sort}${query}`)).body,
        );
        seen.push(...got.items.map((o) => o.id));
        cursor = got.nextCursor;
      }
      expect(seen.join(' '), sort).toBe(ids);
    }
  });

  test('[OR11] one order with its lines; another workspace’s is not found', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    await send(shop, STORY);
    await projectOrders(world.house, shop, { orderIds: ['a'] });
    const answer = await world.api(shop.secretKey).get('/api/v1/orders/a');
    expect(answer.body).toMatchObject({
      ...{ id: 'a', personId: null, deliveredAt: '2026-01-11T10:00:00.000Z', late: false, props: { carrier: 'Gull' } },
      lines: [
        { productId: 'p1', name: 'Lamp', category: 'lamps', quantity: '2', price: '20.25', freight: null },
        { productId: 'p2', name: '', category: 'toys', quantity: '1', price: null },
      ],
    });
    const odd = `№ 5/'a"\\\t{x:String}`;
    await send(shop, [{ ...COMPLETED, orderId: odd }]);
    await projectOrders(world.house, shop, { orderIds: [odd, ''] });
    const oddly = await world.api(shop.secretKey).get(`/api/v1/orders/${encodeURIComponent(odd)}`);
    expect(oddly.body).toMatchObject({ id: odd, items: 3 });
    const said = { key: 'k', at: '2026-01-12 10:00:00.000', source: 'review' as const, instrument: 'rating', score: 2, choices: [], text: 'Too late', orderId: 'a' }; // prettier-ignore
    await putFeedback(world.house, shop, [said], { origin: 'imp_1', token: 'said:0' });
    const told = z.object({ answers: z.array(z.object({ text: z.string(), score: z.number() })).optional() });
    expect(told.parse((await world.api(shop.secretKey).get('/api/v1/orders/a')).body).answers).toEqual([{ text: 'Too late', score: 2 }]); // prettier-ignore
    const wordless = await createKey(world.house, shop.id, { kind: 'secret', name: 'No words', scopes: ['orders:read'] }, 'me'); // prettier-ignore
    expect(told.parse((await world.api(wordless.key).get('/api/v1/orders/a')).body).answers).toBeUndefined();
    expect((await world.api(other.secretKey).get('/api/v1/orders/a')).status).toBe(404);
    expect(page.parse((await world.api(other.secretKey).get('/api/v1/orders')).body).items).toEqual([]);
  });
});
