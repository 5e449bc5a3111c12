import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openProvider, type TestProvider } from '../../../test/support/identity-provider.ts';
import { Visitor } from '../../../test/support/visitor.ts';
import { openWorld, type Answer, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../kernel/clock.ts';
import { bookOf } from '../audit/book.ts';
import { freshVaultKey, isSealed, makeVault } from '../vault/vault.ts';
import { codeOf, stepAt } from '../accounts/totp.ts';
import { createWorkspace, setUp } from '../workspaces/facade.ts';
import { resealProviders } from './handlers.ts';
import { providerOf } from './records.ts';

const PASSWORD = 'a long enough password';
const clock = new HeldClock(new Date());
let world: World;
let provider: TestProvider;
let ada: Visitor;
let first: string;

beforeAll(async () => {
  world = await openWorld({ clock });
  const { publicUrl } = world.house.config;
  provider = await openProvider({ redirectUri: `${publicUrl}/api/v1/sign-in/callback` });
  const made = await setUp(world.house, { company: 'Lark', name: 'Ada', email: 'ada@lark.example', password: PASSWORD, zone: 'UTC', currency: 'EUR', locale: 'en' }); // prettier-ignore
  first = made.workspace.id;
  ada = new Visitor(world.app);
  await ada.signIn('ada@lark.example', PASSWORD);
  ada.workspaceId = first;
  expect((await setProvider()).status).toBe(200);
});
afterAll(async () => {
  await world.close();
  await provider.close();
});

function setProvider(change: object = {}): Promise<Answer> {
  const { issuer, clientId, clientSecret } = provider;
  const settings = { issuer, clientId, clientSecret, domains: ['lark.example'], newRole: 'analyst', ...change };
  return ada.call('PUT', '/sign-in/provider', settings);
}

/** To the provider and back, as a browser: where it ends. */
async function signInAs(visitor: Visitor, subject: string, next = '/'): Promise<string> {
  const begun = await visitor.send('GET', `/sign-in/start/${first}?next=${next}`);
  expect(begun.status).toBe(303);
  const back = await provider.walk(begun.headers.get('location') ?? '', subject);
  const ended = await visitor.send('GET', back.pathname + back.search);
  expect(ended.status).toBe(303);
  return ended.headers.get('location') ?? '';
}

function knows(subject: string, email: string, more: object = {}): string {
  provider.users.set(subject, { email, email_verified: true, name: 'Somebody', ...more });
  return subject;
}

const rolesIn = async (visitor: Visitor) => {
  const view = z.object({ workspaces: z.array(z.object({ id: z.string(), role: z.string(), barred: z.string().nullable() })) }); // prettier-ignore
  return view.parse((await visitor.call('GET', '/session')).body).workspaces;
};

async function invited(email: string, role: string): Promise<Visitor> {
  const answer = await ada.call('POST', '/invitations', { email, role });
  const token = z.object({ link: z.string() }).parse(answer.body).link.split('/').at(-1);
  const visitor = new Visitor(world.app);
  const joined = await visitor.call('POST', '/invitations/accept', { token, name: 'X', password: PASSWORD });
  expect(joined.status).toBe(200);
  visitor.workspaceId = first;
  return visitor;
}

test('[DI1] newcomers of the domain, the invited and members come in, each in their role', async () => {
  const fresh = new Visitor(world.app);
  expect(await signInAs(fresh, knows('new', 'New@lark.example'), '/measure')).toBe('/measure');
  expect(await rolesIn(fresh)).toEqual([{ id: first, role: 'analyst', barred: null }]);
  await ada.call('POST', '/invitations', { email: 'agent@lark.example', role: 'agent' });
  const agent = new Visitor(world.app);
  await signInAs(agent, knows('agent', 'agent@lark.example'));
  expect((await rolesIn(agent)).map((w) => w.role)).toEqual(['agent']);
  const again = new Visitor(world.app);
  // The address changed; the subject is the same.
  await signInAs(again, knows('agent', 'renamed@lark.example'));
  expect((await again.call('GET', '/session')).body).toMatchObject({ user: { email: 'agent@lark.example' } });
  await setProvider({ newRole: null });
  const outside = new Visitor(world.app);
  expect(await signInAs(outside, knows('outside', 'outside@lark.example'))).toContain('/company?failed=');
  expect((await outside.call('GET', '/session')).status).toBe(401);
  await setProvider();
});

test('[DI1] who was taken out does not come back by it', async () => {
  const visitor = new Visitor(world.app);
  await signInAs(visitor, knows('gone', 'gone@lark.example'));
  const members = z.object({ items: z.array(z.object({ id: z.string(), email: z.string() })) });
  const { items } = members.parse((await ada.call('GET', '/members')).body);
  const id = items.find((m) => m.email === 'gone@lark.example')?.id ?? '';
  expect((await ada.call('DELETE', `/members/${id}`)).status).toBe(200);
  expect(await signInAs(visitor, 'gone')).toContain('failed=');
});

test('[DI2] an answer that was changed, used, delayed or taken elsewhere opens nothing', async () => {
  const subject = knows('careful', 'careful@lark.example');
  const begin = async (visitor: Visitor) => {
    const begun = await visitor.send('GET', `/sign-in/start/${first}`);
    return provider.walk(begun.headers.get('location') ?? '', subject);
  };
  const end = async (visitor: Visitor, search: string) => {
    const ended = await visitor.send('GET', `/sign-in/callback${search}`);
    return ended.headers.get('location') ?? '';
  };
  const visitor = new Visitor(world.app);
  const back = await begin(visitor);
  const wrongState = new URLSearchParams(back.search);
  wrongState.set('state', 'another');
  const kept = new Map(visitor.cookies);
  const withCookies = () => {
    const again = new Visitor(world.app);
    for (const [name, value] of kept) again.cookies.set(name, value);
    return again;
  };
  expect(await end(withCookies(), `?${wrongState.toString()}`)).toContain('failed=');
  expect(await end(new Visitor(world.app), back.search)).toContain('failed=');
  const other = new Visitor(world.app);
  await begin(other);
  expect(await end(other, back.search)).toContain('failed=');
  expect(await end(withCookies(), back.search)).toBe('/');
  expect(await end(withCookies(), back.search)).toContain('failed=');
  const late = new Visitor(world.app);
  const lateBack = await begin(late);
  clock.advance(10 * 60_000 + 1);
  expect(await end(late, lateBack.search)).toContain('failed=');
  expect((await late.call('GET', '/session')).status).toBe(401);
  expect(await end(visitor, '?error=access_denied&state=x')).toContain('failed=');
});

test('[DI11] who was refused, and why, stands in the audit log', async () => {
  const refused = knows('audited', 'audited@other.example');
  for (let i = 0; i < 2; i++) expect(await signInAs(new Visitor(world.app), refused)).toBe('/company?failed=provider-domain'); // prettier-ignore
  const lost = await new Visitor(world.app).send('GET', '/sign-in/callback?code=x&state=y');
  expect(lost.headers.get('location')).toBe('/company?failed=provider-not-begun');
  const denied = new Visitor(world.app);
  await denied.send('GET', `/sign-in/start/${first}`);
  await denied.send('GET', '/sign-in/callback?error=access_denied');
  await setProvider({ newRole: null });
  await signInAs(new Visitor(world.app), knows('audited', 'audited@lark.example'));
  await setProvider();
  await bookOf(world.house).flush();
  const shape = z.object({ items: z.array(z.object({ by: z.object({ name: z.string() }), times: z.number(), changes: z.array(z.object({ after: z.string() })) })) }); // prettier-ignore
  const log = await ada.call('GET', '/audit?kind=refused&operation=directory.signIn&limit=200');
  const all = shape.parse(log.body).items.map(({ by, changes, times }) => [by.name, changes[0]?.after, times]);
  const count = (reason: string, name: string) =>
    all.filter((e) => e[0] === name && e[1] === reason).reduce((sum, e) => sum + Number(e[2]), 0);
  expect(count('provider-outside', 'audited@lark.example')).toBe(1);
  expect(count('provider-not-believed', '')).toBeGreaterThan(0);
  // Whom the provider does not speak for is not named.
  expect(count('provider-domain', '')).toBeGreaterThanOrEqual(2);
});

test('[DI2] next leads to a page of ours only', async () => {
  const visitor = new Visitor(world.app);
  for (const next of ['//evil.example', 'https://evil.example', '/%5Cevil.example', 'x']) {
    expect(await signInAs(visitor, knows('next', 'next@lark.example'), next)).toBe('/');
  }
});

test('[DI3] it speaks for its domains, and opens no other workspace', async () => {
  const visitor = new Visitor(world.app);
  expect(await signInAs(visitor, knows('foreign', 'x@other.example'))).toContain('failed=');
  for (const email_verified of [false, 'false']) {
    const unsure = knows('unsure', 'unsure@lark.example', { email_verified });
    expect(await signInAs(visitor, unsure)).toContain('failed=');
  }
  const member = await invited('both@lark.example', 'viewer');
  const userId = z.object({ user: z.object({ id: z.string() }) }).parse((await member.call('GET', '/session')).body).user.id; // prettier-ignore
  const second = await createWorkspace(world.house, { name: 'Second', zone: 'UTC', currency: 'EUR', locale: 'en', ownerId: userId }); // prettier-ignore
  expect(await rolesIn(member)).toHaveLength(2);
  await signInAs(visitor, knows('both', 'both@lark.example'));
  expect((await rolesIn(visitor)).map((w) => w.id)).toEqual([first]);
  visitor.workspaceId = second.workspace.id;
  expect((await visitor.call('GET', '/workspace')).status).toBe(404);
  expect((await visitor.call('POST', '/workspaces', { name: 'Third' })).status).toBe(403);
  expect((await visitor.call('POST', '/account/two-factor', { password: PASSWORD })).status).toBe(403);
  const changed = { currentPassword: PASSWORD, newPassword: 'another long password' };
  expect((await visitor.call('PUT', '/session/password', changed)).status).toBe(403);
  const seen = z.object({ provided: z.boolean(), sessions: z.array(z.unknown()) });
  expect(seen.parse((await visitor.call('GET', '/account')).body)).toMatchObject({ provided: true, sessions: [{}] });
});

test('[DI3] a subject of another issuer is somebody else, and what the one before opened ends', async () => {
  const [old, visitor] = [provider, new Visitor(world.app)];
  await signInAs(visitor, knows('1', 'one@lark.example'));
  provider = await openProvider({ redirectUri: `${world.house.config.publicUrl}/api/v1/sign-in/callback` });
  try {
    expect((await setProvider()).status).toBe(200);
    expect((await visitor.call('GET', '/session')).status).toBe(401);
    await signInAs(visitor, knows('1', 'two@lark.example'));
    expect((await visitor.call('GET', '/session')).body).toMatchObject({ user: { email: 'two@lark.example' } });
  } finally {
    await provider.close();
    provider = old;
  }
  expect((await setProvider()).status).toBe(200);
});

test('[DI4] where it is required members come in by it only, and owners keep a way in', async () => {
  const member = await invited('password@lark.example', 'admin');
  expect((await member.call('GET', '/workspace')).status).toBe(200);
  expect((await setProvider({ required: true })).status).toBe(200);
  expect((await member.call('GET', '/workspace')).status).toBe(403);
  expect((await rolesIn(member)).map((w) => w.barred)).toEqual(['provider']);
  expect((await ada.call('GET', '/workspace')).status).toBe(200);
  const found = await world.api().post('/api/v1/sign-in/find', { email: 'password@lark.example' });
  expect(found.body).toEqual({ companies: [{ workspaceId: first, name: 'Lark' }] });
  const provided = new Visitor(world.app);
  await signInAs(provided, knows('password', 'password@lark.example'));
  provided.workspaceId = first;
  expect((await provided.call('GET', '/workspace')).status).toBe(200);
  await setProvider({ required: false });
  expect((await member.call('GET', '/workspace')).status).toBe(200);
});

test('[DI5] a second factor asked of all members', async () => {
  const member = await invited('factor@lark.example', 'viewer');
  const ask = (required: boolean) => ada.call('PUT', '/sign-in/two-factor', { required });
  expect((await ask(true)).status).toBe(409);
  const withFactor = async (visitor: Visitor) => {
    const begun = await visitor.call('POST', '/account/two-factor', { password: PASSWORD });
    const { uri } = z.object({ uri: z.string() }).parse(begun.body);
    const secret = fromBase32(new URL(uri).searchParams.get('secret') ?? '');
    const code = codeOf(secret, stepAt(clock.now()));
    expect((await visitor.call('PUT', '/account/two-factor', { code })).status).toBe(200);
  };
  await withFactor(ada);
  expect((await ask(true)).status).toBe(200);
  expect(await member.call('GET', '/workspace')).toMatchObject({ status: 403, body: { mend: expect.stringContaining('account') } }); // prettier-ignore
  expect((await rolesIn(member)).map((w) => w.barred)).toEqual(['two-factor']);
  await withFactor(member);
  expect((await member.call('GET', '/workspace')).status).toBe(200);
  expect((await ask(false)).status).toBe(200);
});

function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

test('[DI6] for owners; the secret is sealed and never shown, and sealed anew with another key', async () => {
  const admin = await invited('admin@lark.example', 'admin');
  for (const [method, path, body] of [
    ['PUT', '/sign-in/two-factor', { required: false }],
    ['DELETE', '/sign-in/provider', undefined],
    ['POST', '/sign-in/provisioning', undefined],
  ] as const) {
    expect((await admin.call(method, path, body)).status, path).toBe(403);
  }
  const shown = await ada.call('GET', '/sign-in');
  expect(shown.body).toMatchObject({ provider: { issuer: provider.issuer, clientId: 'touchstone' } });
  expect(JSON.stringify(shown.body)).not.toContain(provider.clientSecret);
  expect((await setProvider({ clientSecret: undefined })).status).toBe(200);
  expect(await setProvider({ clientId: 'another', clientSecret: undefined })).toMatchObject({ status: 400, body: { field: 'clientSecret' } }); // prettier-ignore
  for (const issuer of ['http://provider.example', 'https://127.0.0.1:1', 'file:///etc/passwd', 'x']) {
    expect(await setProvider({ issuer }), issuer).toMatchObject({ status: 400, body: { field: 'issuer' } });
  }
  const { db } = world.house.records;
  const before = (await providerOf(db, first))?.sealedSecret ?? '';
  expect(isSealed(before)).toBe(true);
  const fresh = makeVault([freshVaultKey()]);
  const moving = (open: typeof fresh, seal: typeof fresh) => ({ ...seal, reseal: (text: string, place: string) => seal.seal(open.open(text, place), place) }); // prettier-ignore
  expect(await resealProviders(world.house, moving(world.house.vault, fresh))).toBe(1);
  const after = (await providerOf(db, first))?.sealedSecret ?? '';
  expect(fresh.open(after, `sign_in_providers/${first}`)).toBe(provider.clientSecret);
  await resealProviders(world.house, moving(fresh, world.house.vault));
});
