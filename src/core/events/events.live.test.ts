import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { linkIdentities, removeSource } from '../people/facade.ts';
import { putEvents, removeEvents } from './facade.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld({ clock: new HeldClock('2026-11-22T10:00:00.000Z') });
});
afterAll(() => world.close());

async function send(shop: TestWorkspace, batch: readonly object[]): Promise<void> {
  const response = await world.app.request('/v1/batch', {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}` },
    body: JSON.stringify({ batch }),
  });
  expect(response.status).toBe(200);
  await world.drain();
}

const page = z.object({
  items: z.array(z.looseObject({ id: z.string(), name: z.string(), at: z.string() })),
  nextCursor: z.string().nullable(),
});

async function list(shop: TestWorkspace, query: string) {
  const answer = await world.api(shop.secretKey).get(`/api/v1/events?${query}`);
  expect(answer.status).toBe(200);
  return page.parse(answer.body);
}

const seen = (n: number, minute: number) => ({
  type: 'track',
  event: n % 2 === 0 ? 'Product Viewed' : 'Order Completed',
  userId: `u${n % 3}`,
  messageId: `m${n}`,
  timestamp: `2026-11-22T09:0${minute}:00.000Z`,
  properties: n % 2 === 0 ? {} : { order_id: `o${n}`, revenue: n },
});

describe('events', () => {
  test('[EV3] newest first, each once over all pages, also where moments are the same', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    await send(
      shop,
      Array.from({ length: 11 }, (_, n) => seen(n, Math.floor(n / 5))),
    );
    await send(other, [seen(0, 0)]);
    const ids: string[] = [];
    const times: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const got: z.infer<typeof page> = await list(shop, `limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      ids.push(...got.items.map((e) => e.id));
      times.push(...got.items.map((e) => e.at));
      cursor = got.nextCursor;
    }
    expect(new Set(ids).size).toBe(11);
    expect(ids).toHaveLength(11);
    expect(times).toEqual([...times].sort().toReversed());

    expect((await list(shop, 'name=Order%20Completed')).items).toHaveLength(5);
    expect((await list(shop, 'orderId=o3')).items).toMatchObject([
      { name: 'Order Completed', orderId: 'o3', value: '3', userId: 'u0', props: { order_id: 'o3', revenue: 3 } },
    ]);
    expect((await list(shop, 'userId=u1')).items).toHaveLength(4);
    expect((await world.api(shop.secretKey).get('/api/v1/events?cursor=nonsense')).status).toBe(400);
  });

  test('[EV2] whose an event is follows the links of now; the event itself never changes', async () => {
    const shop = await world.workspace();
    await send(shop, [
      { type: 'page', anonymousId: 'v1', messageId: '1' },
      { type: 'track', event: 'Seen', userId: 'u1', messageId: '2' },
    ]);
    const standing = () =>
      world.house.facts.query(
        z.object({ identities: z.coerce.number(), persons: z.coerce.number() }),
        `SELECT uniqExact(identity_no) AS identities, uniqExact(person_no) AS persons FROM v_events
         WHERE workspace = {workspace:String} AND person_no != 0`,
        { workspace: shop.id },
      );
    expect(await standing()).toEqual([{ identities: 2, persons: 2 }]);
    const claim = {
      a: { kind: 'anonymous', value: 'v1' },
      b: { kind: 'user', value: 'u1' },
      reason: 'import',
      at: '2026-11-22 09:00:00.000',
    } as const;
    await linkIdentities(world.house, shop.id, [claim], 'imp_1');
    expect(await standing()).toEqual([{ identities: 2, persons: 1 }]);
    await removeSource(world.house, shop.id, 'imp_1');
    expect(await standing()).toEqual([{ identities: 2, persons: 2 }]);
  });

  test('[IM13] an imported event that is put anew takes its old answer away', async () => {
    const shop = await world.workspace();
    const at = '2026-11-22 09:00:00.000';
    const put = (rating: number, token: string) =>
      putEvents(world.house, shop, [{ key: 'k', name: 'Product Reviewed', at, props: { rating } }], {
        source: 'imp_1',
        token,
        receivedAt: at,
      });
    await put(4, 'imp_1:0');
    await removeEvents(world.house, shop, { source: 'imp_1', keys: ['k'] });
    await put(2, 'imp_1:1');
    const scores = await world.house.facts.query(
      z.object({ score: z.number() }),
      'SELECT score FROM v_feedback WHERE workspace = {workspace:String}',
      { workspace: shop.id },
    );
    expect(scores).toEqual([{ score: 2 }]);
  });

  test('[EV5] what arrives over HTTP is counted, from any moment on, and nothing else is', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    const arrivals = async (query = ''): Promise<unknown> =>
      (await world.api(shop.secretKey).get(`/api/v1/events/arrivals${query}`)).body;
    expect(await arrivals()).toEqual({ events: 0, latestAt: null });
    await send(shop, [seen(0, 0), seen(1, 1)]);
    await send(other, [seen(0, 0)]);
    const at = '2026-11-22 09:00:00.000';
    const file = { source: 'imp_1', token: 'imp_1:0', receivedAt: at };
    await putEvents(world.house, shop, [{ key: 'k', name: 'Product Viewed', at, props: {} }], file);
    expect(await arrivals()).toEqual({ events: 2, latestAt: '2026-11-22T10:00:00.000Z' });
    expect(await arrivals('?since=2026-11-22T10:00:00.000Z')).toMatchObject({ events: 2 });
    expect(await arrivals('?since=2026-11-22T10:00:00.001Z')).toEqual({ events: 0, latestAt: null });
  });
});
