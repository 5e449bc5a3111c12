import { oc } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestWorkspace, World } from '../../../test/support/world.ts';
import type { Capability, House } from '../house/house.ts';
import { HeldClock } from '../kernel/clock.ts';
import type { Log, LogFields } from '../kernel/log.ts';
import { buildApp } from './app.ts';
import { checkPort, listen } from './listen.ts';
import { operationsOf } from './surface.ts';
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

test('[HS1] an operation that names no permission is refused before the server starts', () => {
  const open: Capability = {
    ...probe.capability,
    key: 'open',
    contract: { all: oc.route({ method: 'GET', path: '/all' }) },
  };
  expect(() => operationsOf([open])).toThrow('open.all names no permission');
  expect(() => buildApp({ house: world.house, living: [{ capability: open, plugged: { handlers: {} } }] })).toThrow(
    'open.all names no permission',
  );
});

describe('[HS2] who is let in', () => {
  test('[HS2] nobody, and a key that is none', async () => {
    expect((await world.api().get('/api/v1/things/a')).status).toBe(401);
    expect((await world.api('tss_wrong').get('/api/v1/things/a')).status).toBe(401);
    expect((await world.api(shop.writeKey).get('/api/v1/things/a')).status).toBe(401);
  });

  test('[HS2] a key without the scope, and one for another workspace', async () => {
    const other = await world.workspace({ scopes: ['metrics:read'] });
    expect((await world.api(other.secretKey).get('/api/v1/things/a')).status).toBe(403);
    const headers = { authorization: `Bearer ${other.secretKey}`, 'touchstone-workspace': shop.id };
    const foreign = await world.app.request('/api/v1/things/a', { headers });
    const invented = await world.app.request('/api/v1/things/a', {
      headers: { ...headers, 'touchstone-workspace': 'ws_none' },
    });
    expect([foreign.status, invented.status]).toEqual([404, 404]);
    const words = await Promise.all([problemOf(Promise.resolve(foreign)), problemOf(Promise.resolve(invented))]);
    expect(words[0].detail).toBe(words[1].detail);
  });

  test('[HS2] a key with the scope works in its own workspace', async () => {
    const answer = await world.api(shop.secretKey).get('/api/v1/things/a?limit=4');
    expect(answer).toMatchObject({ status: 200, body: { thingId: 'a', limit: 4, workspaceId: shop.id } });
  });
});

describe('[HS3] problems', () => {
  test('[HS3] name the field, its value and the mend', async () => {
    const said = await problemOf(post(JSON.stringify({ name: 'x', parts: [1, 'two'] })));
    expect(said).toMatchObject({ type: '/problems/bad-input', status: 400, field: 'name', value: 'x' });
    expect(said.mend).toContain('parts.1');
    const query = await problemOf(
      world.app.request('/api/v1/things/a?limit=9', { headers: { authorization: `Bearer ${shop.secretKey}` } }),
    );
    expect(query).toMatchObject({ field: 'limit', status: 400 });
  });

  test('[HS3] never send a secret back', async () => {
    const response = await post(JSON.stringify({ name: 'fine', password: 'much too long' }));
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain('"field":"password"');
    expect(text).not.toContain('much too long');
  });
});

describe('with a log that is looked at', () => {
  interface Line {
    readonly fields: LogFields;
    readonly message: string;
  }

  function listening(): { house: House; lines: Line[] } {
    const lines: Line[] = [];
    const logOf = (bound: LogFields): Log => {
      const add = (fields: LogFields, message: string) => void lines.push({ fields: { ...bound, ...fields }, message });
      return { debug: add, info: add, warn: add, error: add, child: (more) => logOf({ ...bound, ...more }) };
    };
    return { house: { ...world.house, log: logOf({}) }, lines };
  }

  test('[HS4] a defect answers 500 without its text, which the log has under the request id', async () => {
    const { house, lines } = listening();
    const response = await buildApp({ house, living: world.living }).request('/api/v1/broken');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('secret');
    const requestId = response.headers.get('x-request-id') ?? 'none';
    expect(text).toContain(requestId);
    const line = lines.find((l) => l.fields['error'] instanceof Error);
    expect(line?.fields['requestId']).toBe(requestId);
    expect(String(line?.fields['error'])).toContain('a secret of');
  });

  test('[HS13] an access line has pattern, status, time and request id, and nothing personal', async () => {
    const { house, lines } = listening();
    const app = buildApp({ house, living: world.living });
    await app.request('/api/v1/things/grete@example.com?limit=2', {
      headers: { authorization: `Bearer ${shop.secretKey}`, 'user-agent': 'Grete', 'x-forwarded-for': '203.0.113.9' },
    });
    await app.request('/files/grete.csv', { headers: { authorization: `Bearer ${shop.secretKey}` } });
    const access = lines.filter((l) => l.message === 'request');
    expect(access.map((l) => Object.keys(l.fields).toSorted())).toEqual(
      Array.from({ length: 2 }, () => ['method', 'ms', 'requestId', 'route', 'status']),
    );
    expect(access.map((l) => l.fields['route'])).toEqual(['things.read', '/files/:name']);
    expect(JSON.stringify(lines)).not.toMatch(/grete|203\.0|tss_/i);
  });
});

