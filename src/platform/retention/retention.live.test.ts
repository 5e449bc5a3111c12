import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { countOf } from '../../../test/support/facts.ts';
import { importCalls } from '../../../test/support/imports.ts';
import { projectOrders } from '../../core/orders/facade.ts';
import { orderKeepers } from '../../core/orders/keeping.ts';
import { until } from '../../../test/support/until.ts';
import { openWorld, type Answer, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { tell } from '../audit/facade.ts';
import type { House, Keeper } from '../house/house.ts';
import { HeldClock } from '../kernel/clock.ts';
import { silentLog } from '../kernel/log.ts';
import { lockSetting, putSetting } from '../workspaces/setting.records.ts';
import { keptKind, retentionPreview } from './contract.ts';
import { applyRetention, retentionJobs } from './jobs.ts';
import type { RetentionKind } from './vocabulary.ts';

const DAY_MS = 86_400_000;
const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;
let shop: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  world = await openWorld({ clock });
  shop = await world.workspace();
  other = await world.workspace();
});
afterAll(() => world.close());

const { act, ask, ready, run: load, uploaded } = importCalls(() => world);

async function send(place: TestWorkspace, ...batch: readonly object[]): Promise<void> {
  const response = await world.app.request('/v1/batch', {
    method: 'POST',
    body: JSON.stringify({ writeKey: place.writeKey, batch }),
  });
  expect(await response.json()).toMatchObject({ accepted: batch.length });
  await world.drain();
}

const track = (messageId: string, event: string, timestamp: string, properties: object = {}) => ({
  type: 'track',
  userId: 'u1',
  messageId,
  event,
  timestamp,
  properties,
});

function set(place: TestWorkspace, kind: RetentionKind, days: number | null, confirm = true): Promise<Answer> {
  return world.api(place.secretKey).put(`/api/v1/retention/${kind}`, { days, confirm });
}

async function apply(place: TestWorkspace): Promise<void> {
  await world.house.jobs.send(applyRetention, { workspaceId: place.id });
  await world.runJobs();
}

/** Has a limit count: the day of grace goes by. */
async function letGo(place: TestWorkspace, kind: RetentionKind, days: number): Promise<void> {
  expect((await set(place, kind, days)).status).toBe(200);
  clock.advance(DAY_MS);
  await apply(place);
}

async function kept(place: TestWorkspace, kind: RetentionKind): Promise<z.infer<typeof keptKind>> {
  const { body } = await world.api(place.secretKey).get('/api/v1/retention');
  const found = z.object({ items: z.array(keptKind) }).parse(body).items.find((k) => k.kind === kind); // prettier-ignore
  if (found === undefined) throw new Error(`There is no ${kind}.`);
  return found;
}

async function removals(place: TestWorkspace): Promise<string> {
  const { body } = await world.api(place.secretKey).get('/api/v1/audit?operation=retention.apply');
  return JSON.stringify(body);
}

async function names(place: TestWorkspace): Promise<unknown[]> {
  const found = 'SELECT name, order_id FROM events WHERE workspace = {workspace:String} ORDER BY name, order_id';
  return (await ask(found, place)).map((row) => [row['name'], row['order_id']].join(' ').trim());
}

test('[RT2] a limit below the floor, beyond a century, of no kind or of no days is refused, and one that keeps more counts at once', async () => {
  const api = world.api(shop.secretKey);
  expect((await set(shop, 'events', 29)).body).toMatchObject({ status: 400, code: 'retention-floor' });
  expect((await set(shop, 'events', 36_501)).body).toMatchObject({ status: 400, code: 'number-too-large' });
  expect((await api.get('/api/v1/retention/events/preview?days=29')).status).toBe(400);
  expect((await api.put('/api/v1/retention/secrets', { days: 30 })).status).toBe(404);
  expect((await api.put('/api/v1/retention/events', { days: 0.5 })).status).toBe(400);
  expect((await set(shop, 'uploads', null, false)).body).toMatchObject({ days: null, coming: null });
});

