import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { exportCommand } from '../../src/platform/cli/exporting.ts';
import { importCalls } from '../support/imports.ts';
import { openWorld, type TestWorkspace, type World } from '../support/world.ts';

let world: World;
let shop: TestWorkspace;
const { run } = importCalls(() => world);

const EVENTS = [
  { type: 'identify', userId: 'u-1', timestamp: '2026-02-01T10:00:00Z', traits: { name: 'مینا', email: 'mina@example.com', phone: '+49 151 12345678', plan: 'gold' } }, // prettier-ignore
  { type: 'identify', userId: 'u-2', traits: { name: '=1+1' } },
  ...Array.from({ length: 7 }, (_, i) => ({
    type: 'track',
    event: i % 2 === 0 ? 'Order Completed' : 'Cart Viewed',
    userId: `u-${1 + (i % 2)}`,
    timestamp: `2026-03-0${i + 1}T23:30:00.250Z`,
    properties: { order_id: `o-${i}`, total: `${i}0.25`, currency: 'EUR', promised: '2026-03-09' },
  })),
  { type: 'track', event: 'Order Delivered', userId: 'u-1', timestamp: '2026-03-11T10:00:00Z', properties: { order_id: 'o-0' } }, // prettier-ignore
  { type: 'track', event: 'Review Submitted', userId: 'u-1', timestamp: '2026-03-12T10:00:00Z', properties: { order_id: 'o-0', rating: 2, review_body: '=late,\n"again"' } }, // prettier-ignore
  { type: 'track', event: 'Review Submitted', userId: 'u-2', timestamp: '2026-03-13T10:00:00Z', properties: { order_id: 'o-2', rating: 5 } }, // prettier-ignore
];

beforeAll(async () => {
  world = await openWorld();
  shop = await world.workspace({ zone: 'Asia/Tehran' });
  const sent = await world.app.request('/v1/batch', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${shop.writeKey}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch: EVENTS.map((event, i) => ({ ...event, messageId: `m-${i}` })) }),
  });
  expect(sent.status).toBe(200);
  await world.drain();
  await world.runJobs();
});
afterAll(() => world.close());

async function fileOf(path: string, key = shop.secretKey): Promise<Buffer<ArrayBuffer>> {
  const response = await world.app.request(`/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` } });
  expect(response.status, path).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const row = z.record(z.string(), z.unknown());
const items = z.object({ items: z.array(row) });

async function rowsOf(path: string, key?: string): Promise<Record<string, unknown>[]> {
  const lines = (await fileOf(path, key)).toString().split('\n').filter((line) => line !== ''); // prettier-ignore
  return lines.map((line) => row.parse(JSON.parse(line)));
}

async function listed(path: string): Promise<Record<string, unknown>[]> {
  return items.parse((await world.api(shop.secretKey).get(`/api/v1/${path}`)).body).items;
}

test('[PE16] people leave as the listing finds them, with who they are and what is said of them', async () => {
  const people = await rowsOf('people.ndjson');
  expect(people.map((p) => p['person_id'])).toEqual((await listed('people')).map((p) => p['id']));
  expect(people.find((p) => p['user_id'] === 'u-1')).toMatchObject({
    label: 'مینا',
    email: 'mina@example.com',
    phone: '+4915112345678',
    first_seen: '2026-02-01T10:00:00.000Z',
    last_seen: '2026-03-12T10:00:00.000Z',
    orders: 4,
    answers: 1,
    traits: { plan: 'gold' },
  });
  expect((await rowsOf('people.ndjson?q=mina')).map((p) => p['user_id'])).toEqual(['u-1']);
  const stranger = await world.workspace();
  expect(await rowsOf('people.ndjson', stranger.secretKey)).toEqual([]);
});

test('[OR15] orders leave by their id, narrowed by state, lateness and the days they were placed on', async () => {
  const orders = await rowsOf('orders.ndjson');
  expect(orders.map((o) => [o['order_id'], o['value'], o['late']])).toEqual([
    ['o-0', '0.25', true],
    ['o-2', '20.25', null],
    ['o-4', '40.25', null],
    ['o-6', '60.25', null],
  ]);
  expect(orders[0]).toMatchObject({ placed_at: '2026-03-01T23:30:00.250Z', promised: '2026-03-09', currency: 'EUR' });
  const ids = async (query: string) => (await rowsOf(`orders.ndjson?${query}`)).map((o) => o['order_id']);
  expect(await ids('late=true')).toEqual(['o-0']);
  // Half past eleven in the evening of the 3rd is the 4th in Tehran.
  expect(await ids('from=2026-03-04&to=2026-03-06')).toEqual(['o-2']);
  const stranger = await world.workspace();
  expect(await rowsOf('orders.ndjson', stranger.secretKey)).toEqual([]);
});

test('[EV4] events leave by name and moment, each once, narrowed as their listing is and by days', async () => {
  const events = await rowsOf('events.ndjson');
  const all = await listed('events?limit=200');
  expect(events.map((e) => e['event_id']).toSorted()).toEqual(all.map((e) => e['id']).toSorted());
  expect(events.map((e) => e['name'])).toEqual(events.map((e) => e['name']).toSorted());
  const query = 'name=Cart%20Viewed&userId=u-2&from=2026-03-03&to=2026-03-06';
  expect((await rowsOf(`events.ndjson?${query}`)).map((e) => [e['at'], e['order_id'], e['value']])).toEqual([
    ['2026-03-02T23:30:00.250Z', 'o-1', '10.25'],
    ['2026-03-04T23:30:00.250Z', 'o-3', '30.25'],
  ]);
});

