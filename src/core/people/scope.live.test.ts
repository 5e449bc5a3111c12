import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestWorkspace, type World, openWorld } from '../../../test/support/world.ts';
import { personItem } from './contract.ts';
import { allotIdentities, keyOf, setTraits } from './facade.ts';
import { ASKED_OF } from './vocabulary.ts';

const AT = '2026-03-01T10:00:00.000Z';
const list = z.object({
  items: z.array(personItem),
  nextCursor: z.string().nullable(),
  total: z.number().nullable(),
  of: z.enum(ASKED_OF).nullable(),
});

let world: World;
let shop: TestWorkspace;

/**
 * `quiet` is said to be gold and did nothing; `late` is gold, and an order came late and was complained of; `well` is
 * silver, got theirs in time and looked around in April; `fan` answered in April, and nothing is said of them.
 */
beforeAll(async () => {
  world = await openWorld();
  shop = await world.workspace({ zone: 'Europe/Berlin' });
  const { house } = world;
  // One after the other: who is known later has the higher number.
  const known = async (value: string): Promise<number> => {
    const key = { kind: 'user', value } as const;
    return (await allotIdentities(house, shop.id, [{ ...key, at: AT }], 'http')).get(keyOf(key)) ?? 0;
  };
  const quiet = await known('quiet');
  const late = await known('late');
  const well = await known('well');
  const fan = await known('fan');
  const plans = [[quiet, 'gold'], [late, 'gold'], [well, 'silver']] as const; // prettier-ignore
  await setTraits(
    house,
    shop.id,
    plans.map(([identityNo, plan]) => ({ identityNo, traits: { plan }, at: AT })),
    'http',
  );
  const fact = { workspace: shop.id, props: '{}' };
  const order = { ...fact, status: 'delivered', version: '1', promised: '2026-03-05' };
  await house.facts.insert('orders', [
    {
      ...order,
      order_id: 'a',
      identity_no: late,
      placed: '2026-02-27 10:00:00.000',
      delivered: '2026-03-10 10:00:00.000',
    },
    {
      ...order,
      order_id: 'b',
      identity_no: well,
      placed: '2026-03-02 10:00:00.000',
      delivered: '2026-03-04 10:00:00.000',
    },
  ]);
  const answer = { ...fact, source: 'survey', instrument: 'nps', scale_min: 0, scale_max: 10 };
  await house.facts.insert('feedback', [
    {
      ...answer,
      feedback_id: randomUUID(),
      identity_no: late,
      at: '2026-03-12 10:00:00.000',
      score: 2,
      order_id: 'a',
      channel: 'email',
    },
    { ...answer, feedback_id: randomUUID(), identity_no: fan, at: '2026-04-02 10:00:00.000', score: 9, channel: 'web' },
  ]);
  await house.facts.insert('events', [
    // Still March in UTC, April in Berlin.
    {
      ...fact,
      event_id: randomUUID(),
      identity_no: well,
      at: '2026-03-31 22:30:00.000',
      received_at: '2026-03-31 22:30:00.000',
      name: 'Page Viewed',
      channel: 'web',
    },
  ]);
});
afterAll(() => world.close());

async function asked(query: Readonly<Record<string, string>>) {
  const { status, body } = await world.api(shop.secretKey).get(`/api/v1/people?${new URLSearchParams(query)}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return list.parse(body);
}

const MARCH = { from: '2026-03-01', to: '2026-04-01' };
const APRIL = { from: '2026-04-01' };

test('[PE17] the period and filter leave those of whom something in it satisfies the filter', async () => {
  for (const [query, of, labels] of [
    [{}, null, ['fan', 'well', 'late', 'quiet']],
    [MARCH, 'anything', ['well', 'late']],
    [APRIL, 'anything', ['fan', 'well']],
    [{ to: '2026-03-01' }, 'anything', ['late']],
    [{ filter: 'order.late:true' }, 'orders', ['late']],
    [{ ...APRIL, filter: 'order.late:false' }, 'orders', []],
    [{ filter: 'order.late:true;feedback.instrument:nps', ...MARCH }, 'answers', ['late']],
    [{ filter: 'score>=9' }, 'answers', ['fan']],
    [{ filter: 'score>=9', ...MARCH }, 'answers', []],
    [{ filter: 'channel:web' }, 'anything', ['fan', 'well']],
    [{ filter: 'person.plan:gold' }, 'traits', ['late', 'quiet']],
    [{ filter: 'person.plan:gold', ...MARCH }, 'anything', ['late']],
    [{ filter: 'person.plan!:gold' }, 'traits', ['fan', 'well']],
    [{ filter: 'person.plan:gold;order.late:true' }, 'orders', ['late']],
  ] as const) {
    const answer = await asked(query);
    expect({ of: answer.of, total: answer.total, labels: answer.items.map((p) => p.label) }, JSON.stringify(query)).toEqual({ of, total: labels.length, labels }); // prettier-ignore
  }
  const searched = await asked({ q: 'w', ...MARCH });
  expect(searched).toMatchObject({ total: null, items: [{ label: 'well', orders: 1, events: 1 }] });
});

test('[PE17] people are exported as they are listed', async () => {
  const queries: readonly Readonly<Record<string, string>>[] = [MARCH, { filter: 'score>=9' }, { q: 'w', ...APRIL }];
  for (const query of queries) {
    const params = new URLSearchParams(query).toString();
    const { body } = await world.api(shop.secretKey).get(`/api/v1/people.csv?${params}`);
    const rows = String(body).trim().split('\n').slice(1);
    expect(rows.map((row) => row.split(',')[1])).toEqual((await asked(query)).items.map((p) => p.label));
  }
});

test('[PE17] what cannot be asked is refused by its name, and what one may not read', async () => {
  const api = world.api(shop.secretKey);
  for (const query of ['filter=nothing:1', 'filter=order.late', 'from=2026-04-01&to=2026-03-01', 'sort=name']) {
    expect((await api.get(`/api/v1/people?${query}`)).status, query).toBe(400);
  }
  const shy = await world.workspace({ scopes: ['people:read'] });
  expect((await world.api(shy.secretKey).get('/api/v1/people?filter=order.late:true')).status).toBe(403);
});

test('[PE18] sorted by what happened, in pages that neither repeat nor skip', async () => {
  for (const [sort, labels] of [
    ['-seen', ['fan', 'well', 'late']],
    ['seen', ['late', 'well', 'fan']],
    ['-orders', ['well', 'late', 'fan']],
    ['answers', ['well', 'late', 'fan']],
    ['-events', ['well', 'fan', 'late']],
  ] as const) {
    for (const limit of ['2']) {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await asked({ sort, limit, ...(cursor === '' ? {} : { cursor }) });
        seen.push(...page.items.map((p) => p.label));
        cursor = page.nextCursor;
      }
      expect(seen, `${sort} by ${limit}`).toEqual(labels);
    }
  }
  const found = await asked({ sort: '-seen', q: 'l', limit: '1' });
  expect(found).toMatchObject({ items: [{ label: 'late' }], nextCursor: null });
  const { nextCursor } = await asked({ sort: '-seen', limit: '1' });
  const other = await world.api(shop.secretKey).get(`/api/v1/people?sort=seen&cursor=${nextCursor ?? ''}`);
  expect(other.status).toBe(400);
});