test('[RT3] what somebody else says meanwhile is heard before a limit is taken for a longer one', async () => {
  const place = await world.workspace();
  const { records } = world.house;
  const said = (days: number | null) => ({
    workspaceId: place.id,
    name: 'retention',
    value: { imports: { days, before: days, from: clock.now().toISOString() } },
    updatedAt: clock.now(),
  });
  await putSetting(records.db, said(365));
  let asked: Promise<Answer> | undefined;
  await records.transaction(async (tx) => {
    await lockSetting(tx, place.id, 'retention');
    // Longer than what holds, so it needs no yes; it waits for whoever is changing the limits.
    asked = set(place, 'imports', 400, false);
    const waits = sql`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid::bigint = (hashtext('setting')::bigint & 4294967295) AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    await until('the change waits', async () => (await records.db.execute(waits)).rows.length > 0);
    await putSetting(tx, said(null));
  });
  expect((await asked)?.body).toMatchObject({ status: 409, code: 'retention-confirm' });
  expect(await kept(place, 'imports')).toMatchObject({ days: null, coming: null });
});

test('[RT3, RT4, RT7, RT8] events leave after a preview, a yes and a day; what others are made of and what came lately stays', async () => {
  const old = '2024-03-05T12:00:00.000Z';
  await send(
    shop,
    track('a1', 'Product Viewed', old),
    track('a2', 'Product Viewed', '2024-05-05T12:00:00.000Z'),
    track('a3', 'Survey Answered', old, { score: 3, text: 'a marked word' }),
    track('a4', 'Order Completed', old, { order_id: 'o1', value: 10 }),
    track('a5', 'Product Viewed', '2026-11-20T12:00:00.000Z'),
  );
  await send(other, track('b1', 'Product Viewed', old));
  clock.advance(9 * DAY_MS);
  await send(shop, track('a6', 'Cart Viewed', old));
  const api = world.api(shop.secretKey);
  const told = retentionPreview.parse((await api.get('/api/v1/retention/events/preview?days=365')).body);
  expect(told).toMatchObject({ shortens: true, rows: 2, oldest: old, before: '2025-12-01T00:00:00.000Z' });
  expect((await set(shop, 'events', 365, false)).body).toMatchObject({ status: 409, code: 'retention-confirm' });
  expect((await kept(shop, 'events')).coming).toBeNull();
  expect((await set(shop, 'events', 365)).body).toMatchObject({ days: null, coming: { days: 365 } });
  clock.advance(DAY_MS - 1);
  await apply(shop);
  expect(await countOf(world, 'v_events', shop)).toBe(6);
  expect((await kept(shop, 'events')).run).toBeNull();

  // Cut off when the first month is gone and nobody has written it down yet: the second try goes on, and counts it.
  clock.advance(1);
  const keepers = world.house.keepers();
  let cut = false;
  const torn: House = {
    ...world.house,
    keepers: () =>
      keepers.map((k) => ({
        ...k,
        remove: async (what) => {
          const done = await k.remove(what);
          if (cut) return done;
          cut = true;
          throw new Error('the power went');
        },
      })),
  };
  const job = retentionJobs(torn).find((j) => j.kind.name === 'retention.apply');
  const context = { jobId: 'j', log: silentLog, signal: new AbortController().signal };
  await expect(job?.run({ workspaceId: shop.id }, context)).rejects.toThrow('the power went');
  expect((await kept(shop, 'events')).run).toMatchObject({ state: 'failed', removed: 0, total: 2 });
  await apply(shop);
  expect((await kept(shop, 'events')).run).toMatchObject({ state: 'done', removed: 2, total: 2 });
  expect(await names(shop)).toEqual(['Cart Viewed', 'Order Completed o1', 'Product Viewed', 'Survey Answered']);
  expect(await countOf(world, 'v_events', other)).toBe(1);
  const audit = await removals(shop);
  expect(audit).toContain('"field":"removed","before":null,"after":"2"');
  expect(audit).not.toContain('Viewed');
  // Recognised still, seven days on: it came twice and is there once.
  await send(shop, track('a6', 'Cart Viewed', old));
  expect(await names(shop)).toHaveLength(4);
});

const REVIEWS = `review_id,order_id,review_score,review_comment_message,review_answer_timestamp
r1,o1,5,an old marked word,2024-01-11 10:00:00
r2,o2,1,a new one,2026-11-20 10:00:00
r3,o8,2,another marked word,2024-01-12 10:00:00
`;

test('[RT5, RT8, RT9] answers leave with all that held their words, and neither an undo nor the same file brings them back', async () => {
  const first = await load(shop, 'reviews.csv', REVIEWS);
  const newer = REVIEWS.replace('2024-01-11', '2026-11-19');
  const changed = await load(shop, 'reviews.csv', newer);
  expect(await countOf(world, 'v_feedback', shop)).toBe(4);
  await letGo(shop, 'feedback', 365);
  expect(await countOf(world, 'v_feedback', shop)).toBe(2);
  expect((await kept(shop, 'feedback')).run).toMatchObject({ removed: 2 });
  expect(await names(shop)).not.toContain('Survey Answered');
  const words = `SELECT key, hash != '' AS known FROM import_rows WHERE workspace = {workspace:String} AND body = '' ORDER BY key`;
  expect((await ask(words, shop)).map((row) => row['known'])).toEqual([1, 1]);
  expect((await load(shop, 'reviews.csv', newer)).counts).toMatchObject({ unchanged: 3, added: 0, changed: 0 });
  expect(await countOf(world, 'v_feedback', shop)).toBe(2);
  const api = world.api(shop.secretKey);
  for (const [{ id }, rowsLeftAt] of [
    [first, clock.now().toISOString()],
    [changed, null],
  ] as const) {
    expect((await api.get(`/api/v1/imports/${id}`)).body).toMatchObject({ rowsLeftAt });
    expect((await api.post(`/api/v1/imports/${id}/undo`)).body).toMatchObject({
      status: 409,
      code: 'import-rows-left',
    });
  }
  // What is put again came after what left: this one can be undone.
  const last = await load(shop, 'reviews.csv', newer.replace('2026-11-19', '2026-11-18'));
  expect(last.counts).toMatchObject({ changed: 1 });
  expect(await act(shop, last.id, 'undo')).toMatchObject({ state: 'undone' });
  expect(await countOf(world, 'v_feedback', shop)).toBe(2);
  const lineage = z.object({ lineage: z.object({ keptSince: z.string().nullable() }) });
  const since = async (from: string) => {
    const { body } = await api.get(`/api/v1/metrics/rating?from=${from}&to=2026-12-31`);
    return lineage.parse(body).lineage.keptSince;
  };
  expect(await since('2025-12-03')).toBeNull();
  expect(await since('2025-12-02')).toBe('2025-12-03');
});

const ORDERS = `order_id,customer_id,order_status,order_purchase_timestamp,order_estimated_delivery_date,order_delivered_customer_date
o1,c1,delivered,2024-01-02 10:00:00,2024-01-12 00:00:00,2024-01-09 12:00:00
o2,c2,delivered,2024-01-02 10:00:00,2024-01-12 00:00:00,2024-01-09 12:00:00
o3,c3,delivered,2024-02-02 10:00:00,2024-02-12 00:00:00,2026-11-20 12:00:00
`;
const ITEMS = `order_id,order_item_id,product_id,price,freight_value
o3,1,p1,10.50,2
o2,1,p2,4.50,1
`;

test('[RT6] orders leave with what they were made of; made anew the others are as they were', async () => {
  await load(shop, 'orders.csv', ORDERS);
  await load(shop, 'order_items.csv', ITEMS);
  // One was refunded lately, of the other an old message came only now.
  const placed = '2024-01-02T10:00:00.000Z';
  await send(shop, track('c1', 'Order Completed', placed, { order_id: 'o4', value: 7 }));
  await send(shop, track('c2', 'Order Refunded', '2026-11-20T12:00:00.000Z', { order_id: 'o4' }));
  await send(shop, track('c3', 'Order Completed', placed, { order_id: 'o5', value: 7 }));
  const owner = `SELECT person_no > 0 AS known FROM v_feedback WHERE workspace = {workspace:String} AND order_id = 'o2'`;
  expect(await ask(owner, shop)).toEqual([{ known: 1 }]);
  const stands = `SELECT order_id, toString(value) AS value, user_id FROM v_orders WHERE workspace = {workspace:String} ORDER BY order_id`;
  expect(await ask(stands, shop)).toHaveLength(5);
  // Cut off when the orders are gone, and their answers are somebody's still.
  const command: House['facts']['command'] = async (statement, ...rest) => {
    if (statement.includes('ALTER TABLE feedback')) throw new Error('the power went');
    return world.house.facts.command(statement, ...rest);
  };
  const [torn] = orderKeepers({ ...world.house, facts: { ...world.house.facts, command } });
  const before = new Date('2025-12-01T00:00:00.000Z');
  await expect(torn?.remove({ workspaceId: shop.id, before })).rejects.toThrow('the power went');
  expect(await ask(owner, shop)).toEqual([{ known: 1 }]);
  await letGo(shop, 'orders', 365);
  const left = await ask(stands, shop);
  expect(left.map((o) => o['order_id'])).toEqual(['o3', 'o4', 'o5']);
  expect(await ask(owner, shop)).toEqual([{ known: 0 }]);
  expect((await names(shop)).filter((name) => /Order .* o/.test(String(name)))).toEqual([
    'Order Completed o4',
    'Order Completed o5',
    'Order Refunded o4',
  ]);
  for (const table of ['order_rows', 'order_items']) {
    const rows = `SELECT DISTINCT order_id FROM ${table} WHERE workspace = {workspace:String}`;
    expect(await ask(rows, shop)).toEqual([{ order_id: 'o3' }]);
  }
  expect(
    (await world.api(shop.secretKey).get('/api/v1/metrics/orders?from=2024-01-01&to=2026-12-31')).body,
  ).toMatchObject({ lineage: { keptSince: '2025-12-04' } });
  await projectOrders(world.house, { id: shop.id, zone: shop.zone }, 'all');
  expect(await ask(stands, shop)).toEqual(left);
});

test('[RT1, RT9, RT10] files, refused messages, entries and contents leave by their own limits, of one workspace', async () => {
  const own = await world.workspace();
  const bad = { method: 'POST', body: JSON.stringify({ writeKey: own.writeKey, batch: [{ messageId: 'm' }] }) };
  expect((await world.app.request('/v1/batch', bad)).status).toBe(200);
  const people = await load(own, 'people.csv', 'user_id,name\nu1,Vida\n', { kind: 'people' });
  await uploaded(own, 'never-read.csv', 'a,b\n1,2\n');
  const waiting = await ready(own, 'reviews.csv', REVIEWS);
  const entry = { kind: 'change' as const, operation: 'test.old', objectKind: 'x', objectId: '', fields: [], changes: [], callerKind: 'nobody' as const, callerId: '', callerName: '', address: '', requestId: '' }; // prettier-ignore
  for (const place of [own, other]) {
    await tell(world.house, { ...entry, workspaceId: place.id, at: new Date(clock.now().getTime() - 500 * DAY_MS) });
  }
  // Another place has all of it too.
  const badToo = { method: 'POST', body: JSON.stringify({ writeKey: other.writeKey, batch: [{ messageId: 'm' }] }) };
  expect((await world.app.request('/v1/batch', badToo)).status).toBe(200);
  await load(other, 'reviews.csv', REVIEWS);
  await load(other, 'orders.csv', ORDERS);
  const there = async () => ({
    tables: await Promise.all((['v_events', 'v_feedback', 'v_orders'] as const).map((t) => countOf(world, t, other))),
    bodies: await ask(
      `SELECT toUInt32(count()) AS n FROM import_rows WHERE workspace = {workspace:String} AND body != ''`,
      other,
    ),
    run: (await kept(other, 'rejected')).run,
    files: (await world.house.records.db.execute(sql`SELECT id FROM uploads WHERE workspace_id = ${other.id}`)).rows,
    refused: (
      await world.house.records.db.execute(sql`SELECT * FROM journal_rejected WHERE workspace_id = ${other.id}`)
    ).rows.length,
  });
  const before = await there();
  expect(before).toMatchObject({ tables: [1, 3, 3], bodies: [{ n: 6 }], files: [{}, {}], refused: 1 });
  clock.advance(400 * DAY_MS);
  // The first run meets the usual limits, a day later they count.
  await apply(own);
  expect((await kept(own, 'rejected')).run).toBeNull();
  for (const kind of ['events', 'feedback', 'orders', 'imports'] as const) await set(own, kind, 365);
  await letGo(own, 'audit', 600);
  expect(await there()).toEqual(before);
  expect(await act(own, waiting, 'start')).toMatchObject({ state: 'done' });
  for (const kind of ['rejected', 'uploads', 'imports'] as const) {
    expect((await kept(own, kind)).run, kind).toMatchObject({ state: 'done', removed: kind === 'uploads' ? 2 : 1 });
  }
  expect((await kept(own, 'audit')).run).toMatchObject({ removed: 1 });
  expect((await world.api(own.secretKey).get('/api/v1/audit?operation=test.old')).body).toMatchObject({ items: [] });
  expect((await world.api(other.secretKey).get('/api/v1/audit?operation=test.old')).body).toMatchObject({
    items: [{ operation: 'test.old' }],
  });
  await expect(world.house.records.db.execute(sql`DELETE FROM audit_entries`)).rejects.toThrow();
  const undo = await world.api(own.secretKey).post(`/api/v1/imports/${people.id}/undo`);
  expect(undo.body).toMatchObject({ code: 'import-rows-left' });
  const gone = await world.api(own.secretKey).get(`/api/v1/imports/${people.id}`);
  expect(gone.body).toMatchObject({ fileKept: false });
});

const partsRow = z.object({ n: z.coerce.number() });

test('[RT11] the monthly clearing takes off the disk what was deleted', async () => {
  // Of several servers each tells of its own parts.
  const masked = async (): Promise<number> => {
    const sql = `SELECT count() AS n FROM system.parts WHERE database = currentDatabase() AND active AND has_lightweight_delete`;
    const each = world.house.facts.servers.map((server) => server.query(partsRow, sql));
    return (await Promise.all(each)).flat().reduce((sum, { n }) => sum + n, 0);
  };
  expect(await masked()).toBeGreaterThan(0);
  const job = retentionJobs(world.house).find((j) => j.kind.name === 'retention.clear');
  await job?.run({}, { jobId: 'j', log: silentLog, signal: new AbortController().signal });
  await until('no part holds deleted rows', async () => (await masked()) === 0);
  expect(await countOf(world, 'v_orders', shop)).toBe(3);
});

test('[RT3, RT7] who says in the night that more is kept is heard before the next part; a kind that fails stops no other', async () => {
  const own = await world.workspace();
  for (const [kind, days] of [['events', 365], ['feedback', 365], ['audit', 600]] as const) await set(own, kind, days); // prettier-ignore
  clock.advance(DAY_MS);
  let parts = 0;
  const count = () => Promise.resolve({ rows: 3, oldest: null });
  const keepers: Keeper[] = [
    {
      kind: 'events',
      count,
      remove: async () => {
        parts++;
        expect((await set(own, 'events', null)).status).toBe(200);
        return { rows: 1, more: true };
      },
    },
    { kind: 'feedback', remove: () => Promise.reject(new Error('the power went')) },
    { kind: 'audit', count, remove: () => Promise.resolve({ rows: 3, more: false }) },
  ];
  const job = retentionJobs({ ...world.house, keepers: () => keepers }).find((j) => j.kind.name === 'retention.apply');
  const context = { jobId: 'j', log: silentLog, signal: new AbortController().signal };
  await expect(job?.run({ workspaceId: own.id }, context)).rejects.toThrow('the power went');
  expect(parts).toBe(1);
  expect((await kept(own, 'events')).run).toMatchObject({ state: 'done', removed: 1 });
  expect((await kept(own, 'feedback')).run).toMatchObject({ state: 'failed' });
  expect((await kept(own, 'audit')).run).toMatchObject({ state: 'done', removed: 3 });
});

const EVENTS = `event_id,user_id,event,timestamp,order_id,score,comment
e1,u1,Product Viewed,2024-01-02T10:00:00Z,,,
e2,u1,Survey Answered,2024-01-02T10:00:00Z,,3,a marked word
e3,u1,Order Completed,2024-01-02T10:00:00Z,o1,,
`;

test('[RT4, RT5, RT6, RT9] rows of a file of events leave with what each of them made, and not before', async () => {
  const own = await world.workspace();
  const { id } = await load(own, 'events.csv', EVENTS, { kind: 'events' });
  const bodies = async () =>
    (
      await ask(
        `SELECT JSONExtractString(body, 'fields', 'name') AS name FROM import_rows WHERE workspace = {workspace:String} AND body != '' ORDER BY name`,
        own,
      )
    ).map((row) => row['name']);
  const all = ['Order Completed', 'Product Viewed', 'Survey Answered'];
  expect(await names(own)).toHaveLength(3);
  // What came lately stays, and can be undone.
  await letGo(own, 'events', 365);
  expect(await bodies()).toEqual(all);
  expect((await world.api(own.secretKey).get(`/api/v1/imports/${id}`)).body).toMatchObject({ rowsLeftAt: null });
  clock.advance(8 * DAY_MS);
  await apply(own);
  expect(await bodies()).toEqual(['Order Completed', 'Survey Answered']);
  await set(own, 'orders', 365);
  await letGo(own, 'feedback', 365);
  expect(await bodies()).toEqual([]);
  expect(await names(own)).toEqual([]);
  expect([await countOf(world, 'v_orders', own), await countOf(world, 'v_feedback', own)]).toEqual([0, 0]);
});
