import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestWorkspace, World } from '../../../test/support/world.ts';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { silentLog } from '../../platform/kernel/log.ts';
import { openRecords } from '../../platform/stores/records.ts';
import { createKey, revokeKey } from '../../platform/workspaces/opening.ts';
import { type Door, basic, openDoor, taken, track } from '../../../test/support/door.ts';
import { MAX_MESSAGES, admit } from './ingest.ts';

const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let door: Door;
let world: World;
let shop: TestWorkspace;

beforeAll(async () => {
  door = await openDoor(clock);
  ({ world, shop } = door);
});
afterAll(() => world.close());

const rejectedPage = z.object({
  items: z.array(z.object({ messageId: z.string(), field: z.string(), reason: z.string(), body: z.string() })),
  nextCursor: z.string().nullable(),
});

test('[JR5] one bad message never costs the others; it is listed, kept and downloadable', async () => {
  const own = await world.workspace();
  const batch = [track(1), { ...track(2), timestamp: '2999-01-01T00:00:00Z' }, 'text', track(3)];
  const answer = await door.take('/v1/batch', { batch }, own.writeKey);
  expect(answer.accepted).toBe(2);
  expect(answer.rejected).toEqual([
    {
      index: 1,
      messageId: 'm2',
      field: 'timestamp',
      reason: expect.stringContaining('2999-01-01T00:00:00Z" lies more than a day ahead') as string,
    },
    { index: 2, messageId: '', field: '', reason: 'A message has to be a JSON object.' },
  ]);
  await world.drain();
  expect((await door.eventsOf(own)).map((e) => e.userId).sort()).toEqual(['u1', 'u3']);

  const api = world.api(own.secretKey);
  const first = rejectedPage.parse((await api.get('/api/v1/journal/rejected?limit=1')).body);
  const second = rejectedPage.parse(
    (await api.get(`/api/v1/journal/rejected?limit=1&cursor=${first.nextCursor}`)).body,
  );
  expect([...first.items, ...second.items].map((r) => r.body)).toEqual(['"text"', JSON.stringify(batch[1])]);
  expect(second.nextCursor).toBeNull();

  const download = async (key: string) =>
    (
      await world.app.request('/api/v1/journal/rejected.ndjson', { headers: { authorization: `Bearer ${key}` } })
    ).text();
  const lines = (await download(own.secretKey)).trim().split('\n');
  expect(lines.map((line) => z.looseObject({ field: z.string() }).parse(JSON.parse(line)).field)).toEqual([
    '',
    'timestamp',
  ]);
  expect(await download((await world.workspace()).secretKey)).toBe('');
});

test('[JR5] as many bad messages as a batch holds cost the good one nothing; more are refused at once', async () => {
  const own = await world.workspace();
  const bad = Array.from({ length: MAX_MESSAGES - 1 }, () => 1);
  const many = [
    door.take('/v1/batch', { batch: [...bad, track(1)] }, own.writeKey),
    door.take('/v1/batch', { batch: bad }, own.writeKey),
  ];
  expect((await Promise.all(many)).map((a) => [a.accepted, a.rejected.length])).toEqual([
    [1, bad.length],
    [0, bad.length],
  ]);
  const status = await world.api(own.secretKey).get('/api/v1/journal');
  expect(status.body).toMatchObject({ waitingMessages: 1, rejectedMessages: 2 * bad.length });
  const more = await door.send('/v1/batch', JSON.stringify({ batch: [...bad, 1, 1] }), basic(own.writeKey));
  expect(more.status).toBe(413);
  await world.drain();
});

test('[JR5] what no store takes as text costs nobody anything', async () => {
  const own = await world.workspace();
  const bad = { ...track(1), messageId: 'a\0\ud800', timestamp: '\0' };
  const good = track(2, { userId: 'u\0\udc00', properties: { ['\0']: '\ud800' } });
  const answer = await door.take('/v1/batch', { batch: [bad, good] }, own.writeKey);
  expect(answer.accepted).toBe(1);
  await world.drain();
  expect((await door.eventsOf(own)).map((e) => e.userId)).toEqual(['u\ufffd']);
  const listing = await world.api(own.secretKey).get('/api/v1/journal/rejected');
  expect(rejectedPage.parse(listing.body).items[0]).toMatchObject({ messageId: 'a\ufffd', field: 'timestamp' });
});

test('[JR5] a single bad message answers 400 with its field, to a page of another origin too', async () => {
  const body = JSON.stringify({ event: 'Seen', writeKey: shop.writeKey });
  const response = await door.send('/v1/t', body, { origin: 'https://shop.example' });
  expect(response.status).toBe(400);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(await response.json()).toMatchObject({ type: '/problems/bad-input', field: 'userId' });
});

test.each([
  ['no key', {}],
  ['a key that is none', basic('tsw_nothing')],
  ['a broken header', { authorization: 'Basic' }],
])('[JR5] %s answers 401', async (_, headers) => {
  const response = await door.send('/v1/batch', '{"batch":[]}', headers);
  expect(response.status).toBe(401);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
});

test('[JR5] no key and nothing that can be read answers 401', async () => {
  expect((await door.send('/v1/track', '')).status).toBe(401);
  expect((await door.send('/v1/track', '{"writeKey":')).status).toBe(401);
});

test('[JR7] while nobody can say whose a key is the answer is 429', async () => {
  const records = openRecords('postgresql://nobody@127.0.0.1:1/nothing', silentLog);
  const away = admit({ ...world.house, records }, shop.writeKey, () => 'here');
  await expect(away).rejects.toMatchObject({ status: 429, details: { retryAfterSeconds: 5 } });
  await records.close();
});

test('[JR4] history keeps its times', async () => {
  const own = await world.workspace();
  const message = track(1, { timestamp: '2024-02-29T08:00:00.000Z' });
  await door.take('/v1/import', { batch: [message], sentAt: '2026-11-20T10:00:00.000Z' }, own.writeKey);
  await world.drain();
  expect((await door.eventsOf(own)).map((e) => e.at)).toEqual(['2024-02-29T08:00:00.000Z']);
});

test('[JR5] a revoked key is refused at once', async () => {
  const own = await world.workspace();
  const { key, row } = await createKey(world.house, own.id, { kind: 'write', name: 'Old', scopes: [] }, 'a test');
  await door.take('/v1/track', track(1), key);
  await revokeKey(world.house, own.id, row.id);
  expect((await door.send('/v1/track', JSON.stringify(track(2)), basic(key))).status).toBe(401);
});

test.each([
  ['broken JSON', '{"batch":[', 400],
  ['half a gzip', new Uint8Array(gzipSync('{"batch":[]}').subarray(0, 18)), 400],
  ['a list', '[]', 400],
  ['no batch', '{}', 400],
  ['too large', `{"batch":["${'x'.repeat(1_100_000)}"]}`, 413],
  ['a bomb', new Uint8Array(gzipSync(`{"batch":["${' '.repeat(50_000_000)}"]}`)), 413],
] as const)('[JR5] %s answers %s', async (_, body, status) => {
  expect((await door.send('/v1/batch', body, basic(shop.writeKey))).status).toBe(status);
});

test('[JR5] a message too deep to be written down is refused, and the one beside it taken', async () => {
  const own = await world.workspace();
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const body = `{"batch":[{"type":"track","event":"Deep","userId":"u","properties":{"in":${deep}}},${JSON.stringify(track(1))}]}`;
  const response = await door.send('/v1/batch', body, basic(own.writeKey));
  const answer = taken.parse(await response.json());
  expect(answer.accepted).toBe(1);
  expect(answer.rejected[0]?.reason).toMatch(/deeper than 20/);
});
