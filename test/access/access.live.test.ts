import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY_SCOPES, ROLES, ROLE_PERMISSIONS, type Role } from '../../src/platform/kernel/permissions.ts';
import { buildApp } from '../../src/platform/server/app.ts';
import { OBJECT_KINDS } from '../../src/platform/audit/vocabulary.ts';
import { operationsOf, routesOf } from '../../src/platform/server/surface.ts';
import { createKey, setUp } from '../../src/platform/workspaces/facade.ts';
import { openWorld, type TestWorkspace, type World } from '../support/world.ts';

/** One door: an operation or a route. */
interface Door {
  readonly name: string;
  readonly method: string;
  /** With a well-formed id, of nothing, in place of every parameter. */
  readonly path: string;
  readonly permission: string;
  /** Whether its path names a thing of a workspace; others name what every workspace has, such as a metric. */
  readonly hasId: boolean;
}

const PASSWORD = 'a long enough password';
const NO_ID = '0192f0c4e7b97c1e8d2a0192f0c4e7b9';

/** What has to be asked beside an id, so that it is the id that is not found. */
const ASKED: Readonly<Record<string, string>> = {
  'responses.series': '?question=q&interval=day',
  'responses.cross': '?rows=language&columns=channel',
  'responses.texts': '?question=q',
  'GET /api/v1/surveys/:surveyId/code': '?as=svg&name=Table+7&place=Table+7',
  'GET /api/v1/surveys/:surveyId/codes/sheet': '?as=place&code=7%3DTable+7',
};

let world: World;
let doors: readonly Door[];
let workspaceId: string;
let stranger: TestWorkspace;
const cookies = new Map<Role, string>();

beforeAll(async () => {
  world = await openWorld();
  doors = doorsOf(world);
  const { house } = world;
  const made = await setUp(house, {
    company: 'Lark',
    name: 'Owner',
    email: 'owner@example.com',
    password: PASSWORD,
    zone: 'UTC',
    currency: 'EUR',
    locale: 'en',
  });
  workspaceId = made.workspace.id;
  stranger = await world.workspace();
  cookies.set('owner', await signIn('owner@example.com'));
  for (const role of ROLES.filter((r) => r !== 'owner')) cookies.set(role, await join(role));
  await world.runJobs();
});
afterAll(() => world.close());

function doorsOf({ living }: World): Door[] {
  const operations = operationsOf(living.map((l) => l.capability));
  const routes = routesOf(living).filter((r) => r.method !== 'OPTIONS');
  return [
    ...operations.map((o) => doorOf(o.name, o.method, o.path, o.permission)),
    ...routes.map((r) => doorOf(`${r.method} ${r.path}`, r.method, r.path, r.permission)),
  ];
}

function doorOf(name: string, method: string, path: string, permission: string): Door {
  const filled = path.replaceAll(/\{\+?(\w+)\}|:(\w+)/g, (_, braced: string, colon: string) => idFor(braced ?? colon));
  return { name, method, path: filled + (ASKED[name] ?? ''), permission, hasId: /\w+Id\b/.test(path) };
}

/** Facts have UUIDs; whatever we named ourselves has a prefix. */
function idFor(parameter: string): string {
  if (parameter === 'version') return '1';
  if (parameter === 'feedbackId' || parameter === 'eventId') return '0192f0c4-e7b9-5c1e-8d2a-0192f0c4e7b9';
  return `${/^(\w+)Id$/.exec(parameter)?.[1]?.slice(0, 3) ?? 'none'}_${NO_ID}`;
}

async function signIn(email: string): Promise<string> {
  const answer = await world.api().post('/api/v1/session', { email, password: PASSWORD });
  expect(answer.status).toBe(200);
  return cookieOf(answer.headers);
}

function cookieOf(headers: Headers): string {
  return headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '').join('; '); // prettier-ignore
}

