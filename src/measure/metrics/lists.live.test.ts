import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { putFeedback } from '../../core/feedback/facade.ts';
import { allotIdentities } from '../../core/people/facade.ts';
import { pageOf } from '../../platform/kernel/contract.ts';
import { comment, extent, fieldInfo, metricInfo, metricRow, outside } from './contract.ts';
import { type Ask, PERIOD, openShop } from './test-support.ts';
import { ZONE, countedFor, isLate, made, orderOf } from './test-data/counted.ts';
import { putShop } from './test-data/shop.ts';
import { METRIC_KEYS } from './vocabulary.ts';
import type { TestWorkspace, World } from '../../../test/support/world.ts';

let world: World;
let shop: TestWorkspace;
let ask: Ask;

beforeAll(async () => {
  ({ world, shop, ask } = await openShop());
});
afterAll(() => world.close());

describe('lists', () => {
  test('[MT9] the rows behind a figure are those that make it', async () => {
    const values: number[] = [];
    let cursor = '';
    do {
      const page = await ask(
        pageOf(metricRow),
        `/metrics/rating/rows?${PERIOD}&filter=order.late:true&limit=20${cursor}`,
      );
      values.push(...page.items.map((i) => i.value ?? Number.NaN));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    const rows = countedFor('rating').filter((r) => isLate(r.order) === true);
    expect(values.toSorted()).toEqual(rows.map((r) => r.value).toSorted());
  });

  test('[MT10] comments are found by words, filter and period, with who wrote them and what came late', async () => {
    const shape = pageOf(comment).extend({ total: z.number() });
    const written = made.answers.filter((a) => a.text !== '');
    const ids: string[] = [];
    let cursor = '';
    do {
      const page = await ask(shape, `/comments?limit=100${cursor}`);
      expect(page.total).toBe(written.length);
      ids.push(...page.items.map((i) => i.id));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    const newestFirst = written.toSorted((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
    expect(ids).toEqual(newestFirst.map((a) => a.id));
    const found = await ask(
      shape,
      `/comments?search=${encodeURIComponent('sad CAME')}&filter=order.late:true&limit=200`,
    );
    const wanted = written.filter((a) => a.text === 'Came late, SAD' && isLate(orderOf.get(a.order)) === true);
    expect(found.total).toBe(wanted.length);
    expect(found.items.every((i) => i.late === true && i.text === 'Came late, SAD')).toBe(true);
    expect((await ask(shape, `/comments?search=${encodeURIComponent('100%')}`)).total).toBe(
      written.filter((a) => a.text.includes('100%')).length,
    );
    const stars = found.items.find((i) => i.instrument === 'rating' && i.score !== null && i.score < 6);
    expect(stars?.mood).toBe(
      stars === undefined ? undefined : Number(stars.score) >= 4 ? 'high' : Number(stars.score) < 3 ? 'low' : 'middle',
    );
    const said = { ...made.answers[0], atMs: Date.UTC(2026, 2, 3), text: 'Ada was here', response: '' };
    const other = await world.workspace({ zone: 'UTC' });
    const keys = [{ kind: 'user', value: 'ada', at: '2026-03-03T00:00:00.000Z' } as const];
    const person = (await allotIdentities(world.house, other.id, keys, 'http')).get('user\nada') ?? 0;
    const answers = made.answers.slice(0, 1).map((a) => ({ ...a, ...said, person }));
    await putShop(world.house.facts, other.id, { orders: [], answers, states: new Map() });
    const named = await ask(shape, '/comments?search=ada', other.secretKey);
    expect(named.items).toMatchObject([{ text: 'Ada was here', late: null, person: { label: 'ada' } }]);
    const wrong = await world.api(shop.secretKey).get('/api/v1/comments?cursor=nonsense');
    expect([wrong.status, wrong.body]).toMatchObject([400, { field: 'cursor' }]);
  });

  test('[MT11] the metrics and the properties one may ask about are listed', async () => {
    const { items } = await ask(z.object({ items: z.array(metricInfo) }), '/metrics');
    expect(items.map((i) => i.key)).toEqual([...METRIC_KEYS]);
    const { items: fields } = await ask(z.object({ items: z.array(fieldInfo) }), '/metrics/fields');
    const of = (field: string) => fields.find((f) => f.field === field);
    expect(of('order.late')).toMatchObject({ of: 'order', kind: 'boolean', groups: true });
    // What each has alone makes no groups.
    expect(of('order.number')).toMatchObject({ groups: false, levels: [] });
    expect(of('order.category')?.kind).toBe('list');
    expect(
      of('order.payment_type')
        ?.levels.map((l) => l.key)
        .toSorted(),
    ).toEqual(['card', 'cash', 'voucher']);
    expect(
      of('person.state')
        ?.levels.map((l) => l.key)
        .toSorted(),
    ).toEqual(['AM', 'RJ', 'SP']);
    expect(of('channel')).toMatchObject({ of: 'fact', name: 'channel' });
  });

  test('[MT3] [MT11] a survey among the levels is called by its name', async () => {
    const own = await world.workspace({ zone: 'UTC' });
    const title = { en: 'Your parcel' };
    const question = { id: 'q', kind: 'rating', from: 1, to: 5, title };
    const pages = [{ id: 'p', questions: [question] }];
    const document = { format: 1, languages: ['en'], title, pages, endings: [{ id: 'e', title }] };
    const api = world.api(own.secretKey);
    const { id } = z.object({ id: z.string() }).parse((await api.post('/api/v1/surveys', { name: 'After delivery', document })).body); // prettier-ignore
    const answers = [4, 5].map((score, n) => ({ key: `k${n}`, at: '2026-03-03 10:00:00.000', source: 'survey' as const, instrument: 'rating', score, choices: [], surveyId: n === 0 ? id : 'elsewhere' })); // prettier-ignore
    await putFeedback(world.house, own, answers, { origin: 'survey', token: `named:${own.id}` });
    const { items } = await ask(z.object({ items: z.array(fieldInfo) }), '/metrics/fields', own.secretKey);
    const labels = items.find((f) => f.field === 'feedback.survey_id')?.levels.map((l) => l.label);
    expect(labels?.toSorted()).toEqual(['After delivery', 'elsewhere']);
    const { groups } = await ask(z.object({ groups: z.array(z.object({ key: z.string(), label: z.string() })) }), `/metrics/rating?${PERIOD}&by=feedback.survey_id`, own.secretKey); // prettier-ignore
    expect(groups.find((g) => g.key === id)?.label).toBe('After delivery');
  });

  test('[MT14] one answer of years ago does not stretch all time, and is told', async () => {
    const old = await world.workspace({ zone: ZONE });
    const stray = made.answers.slice(0, 1).map((a) => ({ ...a, id: randomUUID(), atMs: Date.UTC(1999, 4, 4, 12) }));
    await putShop(world.house.facts, old.id, { ...made, answers: [...made.answers, ...stray] });
    const shape = z.object({ extent, outside: outside.nullable(), zone: z.string() });
    const [usual, found] = await Promise.all([
      ask(shape, '/metrics/extent'),
      ask(shape, '/metrics/extent', old.secretKey),
    ]);
    expect(usual.outside).toBeNull();
    expect(found).toEqual({
      ...usual,
      outside: { facts: 1, from: '1999-05-04', to: usual.extent.to },
    });
  });
});
