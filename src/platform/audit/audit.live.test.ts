import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../kernel/clock.ts';
import { setUp } from '../workspaces/facade.ts';
import { Book } from './book.ts';
import { tell, type Told } from './facade.ts';
import { auditEntry } from './contract.ts';

const PASSWORD = 'a long enough password';
const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;
let shop: TestWorkspace;
let first: string;
let cookie: string;

beforeAll(async () => {
  world = await openWorld({ clock });
  const account = { company: 'Lark', name: 'Ada', email: 'ada@example.com', password: PASSWORD };
  first = (await setUp(world.house, { ...account, zone: 'UTC', currency: 'EUR', locale: 'en' })).workspace.id;
  shop = await world.workspace();
  const signedIn = await world.api().post('/api/v1/session', { email: 'ada@example.com', password: PASSWORD });
  cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
});
afterAll(() => world.close());

async function asAda(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const headers = {
    cookie,
    'sec-fetch-site': 'same-origin',
    'touchstone-workspace': first,
    'content-type': 'application/json',
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await world.app.request(`/api/v1${path}`, { method, headers, ...sent });
  return { status: response.status, text: await response.text() };
}

const listing = z.object({ items: z.array(auditEntry), nextCursor: z.string().nullable() });

async function log(query = '', key = shop.secretKey): Promise<z.infer<typeof listing>> {
  return listing.parse((await world.api(key).get(`/api/v1/audit${query}`)).body);
}

function entry(told: Partial<Told> = {}): Told {
  return {
    workspaceId: shop.id,
    at: clock.now(),
    kind: 'look',
    operation: 'test.look',
    objectKind: 'thing',
    objectId: '',
    fields: [],
    changes: [],
    callerKind: 'key',
    callerId: 'key_1',
    callerName: 'Test',
    address: 'here',
    requestId: 'r',
    ...told,
  };
}

test('[AU2] a change leaves an entry, what was refused none', async () => {
  expect((await asAda('PATCH', '/workspace', { zone: 'Asia/Tehran', name: 'Lark 2' })).status).toBe(200);
  expect((await asAda('PATCH', '/workspace', { zone: 'Europe/Atlantis' })).status).toBe(400);
  expect((await asAda('DELETE', '/keys/key_none')).status).toBe(404);
  const { items } = listing.parse(JSON.parse((await asAda('GET', '/audit?kind=change&operation=workspaces.w')).text));
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    kind: 'change',
    operation: 'workspaces.workspaces.update',
    object: { kind: 'workspace', id: first },
    fields: ['zone', 'name'],
    changes: [
      { field: 'name', before: 'Lark', after: 'Lark 2' },
      { field: 'zone', before: 'UTC', after: 'Asia/Tehran' },
    ],
    by: { kind: 'member', name: 'ada@example.com' },
    address: 'here',
  });
});

test('[AU2] changes at once go in few statements, each written when it is answered', async () => {
  let statements = 0;
  const db = new Proxy(world.house.records.db, {
    get: (target, name, self) => {
      if (name === 'insert') statements++;
      return Reflect.get(target, name, self);
    },
  });
  const house = { ...world.house, records: { ...world.house.records, db } };
  const ids = Array.from({ length: 40 }, (_, i) => `obj_${i}`);
  await Promise.all(ids.map((objectId) => tell(house, entry({ kind: 'change', operation: 'test.many', objectId }))));
  expect(statements).toBeLessThan(4);
  expect((await log('?operation=test.many')).items.map((e) => e.object.id).toSorted()).toEqual(ids.toSorted());
});

test('[AU3, AU4] a look names who and at whom, and nothing of what was sent or shown', async () => {
  const events = { batch: [{ type: 'identify', userId: 'u-1', traits: { name: 'Vida Marked', email: 'vida@marked.example' } }] }; // prettier-ignore
  const sent = await world.app.request('/v1/batch', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${shop.writeKey}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });
  expect(sent.status).toBe(200);
  await world.drain();
  await world.runJobs();
  const people = z.object({ items: z.array(z.object({ id: z.string() })) });
  const found = people.parse((await world.api(shop.secretKey).get('/api/v1/people?q=marked')).body);
  const personId = found.items[0]?.id ?? '';
  for (const path of [`/people/${personId}`, `/people/${personId}/timeline`, '/journal/rejected.ndjson']) {
    expect((await world.api(shop.secretKey).get(`/api/v1${path}`)).status).toBe(200);
  }
  const { items } = await log('?kind=look&by=test');
  const shown = items.map((e) => [e.operation, e.object.kind, e.object.id, e.by.kind, e.by.name]);
  expect(shown).toContainEqual(['people.list', 'people', '', 'key', 'Test']);
  expect(shown).toContainEqual(['people.get', 'person', personId, 'key', 'Test']);
  expect(shown).toContainEqual(['people.timeline', 'person', personId, 'key', 'Test']);
  expect(shown).toContainEqual(['GET /api/v1/journal/rejected.ndjson', 'rejected messages', '', 'key', 'Test']);
  expect(items.find((e) => e.operation === 'people.list')?.fields).toEqual(['q']);
  expect((await log(`?objectId=${personId}`)).items).toHaveLength(2);
  expect(JSON.stringify(await log('?limit=200'))).not.toMatch(/marked/i);
});

