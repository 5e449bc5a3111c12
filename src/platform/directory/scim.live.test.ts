import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../../test/support/until.ts';
import { Visitor } from '../../../test/support/visitor.ts';
import { openWorld, type Answer, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { createWorkspace, setPassword, setUp } from '../workspaces/facade.ts';
import { hashOf } from '../workspaces/keys.ts';
import { insertUser } from '../workspaces/records.ts';
import { putScimToken } from './records.ts';

const PASSWORD = 'a long enough password';
const clock = new HeldClock(new Date());
const WAITING = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
let world: World;
let ada: Visitor;
let token: string;

beforeAll(async () => {
  world = await openWorld({ clock });
  const made = await setUp(world.house, { company: 'Lark', name: 'Ada', email: 'ada@lark.example', password: PASSWORD, zone: 'UTC', currency: 'EUR', locale: 'en' }); // prettier-ignore
  ada = new Visitor(world.app);
  await ada.signIn('ada@lark.example', PASSWORD);
  ada.workspaceId = made.workspace.id;
  token = z.object({ token: z.string() }).parse((await ada.call('POST', '/sign-in/provisioning')).body).token;
});
afterAll(() => world.close());

async function scim(method: string, path: string, body?: unknown, bearer = token): Promise<Answer> {
  const response = await world.app.request(`/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
}

const userOf = (name: string, more: object = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `${name}@lark.example`,
  externalId: `ext-${name}`,
  name: { givenName: name, familyName: 'Lark' },
  emails: [{ value: `${name}@lark.example`, type: 'work', primary: true }],
  active: true,
  ...more,
});
const idOf = (answer: Answer): string => z.object({ id: z.string() }).parse(answer.body).id;
const patch = (...Operations: object[]) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });

async function made(name: string): Promise<string> {
  const answer = await scim('POST', '/Users', userOf(name));
  expect(answer.status).toBe(201);
  clock.advance(1_000);
  return idOf(answer);
}

async function roleOf(email: string): Promise<string | undefined> {
  const shape = z.object({ items: z.array(z.object({ email: z.string(), role: z.string() })) });
  return shape.parse((await ada.call('GET', '/members')).body).items.find((m) => m.email === email)?.role;
}

test('[DI7] users are made, read, changed, found and deleted', async () => {
  const answer = await scim('POST', '/Users', userOf('vida'));
  expect(answer).toMatchObject({ status: 201, body: { userName: 'vida@lark.example', active: true, displayName: 'vida Lark', meta: { resourceType: 'User' } } }); // prettier-ignore
  const id = idOf(answer);
  expect(await roleOf('vida@lark.example')).toBe('viewer');
  expect(await scim('POST', '/Users', userOf('Vida'))).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
  expect((await scim('GET', `/Users/${id}`)).body).toMatchObject({ id, externalId: 'ext-vida' });
  const found = await scim('GET', `/Users?filter=${encodeURIComponent('userName eq "VIDA@lark.example"')}`);
  expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
  const changed = await scim('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'name.familyName', value: 'Owl' }, { op: 'replace', value: { displayName: 'Vida O.', 'name.givenName': 'Vida' } })); // prettier-ignore
  expect(changed.body).toMatchObject({ displayName: 'Vida O.', name: { givenName: 'Vida', familyName: 'Owl' } });
  const replaced = await scim('PUT', `/Users/${id}`, userOf('vida', { externalId: 'other' }));
  expect(replaced.body).toMatchObject({ externalId: 'other', displayName: 'vida Lark' });
  expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204);
  expect((await scim('GET', `/Users/${id}`)).status).toBe(404);
  expect(await roleOf('vida@lark.example')).toBeUndefined();
});

test('[DI7] listings are filtered and paged', async () => {
  for (const name of ['page1', 'page2', 'page3']) await made(name);
  const list = async (query: string) => {
    const shape = z.object({ totalResults: z.number(), startIndex: z.number(), Resources: z.array(z.object({ userName: z.string() })) }); // prettier-ignore
    return shape.parse((await scim('GET', `/Users?${query}`)).body);
  };
  const filter = encodeURIComponent('userName sw "page" and active eq true');
  const second = await list(`filter=${filter}&startIndex=2&count=1`);
  expect(second).toMatchObject({ totalResults: 3, startIndex: 2, Resources: [{ userName: 'page2@lark.example' }] });
  const others = { 'emails.value co "page3"': 1, 'externalId pr and userName ew "1@lark.example"': 1, 'name.givenName eq "PAGE2"': 1 }; // prettier-ignore
  for (const [text, count] of Object.entries(others)) {
    expect((await list(`filter=${encodeURIComponent(text)}`)).totalResults, text).toBe(count);
  }
  expect(await scim('GET', '/Users?filter=userName')).toMatchObject({ status: 400, body: { scimType: 'invalidFilter' } }); // prettier-ignore
});

test('[DI7] what is refused is a SCIM error; another workspace’s things are not there', async () => {
  const id = await made('walls');
  const stranger = await createWorkspace(world.house, { name: 'Other', zone: 'UTC', currency: 'EUR', locale: 'en' });
  const other = `tsp_${'1'.repeat(64)}`;
  await putScimToken(world.house.records.db, stranger.workspace.id, hashOf(other), clock.now());
  expect((await scim('GET', '/Users', undefined, other)).body).toMatchObject({ totalResults: 0 });
  for (const [method, body] of [['GET'], ['PUT', userOf('walls')], ['PATCH', patch({ op: 'remove', path: 'externalId' })], ['DELETE']] as const) {
    expect((await scim(method, `/Users/${id}`, body, other)).status, method).toBe(404);
  } // prettier-ignore
  const foreign = { displayName: 'Walls', members: [{ value: id }] };
  expect((await scim('POST', '/Groups', foreign, other)).status).toBe(400);
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  const nobody = await scim('GET', '/Users', undefined, `tsp_${'0'.repeat(64)}`);
  expect(nobody).toMatchObject({ status: 401, body: { schemas, status: '401' } });
  const large = await scim('POST', '/Users', userOf('large', { more: 'x'.repeat(1_000_001) }));
  expect(large).toMatchObject({ status: 413, body: { schemas, status: '413' } });
  expect(await scim('POST', '/Users', { userName: 'no address' })).toMatchObject({ status: 400, body: { scimType: 'invalidValue', status: '400' } }); // prettier-ignore
  expect(await scim('PATCH', `/Users/${id}`, patch({ op: 'dance' }))).toMatchObject({ status: 400 });
  expect(await scim('PATCH', `/Users/${id}`, patch({ op: 'remove' }))).toMatchObject({ status: 400, body: { scimType: 'noTarget' } }); // prettier-ignore
  expect(await scim('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'a b c', value: 1 }))).toMatchObject({ status: 400, body: { scimType: 'invalidPath' } }); // prettier-ignore
  expect((await scim('POST', '/Groups', { displayName: 'Walls', members: [{ value: 'dus_none' }] })).status).toBe(400);
  for (const path of ['/ServiceProviderConfig', '/ResourceTypes']) expect((await scim('GET', path)).status).toBe(200);
});

test('[DI8] who is deactivated has no session and no membership from that moment', async () => {
  for (const [name, deactivate] of [
    ['left1', patch({ op: 'replace', path: 'active', value: false })],
    ['left2', patch({ op: 'Replace', value: { active: 'False' } })],
    ['left3', null],
  ] as const) {
    const id = await made(name);
    const email = `${name}@lark.example`;
    await setPassword(world.house, email, PASSWORD);
    const visitor = new Visitor(world.app);
    expect((await visitor.signIn(email, PASSWORD)).status).toBe(200);
    visitor.workspaceId = ada.workspaceId;
    expect((await visitor.call('GET', '/workspace')).status).toBe(200);
    const answer = deactivate === null ? await scim('DELETE', `/Users/${id}`) : await scim('PATCH', `/Users/${id}`, deactivate); // prettier-ignore
    expect([200, 204]).toContain(answer.status);
    expect((await visitor.call('GET', '/session')).status).toBe(401);
    expect(await roleOf(email)).toBeUndefined();
    await visitor.signIn(email, PASSWORD);
    expect((await visitor.call('GET', '/workspace')).status).toBe(404);
    if (deactivate === null) continue;
    expect((await scim('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'active', value: true }))).status).toBe(200); // prettier-ignore
    expect(await roleOf(email)).toBe('viewer');
  }
});

test('[DI8] the last owner stays', async () => {
  const id = await made('ada');
  expect(await roleOf('ada@lark.example')).toBe('owner');
  const refused = await scim('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'active', value: false }));
  expect(refused.status).toBe(409);
  expect((await scim('GET', `/Users/${id}`)).body).toMatchObject({ active: true });
  expect((await ada.call('GET', '/session')).status).toBe(200);
});

test('[DI9] a group’s role is its members’ role, the highest of several', async () => {
  const [one, two] = [await made('one'), await made('two')];
  const email = 'one@lark.example';
  const analysts = idOf(await scim('POST', '/Groups', { displayName: 'Analysts', members: [{ value: one }] }));
  const admins = idOf(await scim('POST', '/Groups', { displayName: 'Admins' }));
  const give = (groupId: string, role: string | null) => ada.call('PATCH', `/sign-in/groups/${groupId}`, { role });
  expect((await give(analysts, 'owner')).status).toBe(400);
  expect((await give(analysts, 'analyst')).status).toBe(200);
  expect((await give(admins, 'admin')).status).toBe(200);
  expect(await roleOf(email)).toBe('analyst');
  await scim(
    'PATCH',
    `/Groups/${admins}`,
    patch({ op: 'add', path: 'members', value: [{ value: one }, { value: two }] }),
  );
  expect(await roleOf(email)).toBe('admin');
  await scim('PATCH', `/Groups/${admins}`, patch({ op: 'remove', path: `members[value eq "${one}"]` }));
  expect(await roleOf(email)).toBe('analyst');
  expect(await roleOf('two@lark.example')).toBe('admin');
  await scim('PATCH', `/Groups/${admins}`, patch({ op: 'remove', path: 'members', value: [{ value: two }] }));
  expect(await roleOf('two@lark.example')).toBe('viewer');
  expect((await scim('GET', `/Users/${one}`)).body).toMatchObject({
    groups: [{ value: analysts, display: 'Analysts' }],
  });
  await scim('PATCH', `/Groups/${analysts}`, patch({ op: 'replace', path: 'displayName', value: 'Readers' }));
  expect((await scim('GET', `/Groups/${analysts}`)).body).toMatchObject({ displayName: 'Readers', members: [{ value: one }] }); // prettier-ignore
  expect((await scim('DELETE', `/Groups/${analysts}`)).status).toBe(204);
  expect(await roleOf(email)).toBe('viewer');
  expect((await scim('GET', '/Groups?filter=displayName%20eq%20%22Admins%22')).body).toMatchObject({ totalResults: 1 });
});

test('[DI7] an account that another workspace makes at the same moment is taken as it is', async () => {
  const { records } = world.house;
  const fresh = { id: newId('user', clock), name: 'Made elsewhere', email: 'twice@lark.example' };
  const answer = await records.transaction(async (tx) => {
    await insertUser(tx, fresh, null, clock.now());
    const asked = scim('POST', '/Users', userOf('twice'));
    // It found nobody yet, and waits for what becomes of this one.
    await until('the other waits', async () => (await records.db.execute(WAITING)).rows.length > 0);
    return { asked };
  });
  expect((await answer.asked).status).toBe(201);
  expect(await roleOf('twice@lark.example')).toBe('viewer');
});

test('[DI6] the token is a hash in the store, gives way to the next, and what it did is written', async () => {
  const { items } = z.object({ items: z.array(z.object({ by: z.object({ name: z.string() }) })) }).parse((await ada.call('GET', '/audit?operation=scim.')).body); // prettier-ignore
  expect(items.length).toBeGreaterThan(3);
  expect(new Set(items.map((e) => e.by.name))).toEqual(new Set(['SCIM']));
  const before = token;
  token = z.object({ token: z.string() }).parse((await ada.call('POST', '/sign-in/provisioning')).body).token;
  expect((await scim('GET', '/Users', undefined, before)).status).toBe(401);
  expect((await scim('GET', '/Users')).status).toBe(200);
  expect((await ada.call('DELETE', '/sign-in/provisioning')).status).toBe(200);
  expect((await scim('GET', '/Users')).status).toBe(401);
});
