import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestWorkspace, type World, openWorld } from '../../../test/support/world.ts';
import { person as personShape, personItem, timelineItem } from './contract.ts';
import { type IdentityKey, allotIdentities, keyOf, linkIdentities, setTraits } from './facade.ts';
import { findPeople, peopleAsked } from './finding.ts';
import { knownPeople } from './listing.ts';

const AT = '2026-03-01T10:00:00.000Z';
/** Many facts share this moment: only their ids order them. */
const SAME = '2026-03-01 10:00:00.000';

const list = z.object({ items: z.array(personItem), nextCursor: z.string().nullable() });
const timeline = z.object({ items: z.array(timelineItem), nextCursor: z.string().nullable() });

let world: World;
let shop: TestWorkspace;
let ann: { id: string; user: number; visitor: number };

async function allot(workspace: TestWorkspace, ...keys: IdentityKey[]): Promise<number[]> {
  const seen = keys.map((k) => ({ ...k, at: AT }));
  const numbers = await allotIdentities(world.house, workspace.id, seen, 'http');
  return keys.map((k) => numbers.get(keyOf(k)) ?? 0);
}

async function find(workspace: TestWorkspace, query: string) {
  const answer = await world.api(workspace.secretKey).get(`/api/v1/people?${query}`);
  expect(answer.status).toBe(200);
  return list.parse(answer.body);
}

async function labels(q: string): Promise<string[]> {
  return (await find(shop, `q=${encodeURIComponent(q)}`)).items.map((p) => p.label);
}