test('[AU5] the same look again is counted, and none is lost when the log is closed', async () => {
  const book = new Book(world.house);
  for (let i = 0; i < 7; i++) await book.look(entry({ operation: 'test.again', objectId: 'per_1' }));
  await book.look(entry({ operation: 'test.again', objectId: 'per_2' }));
  expect((await log('?operation=test.again')).items).toEqual([]);
  await book.close();
  const { items } = await log('?operation=test.again');
  expect(items.map((e) => [e.object.id, e.times]).toSorted()).toEqual([
    ['per_1', 7],
    ['per_2', 1],
  ]);
});

test('[AU6] what the store does not take is written once when it is back', async () => {
  let away = true;
  const db = new Proxy(world.house.records.db, {
    get: (target, name, self) => {
      if (name === 'insert' && away) throw new Error('away');
      return Reflect.get(target, name, self);
    },
  });
  const house = { ...world.house, records: { ...world.house.records, db } };
  await tell(house, entry({ kind: 'change', operation: 'test.away', objectId: 'a' }));
  await tell(house, entry({ operation: 'test.away', objectId: 'b' }));
  away = false;
  await tell(house, entry({ kind: 'change', operation: 'test.away', objectId: 'c' }));
  const { items } = await log('?operation=test.away');
  expect(items.map((e) => e.object.id).toSorted()).toEqual(['a', 'b', 'c']);
});

test('[AU7] the store refuses to change or delete an entry', async () => {
  await tell(world.house, entry({ kind: 'change', operation: 'test.stays' }));
  const { db } = world.house.records;
  for (const statement of [
    sql`UPDATE audit_entries SET caller_name = 'x'`,
    sql`DELETE FROM audit_entries`,
    sql`TRUNCATE audit_entries`,
  ]) {
    await expect(db.execute(statement)).rejects.toThrow();
  }
  expect((await log('?operation=test.stays')).items).toHaveLength(1);
});

test('[AU8] sign-ins, refused ones too, stand in the log of the user’s workspaces', async () => {
  const signIn = (password: string) => world.api().post('/api/v1/session', { email: 'ada@example.com', password });
  clock.advance(1_000);
  expect((await signIn('not the password')).status).toBe(401);
  clock.advance(1_000);
  expect((await signIn(PASSWORD)).status).toBe(200);
  const { items } = listing.parse(JSON.parse((await asAda('GET', '/audit?operation=workspaces.session')).text));
  expect(items.slice(0, 2).map((e) => [e.kind, e.by.kind, e.by.name])).toEqual([
    ['change', 'user', 'ada@example.com'],
    ['refused', 'user', 'ada@example.com'],
  ]);
  expect(JSON.stringify(items)).not.toContain('password a');
});

test('[AU9] pages and exports hold every entry once, newest first, and reading is written too', async () => {
  const own = await world.workspace();
  for (let i = 0; i < 25; i++) {
    clock.advance(1_000);
    await tell(world.house, entry({ workspaceId: own.id, kind: 'change', operation: 'test.page', callerName: '=1+1', objectId: `o${i}` })); // prettier-ignore
  }
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await log(`?operation=test.page&limit=10${cursor === '' ? '' : `&cursor=${cursor}`}`, own.secretKey);
    ids.push(...page.items.map((e) => e.object.id));
    cursor = page.nextCursor;
  }
  expect(ids).toEqual(Array.from({ length: 25 }, (_, i) => `o${24 - i}`));
  const from = '2026-11-22T10:00:00.000Z';
  const ask = `/api/v1/audit/entries.ndjson?operation=test.page&from=${from}`;
  const exported = await world.app.request(ask, { headers: { authorization: `Bearer ${own.secretKey}` } });
  const lines = await exported.text();
  const line = z.object({ object_id: z.string(), by_name: z.literal('=1+1'), times: z.literal(1) });
  expect(lines.trim().split('\n').map((text) => line.parse(JSON.parse(text)).object_id)).toEqual(ids); // prettier-ignore
  const csv = String((await world.api(own.secretKey).get('/api/v1/audit/entries.csv?operation=test.page')).body);
  expect(csv.split('\r\n')).toHaveLength(27);
  expect(csv).toContain("'=1+1");
  expect((await world.api(own.secretKey).get('/api/v1/audit/entries.csv?kind=none')).status).toBe(400);
  const reading = await log('?operation=GET /api/v1/audit', own.secretKey);
  expect(reading.items.map((e) => [e.operation, ...e.changes.map((c) => c.after)].join(' ')).toSorted()).toEqual([
    'GET /api/v1/audit/entries.csv',
    'GET /api/v1/audit/entries.csv 25 whole',
    'GET /api/v1/audit/entries.ndjson',
    'GET /api/v1/audit/entries.ndjson 25 whole',
  ]);
});
