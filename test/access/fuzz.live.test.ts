import { seeded } from '@touchstone/domain/random';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { HeldClock } from '../../src/platform/kernel/clock.ts';
import { plainError, type Log, type LogFields } from '../../src/platform/kernel/log.ts';
import { buildApp, type App } from '../../src/platform/server/app.ts';
import { setUp } from '../../src/platform/workspaces/facade.ts';
import { Nonsense, type Schema } from '../support/nonsense.ts';
import { Visitor } from '../support/visitor.ts';
import { openWorld, type TestWorkspace, type World } from '../support/world.ts';

/** The same nonsense every time; FUZZ_SEED and FUZZ_ROUNDS try other and more. */
const SEED = process.env['FUZZ_SEED'] ?? '2026';
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 3);
const PASSWORD = 'a long enough password';

const parameter = z.object({ name: z.string(), in: z.string(), schema: z.custom<Schema>().optional() });
const operation = z.object({
  operationId: z.string(),
  'x-permission': z.string(),
  parameters: z.array(parameter).default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: z.custom<Schema>().optional() })) })
    .optional(),
});
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.custom<Schema>()) }),
});

const clock = new HeldClock(new Date());
let world: World;
let shop: TestWorkspace;
let app: App;
let ada: Visitor;
/** The log, as it would be written. */
const lines: string[] = [];

beforeAll(async () => {
  world = await openWorld({ clock });
  const made = await setUp(world.house, { company: 'Lark', name: 'Ada', email: 'ada@example.com', password: PASSWORD, zone: 'UTC', currency: 'EUR', locale: 'en' }); // prettier-ignore
  shop = await world.workspace();
  const note = (fields: LogFields, message: string): void => {
    const { error, ...others } = fields;
    const told = error === undefined ? others : { ...others, error: plainError(error) };
    lines.push(`${message} ${JSON.stringify(told)}`);
  };
  const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };
  app = buildApp({ house: { ...world.house, log }, living: world.living });
  ada = new Visitor({ request: async (path, init) => app.request(path, init) });
  await ada.signIn('ada@example.com', PASSWORD);
  ada.workspaceId = made.workspace.id;
  await aLittleData();
});
afterAll(() => world.close());

async function aLittleData(): Promise<void> {
  const at = new Date(clock.now().getTime() - 86_400_000).toISOString();
  const batch = Array.from({ length: 6 }, (_, i) => [
    { type: 'identify', userId: `u-${i}`, messageId: `i${i}`, timestamp: at, traits: { name: 'Vida Marked', email: `v${i}@marked.example` } },
    { type: 'track', userId: `u-${i}`, messageId: `o${i}`, timestamp: at, event: 'Order Completed', properties: { order_id: `o-${i}`, revenue: '20.50', currency: 'EUR' } },
  ]).flat(); // prettier-ignore
  const headers = { authorization: `Basic ${btoa(`${shop.writeKey}:`)}`, 'content-type': 'application/json' };
  const sent = await app.request('/v1/batch', { method: 'POST', headers, body: JSON.stringify({ batch }) });
  expect(sent.status).toBe(200);
  await world.drain();
  await world.runJobs();
}

/** Of the log, what names somebody or holds a secret. */
function tellingLines(): string[] {
  const telling = /marked|@|a long enough password|ts[swp]_[0-9a-f]{12}/i;
  return lines.filter((line) => telling.test(line)).slice(0, 5);
}

interface Door {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly permission: string;
  readonly parameters: readonly z.infer<typeof parameter>[];
  readonly body: Schema | undefined;
}

async function readDocument(): Promise<{ doors: Door[]; schemas: Record<string, Schema> }> {
  const { paths, components } = document.parse(await (await app.request('/api/v1/openapi.json')).json());
  const doors = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, o]) => ({
      name: o.operationId,
      method: method.toUpperCase(),
      path,
      permission: o['x-permission'],
      parameters: o.parameters,
      body: o.requestBody?.content['application/json']?.schema,
    })),
  );
  return { doors, schemas: components.schemas };
}

/** A segment of a path or a value of a query: half a character cannot stand in an address. */
function inAddress(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return encodeURIComponent(Buffer.from(text).toString().slice(0, 3_000));
}