async function join(role: Role): Promise<string> {
  const invited = await call(
    { method: 'POST', path: '/api/v1/invitations' },
    { ...asMember('owner'), 'content-type': 'application/json' },
    JSON.stringify({ email: `${role}@example.com`, role }),
  );
  const { link }: { link: string } = await invited.json();
  const token = link.split('/').at(-1);
  const accepted = await world.api().post('/api/v1/invitations/accept', { token, name: role, password: PASSWORD });
  expect(accepted.status).toBe(200);
  return cookieOf(accepted.headers);
}

function asMember(role: Role, workspace = workspaceId): Record<string, string> {
  return { cookie: cookies.get(role) ?? '', 'sec-fetch-site': 'same-origin', 'touchstone-workspace': workspace };
}

function call(door: Pick<Door, 'method' | 'path'>, headers: Record<string, string>, body?: string): Promise<Response> {
  return world.app.request(door.path, { method: door.method, headers, ...(body === undefined ? {} : { body }) });
}

/** Knocks at every door and lists those that answered otherwise. */
async function unlike(
  at: readonly Door[],
  headers: (door: Door) => Record<string, string>,
  expected: (door: Door, status: number) => boolean,
): Promise<string[]> {
  const strange: string[] = [];
  for (const door of at) {
    const response = await call(door, headers(door));
    await response.body?.cancel();
    if (!expected(door, response.status)) strange.push(`${door.name} (${door.permission}): ${response.status}`);
  }
  return strange;
}

const guarded = () => doors.filter((d) => d.permission !== 'public' && d.permission !== 'own');
const ofWorkspace = () => guarded().filter((d) => d.permission !== 'session');
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

test('[AC1] nobody is let in', async () => {
  expect(guarded().length).toBeGreaterThan(20);
  expect(await unlike(guarded(), () => ({}), (_, status) => status === 401)).toEqual([]); // prettier-ignore
  const wrong = () => bearer(`tss_${'0'.repeat(64)}`);
  expect(await unlike(guarded(), wrong, (_, status) => status === 401)).toEqual([]);
});

test('[AC2] a key without the permission is refused, and people’s doors refuse every key', async () => {
  const keys = new Map<string, string>();
  for (const permission of new Set(guarded().map((d) => d.permission))) {
    const scopes = KEY_SCOPES.filter((scope) => scope !== permission);
    const { key } = await createKey(
      world.house,
      workspaceId,
      { kind: 'secret', name: 'All but one', scopes },
      'a test',
    );
    keys.set(permission, key);
  }
  const without = (door: Door) => bearer(keys.get(door.permission) ?? '');
  expect(await unlike(guarded(), without, (_, status) => status === 403)).toEqual([]);
});

test.each(ROLES)('[AC3] a member with the role %s is let in where its permissions say', async (role) => {
  const may: ReadonlySet<string> = ROLE_PERMISSIONS[role];
  const barred = ofWorkspace().filter((d) => !may.has(d.permission));
  expect(await unlike(barred, () => asMember(role), (_, status) => status === 403)).toEqual([]); // prettier-ignore
  // Reading changes nothing, so every reading door may be opened.
  const open = ofWorkspace().filter((d) => may.has(d.permission) && d.method === 'GET');
  expect(await unlike(open, () => asMember(role), (_, s) => ![401, 403, 405, 500].includes(s))).toEqual([]); // prettier-ignore
});

test('[AC4] a foreign workspace is not there', async () => {
  const foreign = () => asMember('owner', stranger.id);
  expect(await unlike(ofWorkspace(), foreign, (_, status) => status === 404)).toEqual([]);
  const named = () => ({ ...bearer(stranger.secretKey), 'touchstone-workspace': workspaceId });
  expect(await unlike(ofWorkspace(), named, (_, status) => status === 404)).toEqual([]);
});

