import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { type Door, basic, listed, openDoor, track } from '../../../test/support/door.ts';
import { waitForSeq } from './facade.ts';

const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let door: Door;
let world: World;
let shop: TestWorkspace;

beforeAll(async () => {
  door = await openDoor(clock);
  ({ world, shop } = door);
});
afterAll(() => world.close());

describe('taking', () => {
  test('[JR1, JR15] what is acknowledged is in the journal, and can be read once it is drained', async () => {
    const own = await world.workspace();
    const answer = await door.take('/v1/batch', { batch: [track(1), track(2)] }, own.writeKey);
    expect(answer).toMatchObject({ accepted: 2, rejected: [] });
    const seq = answer.journalSeq ?? 0;
    expect(await waitForSeq(world.house, own.id, seq, 20)).toBe(false);
    const status = await world.api(own.secretKey).get('/api/v1/journal');
    expect(status.body).toMatchObject({ waitingMessages: 2, oldestWaitingAt: '2026-11-22T10:00:00.000Z' });
    await world.drain();
    expect(await waitForSeq(world.house, own.id, seq, 20)).toBe(true);
    expect(await door.eventsOf(own, `&minSeq=${seq}`)).toHaveLength(2);
    expect((await world.api(own.secretKey).get('/api/v1/journal')).body).toMatchObject({ waitingMessages: 0 });
  });

  test('[JR20] an order event with a promise that is none is taken, and listed with the reason', async () => {
    const own = await world.workspace();
    const order = (n: number, promised: string) => ({ ...track(n), event: 'Order Completed', properties: { order_id: `o${n}`, promised } }); // prettier-ignore
    const sent = [order(1, '2200-01-01'), order(2, '2026-12-01'), order(3, '2026-13-01'), { ...track(4), event: '' }];
    const answer = await door.take('/v1/batch', { batch: sent }, own.writeKey);
    expect(answer).toMatchObject({ accepted: 3, rejected: [{ index: 3, field: 'event' }] });
    expect(answer).toMatchObject({ warnings: [0, 2].map((index) => ({ index, field: 'properties.promised' })) });
    const [alone] = [await door.take('/v1/track', order(5, 'soon'), own.writeKey)];
    expect(alone).toMatchObject({ accepted: 1, rejected: [], warnings: [{ index: 0 }] });
    await world.drain();
    const { body } = await world.api(own.secretKey).get('/api/v1/orders');
    const promised = z.object({ items: z.array(z.object({ id: z.string(), promised: z.string().nullable() })) }).parse(body); // prettier-ignore
    expect(promised.items.map((o) => [o.id, o.promised]).sort()).toEqual([
      ['o1', null],
      ['o2', '2026-12-01'],
      ['o3', null],
      ['o5', null],
    ]);
    const kept = z.object({ items: z.array(z.object({ field: z.string() })) });
    const rejected = kept.parse((await world.api(own.secretKey).get('/api/v1/journal/rejected')).body).items;
    expect(rejected.map((r) => r.field).sort()).toEqual(['event', ...Array.from({ length: 3 }, () => 'properties.promised')]); // prettier-ignore
  });

  test('[JR15] a read with minSeq waits for the drain that is under way', async () => {
    const own = await world.workspace();
    const { journalSeq } = await door.take('/v1/track', track(1), own.writeKey);
    const reading = door.eventsOf(own, `&minSeq=${journalSeq}`);
    await world.drain();
    expect(await reading).toHaveLength(1);
  });

  test('[JR2] what browsers send: text/plain, the key in the body, short addresses, another origin', async () => {
    const own = await world.workspace();
    const { type: _, ...message } = track(1);
    const body = JSON.stringify({ ...message, writeKey: own.writeKey });
    const response = await door.send('/v1/t', body, { 'content-type': 'text/plain', origin: 'https://shop.example' });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const batch = JSON.stringify({ batch: [track(2)], writeKey: own.writeKey });
    expect((await door.send('/v1/b', batch, { 'content-type': 'text/plain' })).status).toBe(200);
    const beacon = new Uint8Array(gzipSync(JSON.stringify({ userId: 'u3', name: 'Prices' })));
    expect((await door.send('/v1/p', beacon, { ...basic(own.writeKey), 'content-encoding': 'gzip' })).status).toBe(200);
    await world.drain();
    expect((await door.eventsOf(own)).map((e) => e.name).sort()).toEqual([
      'Page Viewed',
      'Product Viewed',
      'Product Viewed',
    ]);
  });

  test('[JR2] a browser that asks first is let in, with the headers it names', async () => {
    const response = await world.app.request('/v1/batch', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,anonymousid,content-type',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,anonymousid,content-type');
  });

  test('[JR2] settings lead browsers back here', async () => {
    const segment = await world.app.request(`/v1/projects/${shop.writeKey}/settings`);
    expect(await segment.json()).toMatchObject({ integrations: { 'Segment.io': { apiKey: shop.writeKey } } });
    const rudder = await world.app.request('/sourceConfig/?p=npm', { headers: basic(shop.writeKey) });
    expect(rudder.headers.get('cache-control')).toContain('private');
    expect(await rudder.json()).toMatchObject({ source: { writeKey: shop.writeKey, enabled: true } });
    expect((await world.app.request('/v1/projects/tsw_no/settings')).status).toBe(401);
    expect((await world.app.request('/sourceConfig/')).status).toBe(401);
  });

  test('[JR2] a secret key may send when it carries events:write', async () => {
    expect((await door.send('/v1/batch', '{"batch":[]}', basic(shop.secretKey))).status).toBe(200);
    const reader = await world.workspace({ scopes: ['events:read'] });
    const bearer = { authorization: `Bearer ${reader.secretKey}` };
    expect((await door.send('/v1/batch', '{"batch":[]}', bearer)).status).toBe(403);
  });
});