function requestFor(
  door: Door,
  nonsense: Nonsense,
): { path: string; init: Omit<RequestInit, 'body'> & { body?: string } } {
  const { seen } = nonsense;
  const filled = door.path.replaceAll(/\{(\w+)\}/g, () =>
    inAddress(seen.length > 0 && nonsense.chance(0.7) ? nonsense.pick(seen) : nonsense.text() || 'x'),
  );
  const query = door.parameters
    .filter((p) => p.in === 'query' && nonsense.chance(0.6))
    .map((p) => `${inAddress(p.name)}=${inAddress(nonsense.of(p.schema))}`);
  if (nonsense.chance(0.05)) query.push(`${inAddress(nonsense.text())}=${inAddress(nonsense.text())}`);
  const headers: Record<string, string> = { authorization: `Bearer ${shop.secretKey}` };
  if (nonsense.chance(0.05)) headers['idempotency-key'] = inAddress(nonsense.text()).slice(0, 250);
  const path = `/api/v1${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  if (door.method === 'GET') return { path, init: { method: 'GET', headers } };
  headers['content-type'] = nonsense.chance(0.97) ? 'application/json' : 'text/plain';
  const body = JSON.stringify(door.body === undefined && nonsense.chance(0.5) ? {} : nonsense.of(door.body));
  return { path, init: { method: door.method, headers, ...(body === undefined ? {} : { body }) } };
}

/** By key where keys may; as the owner where they may not. What would sign the owner out is asked without a session. */
async function ask(door: Door, { path, init }: ReturnType<typeof requestFor>): Promise<Response> {
  const byPerson = /^(session|members:|keys:|workspace:write)/.test(door.permission);
  if (!byPerson) return app.request(path, init);
  const headers = new Headers(init.headers);
  headers.delete('authorization');
  const endsSession = door.path === '/session' || door.path.startsWith('/account/sessions');
  if (!endsSession || door.method === 'GET') {
    headers.set('cookie', [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('touchstone-workspace', ada.workspaceId ?? '');
    headers.set('sec-fetch-site', 'same-origin');
  }
  return app.request(path, { ...init, headers });
}

test(
  '[AC9][AC11] no operation answers 500, whatever is sent, and the log names nobody',
  { timeout: 120_000 + ROUNDS * 10_000 },
  async () => {
    const { doors, schemas } = await readDocument();
    expect(doors.length).toBeGreaterThan(50);
    const nonsense = new Nonsense(seeded(SEED), schemas);
    nonsense.seen.push('Vida Marked', 'v1@marked.example', 'marked words');
    const wrong = new Map<string, string>();
    const statuses = new Map<number, number>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const door of doors) {
        clock.advance(7_000);
        const asked = requestFor(door, nonsense);
        const before = lines.length;
        const response = await ask(door, asked);
        const text = await response.text();
        const { status } = response;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const type = response.headers.get('content-type') ?? '';
        const isProblem = status < 400 || type.startsWith('application/problem+json');
        if ((status >= 500 && status !== 503) || !isProblem) {
          const sent = (asked.init.body ?? '').slice(0, 600);
          wrong.set(
            door.name,
            `${status} ${door.method} ${asked.path.slice(0, 400)} ${sent}\n  ${lines.slice(before).join('\n  ').slice(0, 1_500)}`,
          );
        }
        if (status < 300 && type.includes('json')) nonsense.learn(JSON.parse(text));
      }
    }
    console.log(`seed ${SEED}: ${[...statuses].map(([status, n]) => `${n} × ${status}`).join(', ')}`);
    expect([...wrong.values()]).toEqual([]);
    // The nonsense is not all refused: it reaches what lies behind.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(25);
    expect(lines.length).toBeGreaterThan(100);
    expect(tellingLines()).toEqual([]);
  },
);

test('[AC9][AC11] nor does ingest, nor provisioning', { timeout: 120_000 + ROUNDS * 10_000 }, async () => {
  const nonsense = new Nonsense(seeded(SEED));
  nonsense.seen.push('track', 'identify', 'u-1', 'Order Completed', 'o-1', 'batch');
  const { token } = z.object({ token: z.string() }).parse((await ada.call('POST', '/sign-in/provisioning')).body);
  const message: Schema = {
    type: 'object',
    required: ['type', 'userId', 'event', 'properties'],
    properties: Object.fromEntries(['type', 'userId', 'anonymousId', 'event', 'messageId', 'timestamp', 'properties', 'traits', 'context'].map((name) => [name, {}])), // prettier-ignore
  };
  const user: Schema = {
    type: 'object',
    required: ['userName'],
    properties: { userName: { type: 'string', format: 'email' }, active: {}, name: {}, emails: {}, displayName: { type: 'string' }, externalId: { type: 'string' } },
  }; // prettier-ignore
  const change: Schema = { type: 'object', required: ['op'], properties: { op: { enum: ['add', 'replace', 'remove', 'Add'] }, path: { type: 'string' }, value: {} } }; // prettier-ignore
  const group: Schema = { type: 'object', required: ['displayName'], properties: { displayName: { type: 'string' }, members: { type: 'array', items: { type: 'object', properties: { value: { type: 'string' } } } } } }; // prettier-ignore
  const doors: [string, string, () => unknown, string][] = [
    ['POST', '/v1/batch', () => ({ batch: nonsense.of({ type: 'array', items: message }) }), `Basic ${btoa(`${shop.writeKey}:`)}`],
    ['POST', '/v1/track', () => nonsense.of(message), `Basic ${btoa(`${shop.writeKey}:`)}`],
    ['POST', '/v1/identify', () => nonsense.of(message), `Basic ${btoa(`${shop.writeKey}:`)}`],
    ['POST', '/scim/v2/Users', () => nonsense.of(user), `Bearer ${token}`],
    ['PUT', '/scim/v2/Users/{}', () => nonsense.of(user), `Bearer ${token}`],
    ['PATCH', '/scim/v2/Users/{}', () => ({ Operations: nonsense.of({ type: 'array', minItems: 1, items: change }) }), `Bearer ${token}`],
    ['GET', '/scim/v2/Users?filter={}&startIndex={}&count={}', () => undefined, `Bearer ${token}`],
    ['POST', '/scim/v2/Groups', () => nonsense.of(group), `Bearer ${token}`],
    ['PATCH', '/scim/v2/Groups/{}', () => ({ Operations: nonsense.of({ type: 'array', minItems: 1, items: change }) }), `Bearer ${token}`],
  ]; // prettier-ignore
  const wrong: string[] = [];
  for (let round = 0; round < 5 * ROUNDS; round++) {
    for (const [method, path, make, authorization] of doors) {
      clock.advance(1_000);
      const body = JSON.stringify(make());
      const asked = path.replaceAll('{}', () => inAddress(nonsense.text() || 'x'));
      const before = lines.length;
      const response = await app.request(asked, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      if (response.status >= 500) wrong.push(`${response.status} ${method} ${asked.slice(0, 300)} ${body.slice(0, 500)} ${lines.slice(before).join().slice(0, 1_500)}`); // prettier-ignore
      if (response.status < 300 && path.startsWith('/scim') && text !== '') nonsense.learn(JSON.parse(text));
    }
  }
  expect(wrong).toEqual([]);
  await world.drain();
  expect(tellingLines()).toEqual([]);
});
