import { addDays } from '@touchstone/domain/calendar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../platform/kernel/contract.ts';
import { createKey } from '../../platform/workspaces/facade.ts';
import { comment, comparison, extent, fieldInfo, figures, home } from './contract.ts';
import { type Ask, openShop } from './test-support.ts';
import { made } from './test-data/counted.ts';
import { putShop } from './test-data/shop.ts';
import type { TestWorkspace, World } from '../../../test/support/world.ts';

let world: World;
let ask: Ask;

beforeAll(async () => {
  ({ world, ask } = await openShop());
});
afterAll(() => world.close());

const FIRST_QUARTER = [0, 4, 10];
const SECOND_QUARTER = [1, 5, 6, 11, 12];

/** Ratings of three stages: four answers of two people, six of six, seven of seven; 3, 5 and 9 in quarters of a year. */
async function putFew(place: TestWorkspace): Promise<string> {
  const ratings = made.answers.filter((a) => a.instrument === 'rating' && a.score !== null && a.score < 9);
  const cut = ratings.slice(0, 17).map((a, i) => ({
    ...a,
    person: i < 4 ? 1 + (i % 2) : 10 + i,
    stage: i < 4 ? 'stg_a' : i < 10 ? 'stg_b' : 'stg_c',
    atMs: Date.UTC(2026, FIRST_QUARTER.includes(i) ? 1 : SECOND_QUARTER.includes(i) ? 4 : 7, 1 + i),
  }));
  await putShop(world.house.facts, place.id, { orders: [], answers: cut, states: new Map() });
  return 'from=2026-01-01&to=2027-01-01';
}

describe('what may be seen', () => {
  test('[MT7] figures of fewer than 5 people are hidden from who may not see people, and few answers are marked', async () => {
    const viewer = await world.workspace({ zone: 'UTC', scopes: ['metrics:read'] });
    const all = await putFew(viewer);
    const found = await ask(figures, `/metrics/rating?${all}&by=stage`, viewer.secretKey);
    expect(found.overall).toMatchObject({ n: 17, few: true });
    expect(found.groups.map((g) => g.key)).not.toContain('stg_a');
    const hidden = await ask(figures, `/metrics/rating?${all}&filter=stage:stg_a`, viewer.secretKey);
    expect([hidden.overall, hidden.lineage.n]).toMatchObject([{ value: null, reason: 'hidden', n: 0, people: 0 }, 0]);
    const { items } = await ask(z.object({ items: z.array(fieldInfo) }), '/metrics/fields', viewer.secretKey);
    expect(items.find((i) => i.field === 'stage')?.levels.map((l) => l.key)).toEqual(['stg_c', 'stg_b']);
    const refused = await world.api(viewer.secretKey).get(`/api/v1/metrics/rating/rows?${all}`);
    expect(refused.status).toBe(403);
    expect((await world.api(viewer.secretKey).get('/api/v1/comments')).status).toBe(403);
  });

  test('[MT13] what is hidden cannot be worked out of the other groups and the whole', async () => {
    const viewer = await world.workspace({ zone: 'UTC', scopes: ['metrics:read'] });
    const all = await putFew(viewer);
    const path = `/metrics/rating?${all}&by=stage&interval=quarter`;
    const found = await ask(figures, path, viewer.secretKey);
    // Four answers of two people, six of six, seven of seven: with the first the second has to go.
    expect(found.groups.map((g) => [g.key, g.n])).toEqual([['stg_c', 7]]);
    expect(found.otherGroups).toBe(2);
    const told = (key: string | null) =>
      found.series.filter((s) => s.key === key && (s.n > 0 || s.reason === 'hidden'));
    expect(told(null).map((s) => [s.at, s.n])).toEqual([
      ['2026-01-01', 0],
      ['2026-04-01', 0],
      ['2026-07-01', 9],
    ]);
    expect(told('stg_c').map((s) => s.n)).toEqual([0, 0, 0]);
    const seeing = await createKey(
      world.house,
      viewer.id,
      { kind: 'secret', name: 'Sees', scopes: ['metrics:read', 'people:read'] },
      'a test',
    );
    const whole = await ask(figures, path, seeing.key);
    expect(whole.groups.map((g) => [g.key, g.n])).toEqual([
      ['stg_c', 7],
      ['stg_b', 6],
      ['stg_a', 4],
    ]);
    expect(whole.series.filter((s) => s.key === null && s.n > 0).map((s) => s.n)).toEqual([3, 5, 9]);
  });

  test('[MT7] who may read comments and no people is not told who wrote them', async () => {
    const place = await world.workspace();
    const { key } = await createKey(
      world.house,
      place.id,
      { kind: 'secret', name: 'Words', scopes: ['comments:read'] },
      'a test',
    );
    const at = { timestamp: new Date(world.house.clock.now().getTime() - 60_000).toISOString(), userId: 'ada' };
    const said = { type: 'track', event: 'Review Submitted', messageId: '1', properties: { rating: 2, text: 'Late' } };
    const sent = await world.app.request('/v1/batch', {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${place.writeKey}:`).toString('base64')}` },
      body: JSON.stringify({ batch: [{ ...said, ...at }] }),
    });
    expect(sent.status).toBe(200);
    await world.drain();
    const shape = pageOf(comment);
    expect((await ask(shape, '/comments', place.secretKey)).items).toMatchObject([{ person: { label: 'ada' } }]);
    expect((await ask(shape, '/comments', key)).items).toMatchObject([{ text: 'Late', person: null }]);
  });

  test('[MT8] a share of nothing ever loaded is not zero but unknown', async () => {
    const fresh = await world.workspace({ zone: 'UTC' });
    const orders = made.orders.map((o) => ({ ...o, returnedMs: null }));
    const nothing = await ask(home, '/metrics/home', fresh.secretKey);
    expect(nothing).toMatchObject({ extent: null, headline: null, findings: [], lineage: null });
    await putShop(world.house.facts, fresh.id, { orders, answers: [], states: new Map() });
    const all = 'from=2025-01-01&to=2027-01-01';
    const found = await ask(figures, `/metrics/return_rate?${all}`, fresh.secretKey);
    expect(found.overall).toMatchObject({ value: null, reason: 'nothing-known' });
    const rating = await ask(figures, `/metrics/rating?${all}`, fresh.secretKey);
    expect(rating.overall).toMatchObject({ value: null, reason: 'no-answers', n: 0 });
  });

  test('[MT8] what may still come back is compared with no other period', async () => {
    const known = await ask(z.object({ extent }), '/metrics/extent');
    const before = (key: string, to: string) =>
      ask(comparison, `/metrics/${key}/compare?from=${addDays(to, -60)}&to=${to}`);
    const [last, ripe] = [addDays(known.extent.to, 1), addDays(known.extent.to, -29)];
    expect((await before('return_rate', last)).difference).toBeNull();
    expect((await before('return_rate', ripe)).difference).not.toBeNull();
    expect((await before('late_rate', last)).difference).not.toBeNull();
  });
});
