import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Visitor } from '../../../test/support/visitor.ts';
import type { Answer, World } from '../../../test/support/world.ts';
import { HeldClock } from '../kernel/clock.ts';
import { identify, workspaceOfWriteKey } from './facade.ts';
import { idOf, itemsOf, openLark, type Lark } from './test-support.ts';

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

const create = (values: object) => ada.call('POST', '/keys', values);
const keyOf = (answer: Answer): string => z.object({ key: z.string() }).parse(answer.body).key;

test('[WS10] a secret key is shown once and carries its scopes alone', async () => {
  const made = await create({ kind: 'secret', name: 'Reports', scopes: ['workspace:read'] });
  const key = keyOf(made);
  expect(key).toMatch(/^tss_[0-9a-f]{64}$/);
  const listed = await ada.call('GET', '/keys');
  expect(JSON.stringify(listed.body)).not.toContain(key.slice(0, 20));
  const { get, post } = world.api(key);
  expect(await get('/api/v1/workspace')).toMatchObject({ status: 200, body: { id: first } });
  expect((await get('/api/v1/members')).status).toBe(403);
  expect((await get('/api/v1/session')).status).toBe(403);
  expect((await post('/api/v1/keys', { kind: 'write', name: 'x' })).status).toBe(403);
  for (const scopes of [['members:read'], ['keys:write'], ['workspace:write'], []]) {
    expect(await create({ kind: 'secret', name: 'Too much', scopes })).toMatchObject({ status: 400 });
  }
});

test('[WS11] a revoked key is refused at once, also where it was remembered', async () => {
  const write = await create({ kind: 'write', name: 'Shop window' });
  const secret = await create({ kind: 'secret', name: 'Robot', scopes: ['workspace:read'] });
  const { house } = world;
  expect(await workspaceOfWriteKey(house, keyOf(write))).toMatchObject({ id: first });
  expect((await world.api(keyOf(secret)).get('/api/v1/workspace')).status).toBe(200);
  // What was on its way to the memory when the key was revoked stays out of it.
  const [, revoked] = await Promise.all([
    workspaceOfWriteKey(house, keyOf(write)),
    ada.call('DELETE', `/keys/${idOf(write)}`),
  ]);
  expect(revoked.status).toBe(200);
  expect(await workspaceOfWriteKey(house, keyOf(write))).toBeNull();
  const scoped = () => identify(house, new Headers({ authorization: `Bearer ${keyOf(secret)}` }));
  const [, gone] = await Promise.all([scoped(), ada.call('DELETE', `/keys/${idOf(secret)}`)]);
  expect(gone.status).toBe(200);
  expect((await ada.call('DELETE', `/keys/${idOf(secret)}`)).status).toBe(200);
  expect((await world.api(keyOf(secret)).get('/api/v1/workspace')).status).toBe(401);

  const third = await create({ kind: 'write', name: 'Other process' });
  const elsewhere = { ...house };
  expect(await workspaceOfWriteKey(elsewhere, keyOf(third))).toMatchObject({ id: first });
  const robot = await create({ kind: 'secret', name: 'Robot elsewhere', scopes: ['workspace:read'] });
  const there = () => identify(elsewhere, new Headers({ authorization: `Bearer ${keyOf(robot)}` }));
  expect(await there()).toMatchObject({ kind: 'key', workspace: { id: first } });
  await ada.call('DELETE', `/keys/${idOf(third)}`);
  await ada.call('DELETE', `/keys/${idOf(robot)}`);
  clock.advance(5_000);
  expect(await workspaceOfWriteKey(elsewhere, keyOf(third))).toBeNull();
  expect(await there()).toEqual({ kind: 'nobody' });
  expect(await workspaceOfWriteKey(house, 'tsw_unknown')).toBeNull();
  expect(await workspaceOfWriteKey(house, keyOf(secret))).toBeNull();
});

test('[WS12] the last use is written down, at most once a minute', async () => {
  const made = await create({ kind: 'secret', name: 'Watched', scopes: ['workspace:read'] });
  const lastUse = async () => itemsOf(await ada.call('GET', '/keys')).find((k) => k.id === idOf(made))?.['lastUsedAt'];
  expect(await lastUse()).toBeNull();
  await world.api(keyOf(made)).get('/api/v1/workspace');
  const begin = clock.now().toISOString();
  expect(await lastUse()).toBe(begin);
  clock.advance(59_000);
  await world.api(keyOf(made)).get('/api/v1/workspace');
  expect(await lastUse()).toBe(begin);
  clock.advance(1_000);
  await world.api(keyOf(made)).get('/api/v1/workspace');
  expect(await lastUse()).toBe(clock.now().toISOString());
});

test('[WS14] ids of another workspace find nothing', async () => {
  const { memberId } = await lark.member('agent');
  const key = await create({ kind: 'write', name: 'Theirs' });
  const invited = await ada.call('POST', '/invitations', { email: `w-${randomUUID()}@example.com`, role: 'agent' });
  const other = await ada.call('POST', '/workspaces', { name: 'Stranger' });
  const here = { 'touchstone-workspace': idOf(other) };
  const asked = await Promise.all([
    ada.call('PATCH', `/members/${memberId}`, { role: 'viewer' }, here),
    ada.call('DELETE', `/members/${memberId}`, undefined, here),
    ada.call('DELETE', `/keys/${idOf(key)}`, undefined, here),
    ada.call('DELETE', `/invitations/${idOf(invited)}`, undefined, here),
  ]);
  expect(asked.map((a) => a.status)).toEqual([404, 404, 404, 404]);
  expect(await workspaceOfWriteKey(world.house, keyOf(key))).toMatchObject({ id: first });
});
