import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { importCalls, ORDERS } from '../../../test/support/imports.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../kernel/clock.ts';
import { KEY_SCOPES, type Permission } from '../kernel/permissions.ts';
import { createKey, setUp } from '../workspaces/facade.ts';
import { happening } from './contract.ts';

const OWNER = { email: 'ada@example.com', password: 'a long enough password' };
const DAY_MS = 86_400_000;
const clock = new HeldClock('2026-11-22T10:00:00.000Z');
const activity = z.object({ items: z.array(happening), seenAt: z.string().nullable() });
let world: World;
let shop: TestWorkspace;
let cookie: string;

beforeAll(async () => {
  world = await openWorld({ clock });
  const places = { zone: 'UTC', currency: 'EUR', locale: 'en' };
  const { workspace, writeKey } = await setUp(world.house, { company: 'Lark', name: 'Ada', ...OWNER, ...places });
  shop = { id: workspace.id, zone: 'UTC', currency: 'EUR', writeKey, secretKey: await keyWith(workspace.id) };
  await world.runJobs();
  const signedIn = await world.api().post('/api/v1/session', OWNER);
  cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0] ?? '')
    .join('; ');
});
afterAll(() => world.close());

const { ready } = importCalls(() => world);

async function keyWith(workspaceId: string, scopes: readonly Permission[] = KEY_SCOPES): Promise<string> {
  return (await createKey(world.house, workspaceId, { kind: 'secret', name: 'Test', scopes: [...scopes] }, 'a test'))
    .key;
}

async function told(secretKey = shop.secretKey) {
  return activity.parse((await world.api(secretKey).get('/api/v1/activity')).body);
}

/** As the owner in a browser. */
async function asOwner(method: 'GET' | 'PUT', path: string, body?: object): Promise<unknown> {
  const headers = {
    cookie,
    'sec-fetch-site': 'same-origin',
    'touchstone-workspace': shop.id,
    'content-type': 'application/json',
  };
  const response = await world.app.request(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  expect(response.status).toBe(200);
  return response.json();
}

test('[AY1] what runs is told first, then what ended, as long as it is news; what waits stays', async () => {
  expect((await told()).items).toEqual([]);
  await world.api(shop.secretKey).put('/api/v1/retention/events', { days: 60, confirm: true });
  const id = await ready(shop, 'orders.csv', ORDERS);
  expect((await told()).items.map(({ what }) => what)).toEqual(['retention.coming']);
  clock.advance(1_000);
  expect((await world.api(shop.secretKey).post(`/api/v1/imports/${id}/start`)).status).toBe(202);
  expect((await told()).items).toMatchObject([
    { id, what: 'imports.load', state: 'waiting', name: 'orders.csv', share: null },
    { what: 'retention.coming', state: 'attention', name: 'events' },
  ]);
  await world.runJobs();
  const [ended] = (await told()).items;
  expect(ended).toMatchObject({ id, state: 'done', count: 2, at: clock.now().toISOString() });
  clock.advance(15 * DAY_MS);
  expect((await told()).items.filter((item) => item.id === id)).toEqual([]);
});

test('[AY2] only what one may read is told, and nothing of another workspace', async () => {
  await ready(shop, 'orders.csv', ORDERS.replaceAll('o1', 'o3')).then((id) =>
    world.api(shop.secretKey).post(`/api/v1/imports/${id}/start`),
  );
  await world.runJobs();
  expect((await told()).items.map(({ what }) => what)).toContain('imports.load');
  const some = await keyWith(
    shop.id,
    KEY_SCOPES.filter((scope) => scope !== 'imports:read'),
  );
  expect((await told(some)).items.map(({ what }) => what)).not.toContain('imports.load');
  const other = await world.workspace();
  expect((await told(other.secretKey)).items).toEqual([]);
});

test('[AY3] when a member last looked is kept, in that workspace, and does not go back', async () => {
  expect(activity.parse(await asOwner('GET', '/api/v1/activity')).seenAt).toBeNull();
  const now = clock.now().toISOString();
  const seen = (at: string) => asOwner('PUT', '/api/v1/activity/seen', { at });
  expect(await seen(now)).toEqual({ seenAt: now });
  expect(await seen('2026-11-22T10:00:00.000Z')).toEqual({ seenAt: now });
  // Nobody has seen what is still to come.
  expect(await seen('2099-01-01T00:00:00Z')).toEqual({ seenAt: now });
  expect(activity.parse(await asOwner('GET', '/api/v1/activity')).seenAt).toBe(now);
  expect((await told()).seenAt).toBeNull();
  expect((await world.api(shop.secretKey).put('/api/v1/activity/seen', { at: now })).status).toBe(403);
});
