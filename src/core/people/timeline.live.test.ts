import { randomUUID } from 'node:crypto';
import { integer, pick, seeded } from '@touchstone/domain/random';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestWorkspace, type World, openWorld } from '../../../test/support/world.ts';
import { ANSWER_EVENTS } from '../feedback/vocabulary.ts';
import { ORDER_EVENTS } from '../orders/vocabulary.ts';
import { person as personShape, personItem, timelineItem } from './contract.ts';
import { type IdentityKey, type LinkClaim, allotIdentities, keyOf, linkIdentities } from './facade.ts';
import { TIMELINE_KINDS, type TimelineKind } from './vocabulary.ts';

const AT = '2026-03-01T10:00:00.000Z';
const page = z.object({ items: z.array(timelineItem), nextCursor: z.string().nullable() });
const found = z.object({ items: z.array(personItem) });

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function personOf(shop: TestWorkspace, q: string) {
  const { body } = await world.api(shop.secretKey).get(`/api/v1/people?q=${encodeURIComponent(q)}`);
  const [item] = found.parse(body).items;
  if (item === undefined) throw new Error(`nobody is found by ${q}`);
  return item;
}

/** Every page of a timeline, one after another. */
async function readAll(shop: TestWorkspace, personId: string, limit: number, kinds: readonly TimelineKind[]) {
  const all: z.infer<typeof timelineItem>[] = [];
  let cursor = '';
  do {
    const path = `/api/v1/people/${personId}/timeline?limit=${limit}&kinds=${kinds.join(',')}${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const answer = await world.api(shop.secretKey).get(path);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { items, nextCursor } = page.parse(answer.body);
    if (nextCursor !== null) expect(items).toHaveLength(limit);
    all.push(...items);
    cursor = nextCursor ?? '';
  } while (cursor !== '');
  return all;
}

interface Told {
  readonly kind: TimelineKind;
  readonly at: string;
  readonly id: string;
}

describe('[PE12] a timeline of any mixture', () => {
  const random = seeded('timeline');
  /** Few moments, so that many facts share one. */
  const moment = () => `2026-03-01 10:00:0${integer(random, 0, 4)}.000`;
  const instant = (stored: string) => `${stored.replace(' ', 'T')}Z`;
  const NAMES = ['Page Viewed', ...Object.keys(ORDER_EVENTS).slice(0, 3), ...Object.keys(ANSWER_EVENTS).slice(0, 2)];
  const RANK = { order: 2, event: 1, answer: 0 };

  /** Lays facts of a person down, and says what is to be shown of them, newest first. */
  async function lay(shop: TestWorkspace, identityNo: number, many: Record<TimelineKind, number>): Promise<Told[]> {
    const own = { workspace: shop.id, identity_no: identityNo, props: '{}' };
    const orders = Array.from({ length: many.order }, (_, i) => ({
      ...own,
      order_id: `o${i}`,
      placed: moment(),
      delivered: pick(random, [null, moment()]),
      version: '1',
    }));
    const answers = Array.from({ length: many.answer }, () => ({ ...own, feedback_id: randomUUID(), at: moment() }));
    const events = Array.from({ length: many.event }, () => ({
      ...own,
      event_id: randomUUID(),
      name: pick(random, NAMES),
      at: moment(),
      received_at: moment(),
      order_id: pick(random, ['', `o${integer(random, 0, many.order)}`]),
    }));
    const { facts } = world.house;
    await Promise.all([
      facts.insert('orders', orders),
      facts.insert('feedback', answers),
      facts.insert('events', events),
    ]);

    const moments = orders.flatMap((o) => [
      { order: o.order_id, id: `${o.order_id} placed`, at: o.placed },
      ...(o.delivered === null ? [] : [{ order: o.order_id, id: `${o.order_id} delivered`, at: o.delivered }]),
    ]);
    const seen = events.filter(
      (e) =>
        !(Object.hasOwn(ORDER_EVENTS, e.name) && moments.some((m) => m.order === e.order_id && m.at === e.at)) &&
        !(Object.hasOwn(ANSWER_EVENTS, e.name) && answers.some((a) => a.at === e.at)),
    );
    const all: Told[] = [
      ...moments.map(({ id, at }) => ({ kind: 'order' as const, id, at: instant(at) })),
      ...answers.map((a) => ({ kind: 'answer' as const, id: a.feedback_id, at: instant(a.at) })),
      ...seen.map((e) => ({ kind: 'event' as const, id: e.event_id, at: instant(e.at) })),
    ];
    const spelled = (t: Told) => `${t.at} ${RANK[t.kind]} ${t.id}`;
    return all.sort((a, b) => (spelled(a) < spelled(b) ? 1 : -1));
  }

  test.each([
    { event: 20, answer: 4, order: 4 },
    { event: 12, answer: 20, order: 20 },
    { event: 40, answer: 0, order: 1 },
    { event: 0, answer: 5, order: 3 },
  ])('of $event events, $answer answers and $order orders is shown whole, in pages of any size', async (many) => {
    const shop = await world.workspace();
    const key: IdentityKey = { kind: 'user', value: 'u1' };
    const numbers = await allotIdentities(world.house, shop.id, [{ ...key, at: AT }], 'http');
    const expected = await lay(shop, numbers.get(keyOf(key)) ?? 0, many);
    const { id } = await personOf(shop, 'u1');
    const asked = [
      { kinds: TIMELINE_KINDS, limit: 7 },
      { kinds: ['event'], limit: 4 },
      { kinds: ['event', 'order'], limit: 10 },
      { kinds: ['answer', 'order'], limit: 200 },
    ] as const;
    for (const { kinds, limit } of asked) {
      const wanted = expected.filter((t) => kinds.some((kind) => kind === t.kind));
      const shown = await readAll(shop, id, limit, kinds);
      expect(
        shown.map((item) => ({ kind: item.kind, at: item.at, id: item.id })),
        kinds.join(),
      ).toEqual(wanted);
    }
  });
});

test('[PE15] a person of more names than a statement can carry is found, shown, listed and taken apart like any other', async () => {
  const shop = await world.workspace();
  const MANY = 6_000;
  const user: IdentityKey = { kind: 'user', value: 'kiosk' };
  const visitors = Array.from({ length: MANY }, (_, i): IdentityKey => ({ kind: 'anonymous', value: `visitor ${i}` }));
  const numbers = await allotIdentities(
    world.house,
    shop.id,
    [user, ...visitors].map((key) => ({ ...key, at: AT })),
    'http',
  );
  const no = (key: IdentityKey | undefined) => (key === undefined ? 0 : (numbers.get(keyOf(key)) ?? 0));
  const claims = visitors.map((visitor): LinkClaim => ({ a: visitor, b: user, reason: 'identify', at: AT }));
  await linkIdentities(world.house, shop.id, claims, 'http');
  // Somebody else's, which must not be taken for theirs.
  const other: IdentityKey = { kind: 'user', value: 'other' };
  const others = await allotIdentities(world.house, shop.id, [{ ...other, at: AT }], 'http');

  const fact = { workspace: shop.id, at: '2026-03-01 10:00:00.000', props: '{}' };
  const event = (identityNo: number) => ({
    ...fact,
    event_id: randomUUID(),
    identity_no: identityNo,
    received_at: fact.at,
    name: 'Page Viewed',
  });
  const ends = [no(user), no(visitors[0]), no(visitors[MANY - 1])];
  const { facts } = world.house;
  await facts.insert('events', [...ends, others.get(keyOf(other)) ?? 0].map(event));
  await facts.insert('feedback', [{ ...fact, feedback_id: randomUUID(), identity_no: ends[2], score: 4 }]);
  await facts.insert('orders', [
    {
      workspace: shop.id,
      order_id: 'o1',
      identity_no: ends[1],
      placed: fact.at,
      value: '5',
      props: '{}',
      version: '1',
    },
  ]);

  const listed = await personOf(shop, 'kiosk');
  expect(listed).toMatchObject({ events: 3, answers: 1, orders: 1 });
  const { body } = await world.api(shop.secretKey).get(`/api/v1/people/${listed.id}`);
  const shown = personShape.parse(body);
  expect(shown).toMatchObject({ events: 3, answers: 1, orders: 1, lastScore: { score: 4 } });
  expect(shown.identities).toHaveLength(MANY + 1);
  const timeline = await readAll(shop, listed.id, 2, TIMELINE_KINDS);
  expect(timeline.map((t) => t.kind)).toEqual(['order', 'event', 'event', 'event', 'answer']);

  const link = shown.links.find((l) => [l.a.value, l.b.value].includes('visitor 0'));
  const parted = await world.api(shop.secretKey).delete(`/api/v1/people/${listed.id}/links/${link?.id}`);
  expect(parted.body).toMatchObject({ parted: true });
  expect(await personOf(shop, 'kiosk')).toMatchObject({ events: 2, answers: 1, orders: 0 });
});