describe('a journal that is full', () => {
  test('[JR7] answers 429 with Retry-After, keeps what it acknowledged, and takes again once drained', async () => {
    const small = await openWorld({ clock, config: { journalCapBytes: 1_000 } });
    try {
      const own = await small.workspace();
      const post = (n: number) =>
        small.app.request('/v1/track', {
          method: 'POST',
          body: JSON.stringify(track(n)),
          headers: basic(own.writeKey),
        });
      let acknowledged = 0;
      let response = await post(0);
      for (let n = 1; response.status === 200 && n < 50; n++) {
        acknowledged++;
        response = await post(n);
      }
      expect(response.status).toBe(429);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(acknowledged).toBeGreaterThan(1);
      await small.drain();
      expect((await post(100)).status).toBe(200);
      await small.drain();
      const answer = await small.api(own.secretKey).get('/api/v1/events?limit=200');
      expect(listed.parse(answer.body).items).toHaveLength(acknowledged + 1);
    } finally {
      await small.close();
    }
  });
});

test('[JR21] a key that sends more than it may is told when to come again, and no other key', async () => {
  const limited = await openWorld({ clock, config: { ingestPerMinute: 3 } });
  try {
    const [loud, quiet] = [await limited.workspace(), await limited.workspace()];
    const post = (key: string, n: number) =>
      limited.app.request('/v1/batch', {
        method: 'POST',
        body: JSON.stringify({ batch: Array.from({ length: n }, (_, i) => track(n * 10 + i)) }),
        headers: basic(key),
      });
    expect((await post(loud.writeKey, 5)).status).toBe(200);
    const refused = await post(loud.writeKey, 1);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBe(60);
    expect(await refused.text()).toContain('More messages came with this key');
    expect((await post(quiet.writeKey, 1)).status).toBe(200);
    clock.advance(60_000);
    expect((await post(loud.writeKey, 1)).status).toBe(200);
  } finally {
    await limited.close();
  }
});
