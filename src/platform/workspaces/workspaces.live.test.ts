import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Visitor } from '../../../test/support/visitor.ts';
import { openWorld, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../kernel/clock.ts';
import type { MailMessage } from '../mail/ports.ts';
import { buildApp } from '../server/app.ts';
import {
  changeSetting,
  changeWorkspace,
  createWorkspace,
  readSetting,
  type Setting,
  workspaceOfWriteKey,
} from './facade.ts';
import { PASSWORD, SHOP, idOf, itemsOf, linkOf, openLark, type Lark } from './test-support.ts';

let lark: Lark;
let world: World;
let ada: Visitor;
let first: string;
const clock = new HeldClock(new Date());

beforeAll(async () => {
  lark = await openLark(clock);
  ({ world, ada, first } = lark);
});
afterAll(() => world.close());

describe('setting up', () => {
  test('[WS1] of two at once one wins, and afterwards the door is shut', async () => {
    const empty = await openWorld();
    try {
      const ask = (company: string) =>
        empty
          .api()
          .post('/api/v1/setup', { company, name: 'Ada', email: `${company}@example.com`, password: PASSWORD });
      expect((await empty.api().get('/api/v1/setup')).body).toEqual({ open: true });
      const answers = await Promise.all([ask('one'), ask('two'), ask('three')]);
      expect(answers.map((a) => a.status).toSorted()).toEqual([201, 409, 409]);
      expect((await empty.api().get('/api/v1/setup')).body).toEqual({ open: false });
      const tries = await Promise.all(
        ['one', 'two', 'three'].map((who) => new Visitor(empty.app).signIn(`${who}@example.com`, PASSWORD)),
      );
      expect(tries.map((t) => t.status).toSorted()).toEqual([200, 401, 401]);
    } finally {
      await empty.close();
    }
  });

  test('[WS5] zones, currencies and languages that are none are refused by name', async () => {
    const wrong = { zone: 'Europe/Atlantis', currency: 'EUX', locale: 'not a language' };
    for (const [field, value] of Object.entries(wrong)) {
      const answer = await ada.call('PATCH', '/workspace', { [field]: value });
      expect(answer).toMatchObject({ status: 400, body: { type: '/problems/bad-input', field, value } });
    }
    const changed = await ada.call('PATCH', '/workspace', { zone: 'Asia/Tehran', currency: 'IRR', locale: 'fa-IR' });
    expect(changed).toMatchObject({ status: 200, body: { zone: 'Asia/Tehran', currency: 'IRR', locale: 'fa-IR' } });
    expect((await ada.call('GET', '/workspace')).body).toMatchObject({ name: 'Lark', zone: 'Asia/Tehran' });
    expect((await ada.call('PATCH', '/workspace', SHOP)).status).toBe(200);
  });

  test('[WS13] a new workspace is told to the house only if it is made, and has a write key', async () => {
    const told: string[] = [];
    const events = { publish: async () => void told.push('told') };
    const made = await createWorkspace({ ...world.house, events }, { name: 'Told', ...SHOP });
    expect(told).toEqual(['told']);
    expect(await workspaceOfWriteKey(world.house, made.writeKey)).toMatchObject({ id: made.workspace.id });
    const refusing = { publish: () => Promise.reject(new Error('no')) };
    await expect(createWorkspace({ ...world.house, events: refusing }, { name: 'Untold', ...SHOP })).rejects.toThrow(
      'no',
    );
  });

  test('[WS18] a changed time zone is told to the house, other changes are not', async () => {
    const told: unknown[] = [];
    const house = { ...world.house, events: { publish: async (...said: unknown[]) => void told.push(said[1]) } };
    const { workspace } = await createWorkspace(world.house, { name: 'Wandering', ...SHOP });
    expect(await changeWorkspace(house, workspace.id, { name: 'Settled', zone: 'UTC' })).toMatchObject({ zone: 'UTC' });
    expect(told).toEqual([]);
    expect(await changeWorkspace(house, workspace.id, { zone: 'Asia/Tehran' })).toMatchObject({ name: 'Settled' });
    expect(told).toEqual([{ workspaceId: workspace.id }]);
    const refusing = { ...world.house, events: { publish: () => Promise.reject(new Error('no')) } };
    await expect(changeWorkspace(refusing, workspace.id, { zone: 'UTC' })).rejects.toThrow('no');
    expect(await changeWorkspace(house, workspace.id, {})).toMatchObject({ zone: 'Asia/Tehran' });
    expect(await changeWorkspace(house, 'ws_none', { zone: 'UTC' })).toBeNull();
  });

  test('[WS15] an owner opens another workspace, a mere member does not', async () => {
    const answer = await ada.call('POST', '/workspaces', { name: 'Second' });
    expect(answer).toMatchObject({ status: 201, body: { name: 'Second', zone: 'UTC', currency: 'EUR' } });
    const view = await ada.call('GET', '/session');
    const names = z.object({ workspaces: z.array(z.object({ name: z.string(), role: z.string() })) }).parse(view.body);
    expect(names.workspaces).toContainEqual({ name: 'Second', role: 'owner' });
    const { browser } = await lark.member('admin');
    expect((await browser.call('POST', '/workspaces', { name: 'Third' })).status).toBe(403);
  });
});

describe('signing in', () => {
  test('[WS2] a wrong password and an unknown account are told the same; the cookie is out of reach of scripts', async () => {
    const browser = new Visitor(world.app);
    const wrong = await browser.signIn('ada@example.com', 'not the password');
    const unknown = await browser.signIn('nobody@example.com', 'not the password');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const words = z.object({ detail: z.string(), mend: z.string() });
    expect(words.parse(wrong.body)).toEqual(words.parse(unknown.body));
    const right = await browser.signIn(' ADA@example.com ', PASSWORD);
    expect(right).toMatchObject({ status: 200, body: { user: { email: 'ada@example.com', name: 'Ada' } } });
    const [cookie] = right.headers.getSetCookie();
    expect(cookie).toMatch(/^touchstone\.session_token=.*HttpOnly; SameSite=Lax/);
  });

  test('[WS3] tries on one account run out, wherever they come from, and come back with time', async () => {
    const email = `guessed-${randomUUID()}@example.com`;
    const proxied = buildApp({
      house: { ...world.house, config: { ...world.house.config, trustedProxies: 1 } },
      living: world.living,
    });
    const from = (address: string) =>
      new Visitor({ request: async (path, init) => proxied.request(path, init) }).call(
        'POST',
        '/session',
        { email, password: 'a guess' },
        { 'x-forwarded-for': address },
      );
    for (let i = 0; i < 10; i++) expect((await from(`203.0.113.${i}`)).status).toBe(401);
    const refused = await from('203.0.113.99');
    expect(refused.status).toBe(429);
    clock.advance(Number(refused.headers.get('retry-after')) * 1_000);
    expect((await from('203.0.113.100')).status).toBe(401);
  });

  test('[WS4] signing out ends the session, a new password every other one', async () => {
    const { browser, email } = await lark.member('viewer');
    const elsewhere = new Visitor(world.app);
    await elsewhere.signIn(email, PASSWORD);
    expect((await elsewhere.call('GET', '/session')).status).toBe(200);
    const wrong = { currentPassword: 'not the password', newPassword: 'another long password' };
    expect(await browser.call('PUT', '/session/password', wrong)).toMatchObject({
      status: 400,
      body: { field: 'currentPassword' },
    });
    const right = { currentPassword: PASSWORD, newPassword: 'another long password' };
    expect((await browser.call('PUT', '/session/password', right)).status).toBe(200);
    expect((await elsewhere.call('GET', '/session')).status).toBe(401);
    expect((await browser.call('GET', '/session')).status).toBe(200);
    expect((await browser.call('DELETE', '/session')).status).toBe(200);
    expect((await browser.call('GET', '/session')).status).toBe(401);
    expect((await elsewhere.signIn(email, PASSWORD)).status).toBe(401);
    expect((await elsewhere.signIn(email, 'another long password')).status).toBe(200);
  });
});

describe('members', () => {
  test('[WS6] a role rules at once, and whoever is taken out finds nothing', async () => {
    const { browser, memberId } = await lark.member('viewer');
    expect((await browser.call('GET', '/workspace')).status).toBe(200);
    expect((await browser.call('GET', '/members')).status).toBe(403);
    const raised = await ada.call('PATCH', `/members/${memberId}`, { role: 'analyst' });
    expect(raised).toMatchObject({ status: 200, body: { role: 'analyst' } });
    expect((await browser.call('GET', '/members')).status).toBe(200);
    expect((await ada.call('DELETE', `/members/${memberId}`)).status).toBe(200);
    expect((await browser.call('GET', '/members')).status).toBe(404);
    expect((await browser.call('GET', '/session')).body).toMatchObject({ workspaces: [] });
  });

  test('[WS7] the last owner stays, also when two leave at once', async () => {
    const { workspace } = await createWorkspace(world.house, {
      name: 'Two owners',
      ...SHOP,
      ownerId: z.object({ user: z.object({ id: z.string() }) }).parse((await ada.call('GET', '/session')).body).user.id,
    });
    const here = { 'touchstone-workspace': workspace.id };
    const [own] = itemsOf(await ada.call('GET', '/members', undefined, here));
    const path = `/members/${own?.id}`;
    expect((await ada.call('DELETE', path, undefined, here)).status).toBe(409);
    expect((await ada.call('PATCH', path, { role: 'viewer' }, here)).status).toBe(409);

    const email = `second-${randomUUID()}@example.com`;
    const token = linkOf(await ada.call('POST', '/invitations', { email, role: 'owner' }, here));
    const second = new Visitor(world.app);
    await second.call('POST', '/invitations/accept', { token, name: 'Second', password: PASSWORD });
    const both = itemsOf(await ada.call('GET', '/members', undefined, here));
    expect(both).toHaveLength(2);
    const other = both.find((m) => m.email === email)?.id ?? '';
    const left = await Promise.all([
      ada.call('DELETE', path, undefined, here),
      second.call('DELETE', `/members/${other}`, undefined, here),
    ]);
    expect(left.map((a) => a.status).toSorted()).toEqual([200, 409]);
  });

  test('[WS7] an admin makes no owner and touches none', async () => {
    const { browser, memberId } = await lark.member('admin');
    const owner = itemsOf(await browser.call('GET', '/members')).find((m) => m.email === 'ada@example.com')?.id ?? '';
    expect((await browser.call('PATCH', `/members/${memberId}`, { role: 'owner' })).status).toBe(403);
    expect((await browser.call('PATCH', `/members/${owner}`, { role: 'viewer' })).status).toBe(403);
    expect((await browser.call('DELETE', `/members/${owner}`)).status).toBe(403);
    const email = 'x@example.com';
    expect((await browser.call('POST', '/invitations', { email, role: 'owner' })).status).toBe(403);
    const open = await ada.call('POST', '/invitations', { email: `o-${randomUUID()}@example.com`, role: 'owner' });
    const revoked = await browser.call('DELETE', `/invitations/${idOf(open)}`);
    expect(revoked).toMatchObject({ status: 403, body: { code: 'owners-only' } });
    expect((await browser.call('GET', `/invitations/by-token/${linkOf(open)}`)).status).toBe(200);
  });
});

describe('invitations', () => {
  test('[WS8] good for one, replaced by a newer one, taken back, and past after a week', async () => {
    const email = `guest-${randomUUID()}@example.com`;
    const invite = () => ada.call('POST', '/invitations', { email, role: 'agent' });
    const older = linkOf(await invite());
    const newer = await invite();
    const token = linkOf(newer);
    const nobody = new Visitor(world.app);
    expect((await nobody.call('GET', `/invitations/by-token/${older}`)).status).toBe(404);
    expect((await nobody.call('GET', `/invitations/by-token/${token}`)).body).toEqual({
      workspaceName: 'Lark',
      email,
      role: 'agent',
      hasAccount: false,
    });
    const open = itemsOf(await ada.call('GET', '/invitations')).filter((i) => i.email === email);
    expect(open.map((i) => i.id)).toEqual([idOf(newer)]);
    expect(JSON.stringify(open)).not.toContain(token);

    expect((await ada.call('DELETE', `/invitations/${idOf(newer)}`)).status).toBe(200);
    const accept = { token, name: 'Guest', password: PASSWORD };
    expect((await nobody.call('POST', '/invitations/accept', accept)).status).toBe(404);

    const late = linkOf(await invite());
    clock.advance(7 * 86_400_000 + 1);
    expect((await nobody.call('POST', '/invitations/accept', { ...accept, token: late })).status).toBe(404);

    const last = { ...accept, token: linkOf(await invite()) };
    const both = await Promise.all([
      nobody.call('POST', '/invitations/accept', last),
      new Visitor(world.app).call('POST', '/invitations/accept', last),
    ]);
    expect(both.map((a) => a.status).toSorted()).toEqual([200, 404]);
    expect((await invite()).status).toBe(409);
  });

  test('[WS8] mailed where mail is there, and then not shown', async () => {
    const sent: MailMessage[] = [];
    const send = async (message: MailMessage) => void sent.push(message);
    const mail = { available: true, send, check: async () => undefined };
    const house = { ...world.house, mail };
    const living = world.living.map(({ capability }) => ({ capability, plugged: capability.plug(house) }));
    const app = buildApp({ house, living });
    const mailing = new Visitor({ request: async (path, init) => app.request(path, init) });
    await mailing.signIn('ada@example.com', PASSWORD);
    mailing.workspaceId = first;
    const email = `mailed-${randomUUID()}@example.com`;
    const invited = await mailing.call('POST', '/invitations', { email, role: 'viewer' });
    expect(invited).toMatchObject({ status: 201, body: { link: null } });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: email });
    const token = /\/invitation\/(\S+)/.exec(sent[0]?.text ?? '')?.[1] ?? '';
    expect((await ada.call('GET', `/invitations/by-token/${token}`)).status).toBe(200);
  });

  test('[WS9] an account joins by its password or its session, and no other session will do', async () => {
    const { browser, email } = await lark.member('viewer');
    const second = await createWorkspace(world.house, {
      name: 'Elsewhere',
      ...SHOP,
      ownerId: z.object({ user: z.object({ id: z.string() }) }).parse((await ada.call('GET', '/session')).body).user.id,
    });
    const here = { 'touchstone-workspace': second.workspace.id };
    const token = linkOf(await ada.call('POST', '/invitations', { email, role: 'agent' }, here));
    const foreign = await lark.member('viewer');
    expect((await foreign.browser.call('POST', '/invitations/accept', { token })).status).toBe(400);
    const nobody = new Visitor(world.app);
    const guess = { token, name: 'Not they', password: 'not the password' };
    expect((await nobody.call('POST', '/invitations/accept', guess)).status).toBe(401);
    expect((await browser.call('POST', '/invitations/accept', { token })).status).toBe(200);
    expect((await browser.call('GET', '/members', undefined, here)).status).toBe(200);

    // Invited as somebody new by two workspaces, and joining both at once.
    const fresh = `fresh-${randomUUID()}@example.com`;
    const tokens = [
      linkOf(await ada.call('POST', '/invitations', { email: fresh, role: 'agent' })),
      linkOf(await ada.call('POST', '/invitations', { email: fresh, role: 'viewer' }, here)),
    ];
    const accept = (each: string) =>
      new Visitor(world.app).call('POST', '/invitations/accept', { token: each, name: 'Fresh', password: PASSWORD });
    const answers = await Promise.all(tokens.map(accept));
    expect(answers.map((a) => a.status)).toEqual([200, 200]);
    const home = new Visitor(world.app);
    const view = await home.signIn(fresh, PASSWORD);
    expect(view.body).toMatchObject({ workspaces: expect.arrayContaining([expect.objectContaining({ id: first, role: 'agent' }), expect.objectContaining({ id: second.workspace.id, role: 'viewer' })]) }); // prettier-ignore

    const weak = `weak-${randomUUID()}@example.com`;
    const other = linkOf(await ada.call('POST', '/invitations', { email: weak, role: 'agent' }));
    const short = await nobody.call('POST', '/invitations/accept', { token: other, name: 'Weak', password: 'short' });
    expect(short).toMatchObject({ status: 400, body: { field: 'password' } });
    expect((await nobody.call('GET', `/invitations/by-token/${other}`)).status).toBe(200);
  });
});

test('[WS19] a setting is what is usual until it is said, and changes of it at once all count', async () => {
  const setting: Setting<{ n: number }> = { name: 'test', shape: z.object({ n: z.number() }), usual: { n: 3 } };
  const { records } = world.house;
  expect(await readSetting(records.db, first, setting)).toEqual({ n: 3 });
  await Promise.all(
    Array.from({ length: 8 }, () => changeSetting(world.house, first, setting, ({ n }) => ({ n: n + 1 }))),
  );
  expect(await readSetting(records.db, first, setting)).toEqual({ n: 11 });
  await expect(readSetting(records.db, first, { ...setting, shape: z.object({ n: z.never() }) })).rejects.toThrow();
});