async function get(id: string, workspace = shop) {
  const answer = await world.api(workspace.secretKey).get(`/api/v1/people/${id}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return personShape.parse(answer.body);
}

const event = (identityNo: number, fact: Record<string, unknown>) => ({
  workspace: shop.id,
  event_id: randomUUID(),
  identity_no: identityNo,
  at: SAME,
  received_at: SAME,
  props: '{}',
  ...fact,
});

beforeAll(async () => {
  world = await openWorld();
  shop = await world.workspace({ zone: 'Europe/Berlin' });
  const a: IdentityKey = { kind: 'user', value: 'ann-1' };
  const v: IdentityKey = { kind: 'anonymous', value: 'browser-1' };
  const m: IdentityKey = { kind: 'email', value: 'ann.lee@mail.example' };
  const [user = 0, visitor = 0] = await allot(shop, a, v, m);
  await linkIdentities(
    world.house,
    shop.id,
    [
      { a, b: v, reason: 'identify', at: AT },
      { a, b: m, reason: 'identify', at: AT },
    ],
    'http',
  );
  await setTraits(
    world.house,
    shop.id,
    [{ identityNo: user, traits: { firstName: 'Ann', lastName: 'Lee', plan: 'gold' }, at: AT }],
    'http',
  );
  await world.house.facts.insert('events', [
    ...Array.from({ length: 12 }, (_, i) => event(i % 2 === 0 ? user : visitor, { name: 'Page Viewed', url: `/${i}` })),
    event(user, { name: 'Order Completed', order_id: 'O-77', value: '20.50', currency: 'EUR' }),
    event(user, { name: 'Survey Answered', at: '2026-03-05 10:00:00.000' }),
  ]);
  await world.house.facts.insert('orders', [
    {
      workspace: shop.id,
      order_id: 'O-77',
      identity_no: user,
      placed: SAME,
      promised: '2026-03-03',
      // Still the third in UTC, the fourth in Berlin.
      delivered: '2026-03-03 23:30:00.000',
      status: 'delivered',
      value: '20.50',
      currency: 'EUR',
      props: '{}',
      version: '1',
    },
  ]);
  await world.house.facts.insert('feedback', [
    {
      workspace: shop.id,
      feedback_id: randomUUID(),
      identity_no: user,
      at: '2026-03-05 10:00:00.000',
      source: 'survey',
      instrument: 'rating',
      score: 2,
      scale_min: 1,
      scale_max: 5,
      text: 'It came late',
      order_id: 'O-77',
      props: '{}',
    },
  ]);
  const [found] = (await find(shop, 'q=ann')).items;
  ann = { id: found?.id ?? '', user, visitor };
});
afterAll(() => world.close());

describe('listing', () => {
  test('[PE10] people are found by words, identities and orders', async () => {
    await allot(shop, { kind: 'phone', value: '+49 30 555 777' }, { kind: 'anonymous', value: 'somebody_else' });
    for (const q of ['lee', 'ANN L', 'ann.lee@ma', 'mail.example', 'ann-1', 'browser-', 'O-77']) {
      expect(await labels(q), q).toEqual(['Ann Lee']);
    }
    expect(await labels('+49 (30) 555')).toEqual(['+4930555777']);
    for (const q of ['nobody', '%', '_nn', "o'x", "\\ ' : * & |", '@']) expect(await labels(q), q).toEqual([]);
    const [item] = (await find(shop, 'q=browser-1')).items;
    expect(item).toMatchObject({
      matched: { kind: 'anonymous', value: 'browser-1' },
      events: 14,
      answers: 1,
      orders: 1,
      lastSeen: '2026-03-05T10:00:00.000Z',
    });
  });

  test('[PE10] pages neither repeat nor skip, the latest known first', async () => {
    const crowd = await world.workspace();
    await allot(crowd, ...Array.from({ length: 23 }, (_, i) => ({ kind: 'user', value: `u${i}` }) as const));
    for (const q of ['', '&q=u']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await find(crowd, `limit=5${q}${cursor === '' ? '' : `&cursor=${cursor}`}`);
        seen.push(...page.items.map((p) => p.id));
        cursor = page.nextCursor ?? '';
      } while (cursor !== '');
      expect(seen).toHaveLength(23);
      expect(new Set(seen).size).toBe(23);
    }
    const summary = await world.api(crowd.secretKey).get('/api/v1/people/summary');
    expect(summary.body).toEqual({ people: 23, named: 0 });
    const bad = await world.api(crowd.secretKey).get('/api/v1/people?cursor=zzz');
    expect(bad.status).toBe(400);
  });
});

test('[PE16] who stops listening to an export ends what the store is asked for it', async () => {
  const workspace = { ...shop, name: 'A shop', locale: 'en' };
  const asked = peopleAsked({}, { workspace, permissions: new Set() });
  const { people } = await findPeople(world.house, asked, { after: undefined, limit: 2 });
  expect(people).toHaveLength(2);
  await expect(knownPeople(world.house, shop.id, people, AbortSignal.abort())).rejects.toThrow();
  expect(await knownPeople(world.house, shop.id, people, new AbortController().signal)).toHaveLength(2);
});

describe('a person', () => {
  test('[PE11] has facts, traits, identities, links with their evidence, and orders', async () => {
    const person = await get(ann.id);
    expect(person).toMatchObject({
      label: 'Ann Lee',
      email: 'ann.lee@mail.example',
      firstSeen: '2026-03-01T10:00:00.000Z',
      lastSeen: '2026-03-05T10:00:00.000Z',
      events: 14,
      answers: 1,
      orders: 1,
      spent: [{ currency: 'EUR', value: '20.5' }],
      lastScore: { score: 2, scaleMin: 1, scaleMax: 5 },
      latestOrders: [{ orderId: 'O-77', promised: '2026-03-03', late: true, value: '20.5' }],
    });
    expect(person.traits).toContainEqual({ key: 'plan', value: 'gold', source: 'http', at: AT });
    expect(person.identities.map((i) => i.kind)).toEqual(['user', 'email', 'anonymous']);
    expect(person.identities[0]?.evidence).toEqual([{ source: 'http', at: AT }]);
    expect(person.links).toHaveLength(2);
    for (const link of person.links) {
      expect(link).toMatchObject({ state: 'active', evidence: [{ reason: 'identify', source: 'http', at: AT }] });
    }
  });

  test('[PE11][PE5][PE6] joined by a member and taken apart again, over the API', async () => {
    const [a = 0, b = 0] = await allot(shop, { kind: 'user', value: 'twin-a' }, { kind: 'user', value: 'twin-b' });
    await world.house.facts.insert('events', [event(a, { name: 'A' }), event(b, { name: 'B' })]);
    const ids = new Map((await find(shop, 'q=twin')).items.map((p) => [p.label, p.id]));
    const [idA = '', idB = ''] = [ids.get('twin-a'), ids.get('twin-b')];
    const api = world.api(shop.secretKey);
    const joined = await api.post(`/api/v1/people/${idA}/links`, { otherPersonId: idB });
    expect(joined.status).toBe(201);
    const link = z.object({ linkId: z.string(), personId: z.string() }).parse(joined.body);
    const [viaA, viaB] = [await get(idA), await get(idB)];
    expect(viaA).toEqual(viaB);
    expect(viaA).toMatchObject({ id: link.personId, events: 2 });
    const twice = await api.post(`/api/v1/people/${idA}/links`, { otherPersonId: idB });
    expect(twice.status).toBe(400);

    const parted = await api.delete(`/api/v1/people/${link.personId}/links/${link.linkId}`);
    expect(parted.body).toMatchObject({ parted: true });
    expect(await get(idA)).toMatchObject({ label: 'twin-a', events: 1 });
    const other = await get(idB);
    expect(other).toMatchObject({ label: 'twin-b', events: 1 });
    expect(other.links).toMatchObject([{ state: 'undone', otherPerson: { id: idA, label: 'twin-a' } }]);
  });

  test('[PE13] ids of another workspace answer 404; reading and writing want their permission', async () => {
    const other = await world.workspace();
    const reader = await world.workspace({ scopes: ['people:read'] });
    const [link] = (await get(ann.id)).links;
    const paths = ['', '/timeline'].map((rest) => `/api/v1/people/${ann.id}${rest}`);
    for (const path of paths) expect((await world.api(other.secretKey).get(path)).status, path).toBe(404);
    const foreign = world.api(other.secretKey);
    expect((await foreign.delete(`/api/v1/people/${ann.id}/links/${link?.id}`)).status).toBe(404);
    expect((await foreign.post(`/api/v1/people/${ann.id}/links`, { otherPersonId: ann.id })).status).toBe(404);
    expect((await world.api(reader.secretKey).post('/api/v1/people/x/links', { otherPersonId: 'y' })).status).toBe(403);
    const gone = await world.api(shop.secretKey).delete(`/api/v1/people/${ann.id}/links/lnk_x`);
    expect(gone.status).toBe(404);
  });
});

describe('the timeline', () => {
  async function read(query: string, key = shop.secretKey) {
    const answer = await world.api(key).get(`/api/v1/people/${ann.id}/timeline?${query}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return timeline.parse(answer.body);
  }

  test('[PE12] everything once, newest first, in pages of any size, though many share a moment', async () => {
    const whole = await read('limit=100');
    expect(whole.nextCursor).toBeNull();
    expect(whole.items.map((i) => i.at)).toEqual(
      whole.items
        .map((i) => i.at)
        .sort()
        .reverse(),
    );
    const kinds = whole.items.map((i) => i.kind);
    // The twelve pages; the order's two moments in place of its event; the answer in place of its.
    expect(kinds.filter((k) => k === 'event')).toHaveLength(12);
    expect(whole.items.filter((i) => i.kind === 'order').map((i) => [i.moment, i.late])).toEqual([
      ['delivered', true],
      ['placed', undefined],
    ]);
    expect(whole.items[0]).toMatchObject({ kind: 'answer', score: 2, text: 'It came late', orderId: 'O-77' });
    for (const limit of [2, 7]) {
      const ids: string[] = [];
      let cursor = '';
      do {
        const page = await read(`limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`);
        ids.push(...page.items.map((i) => i.id));
        cursor = page.nextCursor ?? '';
      } while (cursor !== '');
      expect(ids).toEqual(whole.items.map((i) => i.id));
    }
    expect((await read('kinds=answer,order')).items.map((i) => i.kind)).toEqual(['answer', 'order', 'order']);
    const odd = await world.api(shop.secretKey).get(`/api/v1/people/${ann.id}/timeline?kinds=all`);
    expect(odd.status).toBe(400);
  });
});

test('[PE13] kinds one may not read are left out, and words without comments:read', async () => {
  const shy = await world.workspace({ scopes: ['people:read'] });
  const [no = 0] = await allot(shy, { kind: 'user', value: 'quiet' });
  const fact = { workspace: shy.id, identity_no: no, at: SAME, props: '{}' };
  await world.house.facts.insert('events', [
    { ...fact, event_id: randomUUID(), received_at: SAME, name: 'Page Viewed' },
  ]);
  await world.house.facts.insert('orders', [
    { workspace: shy.id, order_id: '1', identity_no: no, placed: SAME, value: '5', props: '{}', version: '1' },
  ]);
  await world.house.facts.insert('feedback', [
    { ...fact, feedback_id: randomUUID(), source: 'review', instrument: 'text', text: 'secret words' },
  ]);
  const [quiet] = (await find(shy, 'q=quiet')).items;
  const { body } = await world.api(shy.secretKey).get(`/api/v1/people/${quiet?.id}/timeline`);
  expect(timeline.parse(body).items).toMatchObject([{ kind: 'answer', text: '' }]);
  const person = await get(quiet?.id ?? '', shy);
  expect(person.latestOrders).toBeUndefined();
  expect(person.spent).toBeUndefined();
});