test('[FB10] answers leave with words and without, the oldest first, persons to who may see them', async () => {
  const answers = await rowsOf('feedback.ndjson');
  expect(answers).toMatchObject([
    { at: '2026-03-12T10:00:00.000Z', score: 2, text: '=late,\n"again"', order_id: 'o-0', person_id: expect.any(String) }, // prettier-ignore
    { at: '2026-03-13T10:00:00.000Z', score: 5, text: '', order_id: 'o-2' },
  ]);
  expect((await rowsOf('feedback.ndjson?to=2026-03-13')).map((a) => a['score'])).toEqual([2]);
});

test('[MT15] comments leave as their page finds them, a metric as its course, its groups and two sides compared', async () => {
  expect(await rowsOf('comments.ndjson?search=LATE&filter=score%3C%3D2')).toMatchObject([
    { text: '=late,\n"again"', person: 'مینا', late: true },
  ]);
  expect(await rowsOf('comments.ndjson?search=never')).toEqual([]);
  expect((await fileOf('comments.csv')).toString()).toContain(`"'=late,\n""again"""`);
  const asked = 'from=2026-03-01&to=2026-05-01';
  const series = await rowsOf(`metrics/rating/series.ndjson?${asked}&interval=month`);
  expect(series.map((s) => [s['at'], s['value'], s['n']])).toEqual([
    ['2026-03-01', 3.5, 2],
    ['2026-04-01', null, 0],
  ]);
  const groups = await rowsOf(`metrics/rating/groups.ndjson?${asked}&by=order.late`);
  expect(groups.map((g) => [g['group'], g['value']]).toSorted()).toEqual([['', 5], ['true', 2]]); // prettier-ignore
  const sides = await rowsOf(`metrics/rating/compare.ndjson?${asked}&againstFilter=order.late:true`);
  expect(sides.map((s) => [s['side'], s['filter'], s['value'], s['n']])).toEqual([
    ['first', '', 3.5, 2],
    ['second', 'order.late:true', 2, 1],
    ['difference', null, 1.5, null],
  ]);
  const api = world.api(shop.secretKey);
  expect((await api.get(`/api/v1/metrics/none/groups.csv?${asked}&by=channel`)).status).toBe(400);
  expect((await api.get('/api/v1/comments.csv?filter=score%3C')).body).toMatchObject({ status: 400, field: 'filter' });
});

test('[IM23] what left as CSV, XLSX or Parquet is imported again as the same rows', async () => {
  const before = await rowsOf('orders.ndjson');
  const kept = ['order_id', 'placed_at', 'promised', 'delivered_at', 'late', 'status', 'value', 'currency'];
  const same = (orders: readonly Record<string, unknown>[]) => orders.map((o) => kept.map((name) => o[name]));
  const other = await world.workspace({ zone: 'Asia/Tehran' });
  const load = async (format: string) =>
    (await run(other, `orders.${format}`, await fileOf(`orders.${format}`), { kind: 'orders' })).counts;
  expect(await load('csv')).toMatchObject({ added: 4, bad: 0 });
  expect(same(await rowsOf('orders.ndjson', other.secretKey))).toEqual(same(before));
  expect(await load('xlsx')).toMatchObject({ unchanged: 4, bad: 0 });
  // It writes all four places of an amount.
  expect(await load('parquet')).toMatchObject({ changed: 4, bad: 0 });
  expect(same(await rowsOf('orders.ndjson', other.secretKey))).toEqual(same(before));
  const parquet = await fileOf('people.parquet');
  const rows = await parquetReadObjects({ file: parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.length) }); // prettier-ignore
  expect(rows.map((r) => r['label']).toSorted()).toEqual(['=1+1', 'مینا']);
});

test('[LA12] the command writes a whole file, or none and why', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'export-'));
  const command = exportCommand({ events: '/api/v1/events', people: '/api/v1/people' });
  const call = (...args: string[]) =>
    command.run(args, {}, async () => ({
      to: 'the test',
      request: (path) => world.app.request(path, { headers: { authorization: `Bearer ${shop.secretKey}` } }),
      close: async () => undefined,
    }));
  const out = join(dir, 'events.ndjson');
  expect(await call('events', '--out', out, '--from', '2026-03-12')).toBe(0);
  expect((await readFile(out, 'utf8')).trimEnd().split('\n')).toHaveLength(3);
  await expect(call('people', '--out', out, '--from', 'yesterday')).rejects.toThrow('from: ');
  await expect(call('people', '--out', join(dir, 'none', 'people.csv'))).rejects.toThrow('--out: there is no folder');
  await expect(call('people', '--out', join(dir, 'people.pdf'))).rejects.toThrow('--format: pdf is none');
  await expect(call('everything', '--out', out)).rejects.toThrow('say which: events|people');
  expect(await readdir(dir)).toEqual(['events.ndjson']);
  await rm(dir, { recursive: true });
});
