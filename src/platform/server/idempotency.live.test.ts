import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkspace, World } from '../../../test/support/world.ts';
import { HeldClock } from '../kernel/clock.ts';
import { once } from './idempotency.ts';
import { makeProbe, openProbed, postThing, problemOf } from './test-support.ts';

let world: World;
let shop: TestWorkspace;
const probe = makeProbe();
const clock = new HeldClock('2026-03-01T12:00:00.000Z');

beforeAll(async () => {
  world = await openProbed(probe, clock);
  shop = await world.workspace();
});
afterAll(() => world.close());

const post = (body: BodyInit, headers?: Record<string, string>): Promise<Response> =>
  postThing(world, shop, body, headers);

test('[HS7] the same request is done once and answered twice; another one under the key is refused', async () => {
  const before = probe.made();
  const key = { 'idempotency-key': randomUUID() };
  const first = await post('{"name":"once"}', key);
  const second = await post('{"name":"once"}', key);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(await second.json()).toEqual(await first.json());
  expect(second.headers.get('idempotency-replayed')).toBe('true');
  expect(probe.made()).toBe(before + 1);
  expect(await problemOf(post('{"name":"other"}', key))).toMatchObject({ status: 409 });
  const other = await world.workspace();
  const elsewhere = await post('{"name":"other"}', { ...key, authorization: `Bearer ${other.secretKey}` });
  expect(elsewhere.status).toBe(201);
});

test('[HS7] of two at once only one does the work', async () => {
  const before = probe.made();
  const key = { 'idempotency-key': randomUUID() };
  const answers = await Promise.all([post('{"name":"race"}', key), post('{"name":"race"}', key)]);
  expect(probe.made()).toBe(before + 1);
  expect(answers.every((a) => a.status === 201 || a.status === 409)).toBe(true);
});

test('[HS7] a request that failed is done anew, and after a day the key is forgotten', async () => {
  const key = { 'idempotency-key': randomUUID() };
  expect((await post('{"name":"refused"}', key)).status).toBe(409);
  expect((await post('{"name":"mended"}', key)).status).toBe(201);
  clock.advance(25 * 3_600_000);
  expect((await post('{"name":"another"}', key)).status).toBe(201);
});

test('[HS7] an answer that cannot be kept is given all the same, and its work is not done again', async () => {
  const { records } = world.house;
  const away = () => {
    throw new Error('away');
  };
  const db = new Proxy(records.db, { get: (real, name) => (name === 'update' ? away : Reflect.get(real, name)) });
  const request = { method: 'POST', path: '/x', body: '' };
  let done = 0;
  const work = async () => new Response(String(++done), { status: 201 });
  const key = randomUUID();
  const first = await once({ ...world.house, records: { ...records, db } }, 'ws_kept', key, request, work);
  expect(first.status).toBe(201);
  await expect(once(world.house, 'ws_kept', key, request, work)).rejects.toThrow('under way');
  expect(done).toBe(1);
});