test('[HS5] bodies that cannot be read are refused with the reason', async () => {
  const before = probe.made();
  const broken = await problemOf(post('{"name": "cut of'));
  expect(broken).toMatchObject({ status: 400, detail: 'The body is not JSON.' });
  expect(await problemOf(post(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])))).toMatchObject({ status: 400 });
  expect(await problemOf(post('name=ada', { 'content-type': 'application/x-www-form-urlencoded' }))).toMatchObject({
    status: 415,
    type: '/problems/unsupported',
  });
  const large = JSON.stringify({ name: 'x'.repeat(1_000_001) });
  expect(await problemOf(post(large))).toMatchObject({ status: 413, type: '/problems/too-large' });
  const deep = `{"name":"deep","more":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
  expect((await problemOf(post(deep))).detail).toContain('deeper than 32');
  expect((await problemOf(post('{"name":"\\u0000"}'))).detail).toContain('NUL');
  expect((await problemOf(world.app.request('/api/v1/things/%00'))).detail).toContain('NUL');
  expect(probe.made()).toBe(before);
});

test('[HS6] other methods are named, other paths are not found', async () => {
  const wrong = await problemOf(world.app.request('/api/v1/things', { method: 'PATCH' }));
  expect(wrong).toMatchObject({ status: 405, detail: 'This path takes POST.' });
  const headers = { authorization: `Bearer ${shop.secretKey}` };
  for (const path of ['/files/a.csv', '/api/v1/things/a']) {
    expect((await world.app.request(path, { method: 'HEAD', headers })).status).toBe(405);
  }
  expect(await problemOf(world.app.request('/api/v1/nothing'))).toMatchObject({ status: 404 });
  expect(await problemOf(world.app.request('/elsewhere'))).toMatchObject({ status: 404 });
});

test('[HS8] too many requests wait as long as they are told', async () => {
  const { get } = world.api((await world.workspace()).secretKey);
  for (let i = 0; i < 3; i++) expect((await get('/api/v1/rare')).status).toBe(200);
  const refused = await get('/api/v1/rare');
  expect(refused.status).toBe(429);
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBe(20);
  clock.advance(wait * 1_000);
  expect((await get('/api/v1/rare')).status).toBe(200);
  expect((await get('/api/v1/rare')).status).toBe(429);
});

test('[HS25] one wrong key after another from an address has to wait, right ones from there do not', async () => {
  const own = await world.workspace();
  const config = { ...world.house.config, trustedProxies: 1 };
  const house = { ...world.house, config };
  const living = world.living.map(({ capability }) => ({ capability, plugged: capability.plug(house) }));
  const proxied = buildApp({ house, living });
  const ask = async (address: string, path: string, key: string, method = 'GET') => {
    const headers = { authorization: `Bearer ${key}`, 'x-forwarded-for': address, 'content-type': 'application/json' };
    const body = method === 'POST' ? '{"event":"Seen","userId":"u"}' : null;
    return proxied.request(path, { method, headers, body });
  };
  const doors = [
    ['/api/v1/things/a', 'GET'],
    ['/v1/track', 'POST'],
    ['/scim/v2/Users', 'GET'],
  ] as const;
  for (let i = 0; i < 300; i++) expect((await ask('203.0.113.1', '/api/v1/things/a', 'tss_wrong')).status).toBe(401);
  for (const [path, method] of doors) {
    const refused = await ask('203.0.113.1', path, 'tsw_wrong', method);
    expect(refused.status, path).toBe(429);
    expect((await ask('203.0.113.2', path, 'tsw_wrong', method)).status, path).toBe(401);
  }
  expect((await ask('203.0.113.1', '/api/v1/things/a', own.secretKey)).status).toBe(200);
  expect((await ask('203.0.113.1', '/v1/track', own.writeKey, 'POST')).status).toBe(200);
  clock.advance(1_000);
  expect((await ask('203.0.113.1', '/api/v1/things/a', 'tss_wrong')).status).toBe(401);
});

test('[HS9] unsafe requests from other sites are refused, whatever they carry', async () => {
  const signIn = (headers: Record<string, string>) =>
    world.app.request('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ email: 'nobody@example.com', password: 'not the password' }),
    });
  const refused: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { cookie: 'touchstone.session_token=x' },
  ];
  for (const headers of refused) expect((await signIn(headers)).status, JSON.stringify(headers)).toBe(403);
  const ours = new URL(world.house.config.publicUrl).origin;
  const taken: Record<string, string>[] = [{ 'sec-fetch-site': 'same-origin' }, { origin: ours }, {}];
  for (const headers of taken) {
    expect((await signIn(headers)).status, JSON.stringify(headers)).toBe(401);
  }
  expect((await post('{"name":"with a key"}', { origin: 'https://elsewhere.example' })).status).toBe(201);
});

test('[HS10] health and readiness', async () => {
  expect((await world.app.request('/healthz')).status).toBe(200);
  const ready = await world.app.request('/readyz');
  expect(await ready.json()).toEqual({ status: 'ready', stores: { records: 'here', facts: 'here' } });
  const gone = () => Promise.reject(new Error('gone'));
  const facts = { ...world.house.facts, servers: world.house.facts.servers.map((s) => ({ ...s, ping: gone })) };
  const records = world.house.records;
  const without = buildApp({ house: { ...world.house, records, facts }, living: world.living });
  const away = await without.request('/readyz');
  expect(away.status).toBe(503);
  expect(await away.json()).toEqual({ status: 'not ready', stores: { records: 'here', facts: 'away' } });
});

test('[HS11] every answer carries the security headers', async () => {
  for (const path of ['/healthz', '/api/v1/nothing', '/api/v1/setup', '/files/a']) {
    const { headers } = await world.app.request(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  }
});

test('[HS12] the OpenAPI document names every operation with its permission', async () => {
  const response = await world.app.request('/api/v1/openapi.json');
  const document = z
    .object({
      openapi: z.string().startsWith('3.1'),
      paths: z.record(z.string(), z.record(z.string(), z.object({ 'x-permission': z.string() }))),
    })
    .parse(await response.json());
  const named = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, o]) => `${method.toUpperCase()} /api/v1${path} ${o['x-permission']}`),
  );
  const operations = operationsOf(world.living.map((l) => l.capability));
  expect(named.toSorted()).toEqual(operations.map((o) => `${o.method} ${o.path} ${o.permission}`).toSorted());
});

describe('on a port', () => {
  test('[HS15] requests under way finish, new ones are not taken', async () => {
    const { capability, entered, release } = makeProbe();
    const living = [{ capability, plugged: capability.plug(world.house) }];
    const listening = await listen(buildApp({ house: world.house, living }), '127.0.0.1', 0);
    const address = `http://127.0.0.1:${listening.port}`;
    const underWay = fetch(`${address}/slow`);
    await entered;
    const closed = listening.close();
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
    release();
    expect(await (await underWay).text()).toBe('done');
    await closed;
  });

  test('[HS18] a port that is taken is said in words', async () => {
    const app = buildApp({ house: world.house, living: world.living });
    const first = await listen(app, '127.0.0.1', 0);
    await expect(listen(app, '127.0.0.1', first.port)).rejects.toThrow(`Port ${first.port} is taken`);
    await expect(checkPort('127.0.0.1', first.port)).rejects.toThrow('choose another with --port');
    await checkPort('127.0.0.1', 0);
    await first.close();
  });
});

test('[HS17] a route is guarded like an operation and gets the values of its path', async () => {
  expect((await world.app.request('/files/a.csv')).status).toBe(401);
  const other = await world.workspace({ scopes: ['metrics:read'] });
  expect((await world.api(other.secretKey).get('/files/a.csv')).status).toBe(403);
  const fresh = await world.workspace();
  const { get } = world.api(fresh.secretKey);
  expect(await get('/files/a.csv')).toMatchObject({ status: 200, body: { name: 'a.csv', workspaceId: fresh.id } });
  expect((await get(`/files/a.csv?workspace=${shop.id}`)).status).toBe(404);
  expect((await get('/files/a.csv')).status).toBe(200);
  expect((await get('/files/a.csv')).status).toBe(429);
});
