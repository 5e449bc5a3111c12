import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { idOf, itemsOf, type Lark, openLark } from '../../platform/workspaces/test-support.ts';
import { savedView } from './contract.ts';
import { insertView, selectView } from './records.ts';
import { MOST_VIEWS } from './vocabulary.ts';

const clock = new HeldClock(new Date('2026-11-22T10:00:00.000Z'));
const STATE = { metric: 'rating', view: 'groups', by: 'order.late', from: '2026-08-01', to: '2026-11-01' };
let lark: Lark;
beforeAll(async () => {
  lark = await openLark(clock);
});
afterAll(() => lark.world.close());

const named = (answer: { readonly body: unknown }): string[] =>
  z.object({ items: z.array(savedView) }).parse(answer.body).items.map((v) => v.name); // prettier-ignore

test('[EX7] private for its maker alone, shared for all; changed by its maker, deleted by them or an admin', async () => {
  const { browser: analyst } = await lark.member('analyst');
  const { browser: agent } = await lark.member('agent');
  const { browser: viewer } = await lark.member('viewer');
  const made = await analyst.call('POST', '/views', { name: ' Late parcels 100 % ', state: STATE });
  expect([made.status, made.body]).toMatchObject([
    201,
    { name: 'Late parcels 100 %', state: STATE, opens: STATE, shared: false, mine: true, removable: true, maker: 'analyst' }, // prettier-ignore
  ]);
  const path = `/views/${idOf(made)}`;
  for (const other of [agent, viewer, lark.ada]) {
    expect((await other.call('GET', path)).status).toBe(404);
    expect(itemsOf(await other.call('GET', '/views'))).toEqual([]);
  }
  expect((await agent.call('DELETE', path)).status).toBe(404);

  const shared = await analyst.call('PATCH', path, { shared: true, name: 'Late' });
  expect(shared.body).toMatchObject({ name: 'Late', shared: true });
  expect((await viewer.call('GET', path)).body).toMatchObject({ name: 'Late', mine: false, removable: false });
  expect((await lark.ada.call('GET', path)).body).toMatchObject({ mine: false, removable: true });
  expect((await viewer.call('POST', '/views', { name: 'Mine', state: STATE })).status).toBe(403);
  expect((await agent.call('PATCH', path, { name: 'Other' })).body).toMatchObject({ status: 403, code: 'view-not-yours' }); // prettier-ignore
  expect((await lark.ada.call('PATCH', path, { name: 'Other' })).status).toBe(403);
  expect((await agent.call('DELETE', path)).status).toBe(403);
  expect((await lark.ada.call('DELETE', path)).status).toBe(200);
  expect((await analyst.call('GET', path)).status).toBe(404);

  const log = await lark.ada.call('GET', '/audit?objectId=' + idOf(made));
  const entries = z.object({ items: z.array(z.object({ operation: z.string() })) }).parse(log.body).items;
  expect(entries.map((e) => e.operation).toSorted()).toEqual(['explore.change', 'explore.create', 'explore.remove']);
});

test('[EX7] nothing crosses a workspace; found by any part of the name, the newest first, page by page', async () => {
  const shop = await lark.world.workspace();
  const other = await lark.world.workspace();
  const [api, stranger] = [lark.world.api(shop.secretKey), lark.world.api(other.secretKey)];
  const ids: string[] = [];
  for (const name of ['Late_1', 'Late 2', 'Stage']) {
    clock.advance(1_000);
    ids.push(idOf(await api.post('/api/v1/views', { name, state: STATE, shared: true })));
  }
  expect(named(await api.get('/api/v1/views?search=late'))).toEqual(['Late 2', 'Late_1']);
  expect(named(await api.get('/api/v1/views?search=e_1'))).toEqual(['Late_1']);
  const first = await api.get('/api/v1/views?limit=2');
  const { nextCursor } = z.object({ nextCursor: z.string() }).parse(first.body);
  expect([named(first), named(await api.get(`/api/v1/views?limit=2&cursor=${nextCursor}`))]).toEqual([['Stage', 'Late 2'], ['Late_1']]); // prettier-ignore
  expect(named(await stranger.get('/api/v1/views'))).toEqual([]);
  const path = `/api/v1/views/${ids[0]}`;
  const tries = [await stranger.get(path), await stranger.patch(path, { name: 'x' }), await stranger.delete(path)];
  expect(tries.map((t) => t.status)).toEqual([404, 404, 404]);
});

test('[EX1] [EX9] only a whole question is kept; one that moves opens with its days up to today', async () => {
  const shop = await lark.world.workspace({ zone: 'Asia/Tehran' });
  const api = lark.world.api(shop.secretKey);
  const make = (state: object, moving = false) => api.post('/api/v1/views', { name: 'x', state, moving });
  expect((await make({ ...STATE, opens: 'https://elsewhere.example' })).status).toBe(400);
  expect((await make({ ...STATE, metric: 'none' })).status).toBe(400);
  expect((await make({ ...STATE, filter: 'a\ud800' })).status).toBe(400);
  expect((await make({ metric: 'rating', view: 'line' }, true)).body).toMatchObject({ status: 400, field: 'moving' });
  expect((await make({ ...STATE, to: '2026-01-01' }, true)).status).toBe(400);
  const made = await make(STATE, true);
  const { opens, state } = savedView.parse(made.body);
  expect([state.from, state.to]).toEqual(['2026-08-01', '2026-11-01']);
  const there = new Date(clock.now().getTime() + 3.5 * 3_600_000 + 86_400_000).toISOString().slice(0, 10);
  expect([opens.to, opens.from]).toEqual([there, new Date(Date.parse(there) - 92 * 86_400_000).toISOString().slice(0, 10)]); // prettier-ignore
});

test('[EX8] so many and no more, and once by key', async () => {
  const shop = await lark.world.workspace();
  const api = lark.world.api(shop.secretKey);
  const body = { name: 'Once', state: STATE };
  const key = { 'idempotency-key': 'the same thing once' };
  const twice = [await api.post('/api/v1/views', body, key), await api.post('/api/v1/views', body, key)];
  expect(new Set(twice.map(idOf)).size).toBe(1);
  const { db } = lark.world.house.records;
  const shared = await api.post('/api/v1/views', { ...body, shared: true });
  const first = await selectView(db, { workspaceId: shop.id, readerId: '' }, idOf(shared));
  const row = { workspaceId: shop.id, name: 'x', state: savedView.shape.state.parse(STATE), moving: false, shared: false, makerId: first?.makerId ?? '', savedAt: clock.now() }; // prettier-ignore
  await Promise.all(
    Array.from({ length: MOST_VIEWS.maker - 2 }, (_, i) => insertView(db, { ...row, id: `viw_${shop.id}_${i}` })),
  );
  expect((await api.post('/api/v1/views', body)).body).toMatchObject({ status: 409, code: 'too-many-views', values: { most: MOST_VIEWS.maker } }); // prettier-ignore
});