test('[AC5] an id of nothing finds nothing', async () => {
  const withId = ofWorkspace().filter((d) => d.hasId && (d.method === 'GET' || d.method === 'DELETE'));
  expect(await unlike(withId, () => asMember('owner'), (_, status) => status === 404)).toEqual([]); // prettier-ignore
});

test('[AC6] a route with a credential of its own names it and refuses whoever has none', async () => {
  for (const route of routesOf(world.living).filter((r) => r.permission === 'own')) {
    expect(route.credential, route.path).toMatch(/\w/);
  }
  const open: string[] = [];
  for (const door of doors.filter((d) => d.permission === 'own')) {
    const body = door.method === 'GET' ? undefined : '{}';
    const response = await call(door, { 'content-type': 'application/json' }, body);
    if (response.status !== 401) open.push(`${door.name}: ${response.status}`);
  }
  expect(open).toEqual([]);
});

test('[AC7] a route without a rate limit says why', () => {
  const silent = routesOf(world.living).filter((r) => r.rateLimit === 'none, and why' && (r.why ?? '').length < 10);
  expect(silent.map((r) => r.path)).toEqual([]);
});

test('[AC10] an unsafe request from another site is refused at every door that takes a cookie', async () => {
  const unsafe = doors.filter((d) => d.method !== 'GET' && d.permission !== 'own');
  expect(unsafe.length).toBeGreaterThan(25);
  const elsewhere: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
  ];
  for (const from of elsewhere) {
    const { 'sec-fetch-site': _, ...member } = asMember('owner');
    expect(await unlike(unsafe, () => ({ ...member, ...from }), (_d, status) => status === 403)).toEqual([]); // prettier-ignore
  }
});

test('[AC10] cookies are out of reach of scripts and other sites, and over TLS sent over TLS only', async () => {
  const body = JSON.stringify({ email: 'owner@example.com', password: PASSWORD });
  const headers = { 'content-type': 'application/json' };
  const house = { ...world.house, config: { ...world.house.config, publicUrl: 'https://touchstone.example' } };
  const overTls = buildApp({
    house,
    living: world.living.map(({ capability }) => ({ capability, plugged: capability.plug(house) })),
  });
  const answers = [
    await world.app.request('/api/v1/session', { method: 'POST', headers, body }),
    await overTls.request('https://touchstone.example/api/v1/session', { method: 'POST', headers, body }),
  ];
  const [plain = '', secure = ''] = answers.map((answer) => answer.headers.getSetCookie()[0]);
  expect(plain).toMatch(/^touchstone\.session_token=[^;]+;.*Path=\/;.*HttpOnly;.*SameSite=Lax/);
  expect(secure).toMatch(/^__Secure-touchstone\.session_token=[^;]+;.*Secure/);
  expect(answers[1]?.headers.get('strict-transport-security')).toContain('max-age=31536000');
});

/** What shows persons, or rows that persons are in. */
const SHOWS_PERSONS = /^(people|comments|orders|events|imports|audit):read$/;

test('[AU1] what changes and what shows persons says what the audit log writes', () => {
  const capabilities = world.living.map((l) => l.capability);
  const routes = routesOf(world.living).filter((r) => r.permission !== 'own' && r.method !== 'OPTIONS');
  const all = [...operationsOf(capabilities), ...routes.map((r) => ({ ...r, name: r.path }))];
  const telling = all.filter((o) => o.method !== 'GET' || SHOWS_PERSONS.test(o.permission));
  expect(telling.length).toBeGreaterThan(30);
  expect(telling.filter((o) => o.audit === undefined).map((o) => `${o.method} ${o.name}`)).toEqual([]);
  // The page has words for all that is written.
  const kinds = all.flatMap(({ audit = {} }) =>
    'change' in audit ? [audit.change] : 'look' in audit ? [audit.look] : [],
  );
  const known: readonly string[] = OBJECT_KINDS;
  expect(kinds.filter((kind) => !known.includes(kind))).toEqual([]);
});
