import { bucketOf } from '@touchstone/domain/calendar';
import { differenceOf } from '@touchstone/domain/stats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allotIdentities } from '../../core/people/facade.ts';
import { pageOf } from '../../platform/kernel/contract.ts';
import { createKey } from '../../platform/workspaces/facade.ts';
import { type TestWorkspace, type World, openWorld } from '../../../test/support/world.ts';
import { comment, comparison, contrasts, fieldInfo, figures, home, metricInfo, metricRow } from './contract.ts';
import { definitionOf } from './registry.ts';
import {
  type Counted,
  ZONE,
  countedFor,
  day,
  expected,
  grouped,
  isLate,
  made,
  orderOf,
  sumsBy,
} from './test-data/counted.ts';
import { putShop } from './test-data/shop.ts';
import { METRIC_KEYS, type MetricKey } from './vocabulary.ts';

let world: World;
let shop: TestWorkspace;
const PERIOD = 'from=2026-02-01&to=2026-06-01';

beforeAll(async () => {
  world = await openWorld();
  shop = await world.workspace({ zone: ZONE });
  await putShop(world.house.facts, shop.id, made);
});
afterAll(() => world.close());

async function ask<T extends z.ZodType>(shape: T, path: string, key = shop.secretKey): Promise<z.infer<T>> {
  const answer = await world.api(key).get(`/api/v1${path}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return shape.parse(answer.body);
}

type Numbers = Readonly<Record<'value' | 'low' | 'high', number | null>> & {
  readonly n: number;
  readonly people: number;
};

function same(found: Numbers | undefined, wanted: Numbers, what: string): void {
  expect(found, what).toBeDefined();
  if (found === undefined) return;
  expect([found.n, found.people], what).toEqual([wanted.n, wanted.people]);
  for (const of of ['value', 'low', 'high'] as const) {
    const [a, b] = [found[of], wanted[of]];
    if (a === null || b === null) expect(a, `${what} ${of}`).toBe(b);
    else expect(a, `${what} ${of}`).toBeCloseTo(b, 9);
  }
}

const some = (keys: readonly string[]): readonly string[] => (keys.length === 0 ? [''] : keys);

describe('figures', () => {
  test.each(METRIC_KEYS)('[MT1] %s is what its rows say, with what was left out', async (key) => {
    const found = await ask(figures, `/metrics/${key}?${PERIOD}`);
    const rows = countedFor(key);
    expect(rows.length).toBeGreaterThan(50);
    same(found.overall, expected(key, rows), key);
    const { lineage } = found;
    expect(lineage).toMatchObject({
      metric: key,
      version: 1,
      zone: ZONE,
      filter: '',
      n: rows.length,
      confidence: 0.95,
    });
    expect(lineage.rows).toBe(lineage.n + lineage.excluded.reduce((sum, e) => sum + e.rows, 0));
  });

  test.each(['day', 'week', 'month', 'quarter'] as const)(
    '[MT2] by %s, in the days of the workspace',
    async (interval) => {
      for (const key of ['rating', 'late_rate', 'responses'] as const) {
        const found = await ask(figures, `/metrics/${key}?${PERIOD}&interval=${interval}`);
        const buckets = grouped(countedFor(key), (r) => [bucketOf(r.day, interval)]);
        const filled = found.series.filter((s) => s.n > 0);
        expect(filled.map((s) => s.at)).toEqual([...buckets.keys()].toSorted());
        for (const point of filled) same(point, expected(key, buckets.get(point.at) ?? []), `${key} ${point.at}`);
        const [first] = found.series;
        expect(first?.partial).toBe(first !== undefined && first.at < '2026-02-01');
      }
    },
  );

  const BY: readonly (readonly [string, (row: Counted) => readonly string[]])[] = [
    ['stage', (r) => [r.answer?.stage ?? '']],
    ['channel', (r) => [r.answer?.channel ?? '']],
    ['order.late', (r) => [String(isLate(r.order) ?? '')]],
    ['order.category', (r) => some(r.order?.categories ?? [])],
    ['order.payment_type', (r) => [r.order?.payment ?? '']],
    ['person.state', (r) => [made.states.get(Number(r.person.slice(1))) ?? '']],
    ['feedback.instrument', (r) => [r.answer?.instrument ?? '']],
  ];
  test.each(BY)('[MT3] by %s', async (by, keys) => {
    for (const key of [
      'rating',
      'responses',
      ...(by.startsWith('feedback') ? [] : (['late_rate'] as const)),
    ] as const) {
      if (key === 'late_rate' && (by === 'stage' || by === 'channel')) continue;
      const found = await ask(figures, `/metrics/${key}?${PERIOD}&by=${by}&interval=month`);
      const rows = countedFor(key);
      const groups = grouped(rows, keys);
      same(found.overall, expected(key, rows), key);
      expect(new Set(found.groups.map((g) => g.key))).toEqual(new Set(groups.keys()));
      for (const group of found.groups)
        same(group, expected(key, groups.get(group.key) ?? []), `${key} ${by} ${group.key}`);
      const months = grouped(rows, (r) => keys(r).map((k) => `${k} ${bucketOf(r.day, 'month')}`));
      for (const point of found.series.filter((s) => s.key !== null && s.n > 0)) {
        same(point, expected(key, months.get(`${point.key} ${point.at}`) ?? []), `${key} ${point.key} ${point.at}`);
      }
    }
  });

  test('[MT4] a filter narrows what is asked, whatever it asks about', async () => {
    const cases: readonly [string, MetricKey, (row: Counted) => boolean][] = [
      [
        'order.late:true;person.state:SP,RJ',
        'rating',
        (r) => isLate(r.order) === true && ['SP', 'RJ'].includes(made.states.get(Number(r.person.slice(1))) ?? ''),
      ],
      ['score<=2|stage:stg_use', 'rating', (r) => (r.answer?.score ?? 9) <= 2 || r.answer?.stage === 'stg_use'],
      ['!order.category:toys', 'late_rate', (r) => r.order?.categories.includes('toys') !== true],
      ['feedback.text?', 'late_rate', (r) => made.answers.some((a) => a.order === r.order?.id && a.text !== '')],
    ];
    for (const [filter, key, holds] of cases) {
      const found = await ask(figures, `/metrics/${key}?${PERIOD}&filter=${encodeURIComponent(filter)}`);
      const rows = countedFor(key).filter(holds);
      expect(rows.length).toBeGreaterThan(20);
      same(found.overall, expected(key, rows), filter);
      expect(found.lineage.filter).toBe(filter);
    }
    const wrong = await world.api(shop.secretKey).get(`/api/v1/metrics/rating?${PERIOD}&filter=nonsense:1`);
    expect([wrong.status, wrong.body]).toMatchObject([400, { field: 'filter' }]);
    const worse = await world.api(shop.secretKey).get(`/api/v1/metrics/rating?${PERIOD}&by=nonsense`);
    expect([worse.status, worse.body]).toMatchObject([400, { field: 'by' }]);
    // Names that JavaScript knows are properties like any other.
    for (const by of ['feedback.constructor', 'order.valueOf']) {
      const nobody = await ask(figures, `/metrics/rating?${PERIOD}&by=${by}`);
      expect(nobody.groups.map((g) => g.key)).toEqual(['']);
    }
  });

  test('[MT5] two groups or periods differ by what their people say, with an interval and a verdict', async () => {
    const split = (key: MetricKey, first: (r: Counted) => boolean, second: (r: Counted) => boolean) => {
      const [a, b] = [countedFor(key).filter(first), countedFor(key).filter(second)];
      const both = [...new Set(a.map((r) => r.person))].filter((p) => b.some((r) => r.person === p));
      const [of, other] = [grouped(a, (r) => [r.person]), grouped(b, (r) => [r.person])];
      const cross = { xx: 0, xn: 0, nx: 0, nn: 0 };
      for (const person of both) {
        const [x, y] = [sumsBy(of.get(person) ?? []), sumsBy(other.get(person) ?? [])];
        cross.xx += x.x * y.x;
        cross.xn += x.x * y.n;
        cross.nx += x.n * y.x;
        cross.nn += x.n * y.n;
      }
      expect(cross.nn).toBeGreaterThan(0);
      const { measure } = definitionOf(key);
      return measure === null ? undefined : differenceOf(sumsBy(a), sumsBy(b), measure, cross);
    };
    const late = await ask(
      comparison,
      `/metrics/rating/compare?${PERIOD}&filter=order.late:true&againstFilter=order.late:false`,
    );
    const wanted = split(
      'rating',
      (r) => isLate(r.order) === true,
      (r) => isLate(r.order) === false,
    );
    for (const of of ['value', 'low', 'high'] as const) expect(late.difference?.[of]).toBeCloseTo(wanted?.[of] ?? 0, 9);
    expect(late.difference?.verdict).toBe('lower');
    const before = await ask(comparison, '/metrics/late_rate/compare?from=2026-04-01&to=2026-06-01');
    const periods = split(
      'late_rate',
      (r) => r.day >= '2026-04-01',
      (r) => r.day < '2026-04-01',
    );
    expect(before.against).toMatchObject({ from: '2026-02-01', to: '2026-04-01' });
    for (const of of ['value', 'low', 'high'] as const)
      expect(before.difference?.[of]).toBeCloseTo(periods?.[of] ?? 0, 9);
    const rest = await ask(comparison, `/metrics/rating/compare?${PERIOD}&filter=person.state:SP&againstFilter=rest`);
    expect(rest.first.n + rest.second.n).toBe(countedFor('rating').length);
    const counts = await ask(comparison, `/metrics/orders/compare?${PERIOD}`);
    expect(counts.difference).toBeNull();
  });
});

describe('contrasts', () => {
  test('[MT6] what goes with a metric is found in the data, each thing once, corrected for one another', async () => {
    const found = await ask(contrasts, `/metrics/rating/contrasts?${PERIOD}&limit=100`);
    const [first] = found.items;
    expect(first).toMatchObject({ field: 'order.late', level: 'true', difference: { verdict: 'lower' } });
    const rows = countedFor('rating');
    const known = rows.filter((r) => isLate(r.order) !== null);
    if (first !== undefined) {
      same(
        first.figure,
        expected(
          'rating',
          known.filter((r) => isLate(r.order) === true),
        ),
        'late',
      );
      same(
        first.rest,
        expected(
          'rating',
          known.filter((r) => isLate(r.order) === false),
        ),
        'in time',
      );
    }
    const direct = await ask(
      comparison,
      `/metrics/rating/compare?${PERIOD}&filter=order.late:true&againstFilter=order.late:false`,
    );
    for (const of of ['value', 'low', 'high', 'p'] as const) {
      expect(first?.difference[of]).toBeCloseTo(direct.difference?.[of] ?? 0, 6);
    }
    const fields = found.items.map((i) => i.field);
    expect(fields.filter((f) => f === 'order.late')).toHaveLength(1);
    expect(fields).toContain('person.state');
    expect(fields).not.toContain('order.number');
    // The same rows under another name are no second finding.
    expect(fields).not.toContain('order.payment_again');
    expect(found.items.find((i) => i.level === 'card')?.alsoKnownAs).toEqual([
      { field: 'order.payment_again', level: 'card' },
    ]);
    const toys = found.items.find((i) => i.field === 'order.category' && i.level === 'toys');
    const withCategory = rows.filter((r) => (r.order?.categories ?? []).length > 0);
    if (toys !== undefined)
      same(
        toys.rest,
        expected(
          'rating',
          withCategory.filter((r) => r.order?.categories.includes('toys') !== true),
        ),
        'no toys',
      );
    for (const item of found.items) {
      expect(item.difference.pCorrected).toBeGreaterThanOrEqual(item.difference.p);
      expect(item.difference.verdict === 'unclear').toBe(item.difference.pCorrected >= 0.05);
    }
    expect(found.compared).toBe(found.items.length);
    const lateRate = await ask(contrasts, `/metrics/late_rate/contrasts?${PERIOD}`);
    expect(lateRate.items[0]).toMatchObject({ field: 'person.state', level: 'AM', difference: { verdict: 'higher' } });
    expect(lateRate.items.map((i) => i.field)).not.toContain('order.late');
  });
});

describe('what may be seen', () => {
  test('[MT7] figures of fewer than 5 people are hidden from who may not see people, and few answers are marked', async () => {
    const viewer = await world.workspace({ zone: 'UTC', scopes: ['metrics:read'] });
    const few = {
      ...made,
      answers: made.answers.filter((a) => a.instrument === 'rating' && a.score !== null && a.score < 9).slice(0, 12),
    };
    const cut = few.answers.map((a, i) => ({
      ...a,
      person: i < 4 ? 1 + (i % 2) : 10 + i,
      stage: i < 4 ? 'stg_a' : 'stg_b',
    }));
    await putShop(world.house.facts, viewer.id, { orders: [], answers: cut, states: new Map() });
    const all = 'from=2025-01-01&to=2027-01-01';
    const found = await ask(figures, `/metrics/rating?${all}&by=stage&interval=quarter`, viewer.secretKey);
    expect(found.groups.map((g) => [g.key, g.n, g.few])).toEqual([['stg_b', 8, true]]);
    expect(found.otherGroups).toBe(1);
    const hidden = await ask(figures, `/metrics/rating?${all}&filter=stage:stg_a`, viewer.secretKey);
    expect([hidden.overall, hidden.lineage.n]).toMatchObject([{ value: null, reason: 'hidden', n: 0, people: 0 }, 0]);
    const { items } = await ask(z.object({ items: z.array(fieldInfo) }), '/metrics/fields', viewer.secretKey);
    expect(items.find((i) => i.field === 'stage')?.levels.map((l) => l.key)).toEqual(['stg_b']);
    const refused = await world.api(viewer.secretKey).get(`/api/v1/metrics/rating/rows?${all}`);
    expect(refused.status).toBe(403);
    expect((await world.api(viewer.secretKey).get('/api/v1/comments')).status).toBe(403);
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
});

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
    expect(of('order.late')).toMatchObject({ of: 'order', kind: 'boolean' });
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
});

describe('Home', () => {
  test('[MT12] tells of the score most people gave: every figure with its change, the journey, what goes with it, and only what is clear', async () => {
    const found = await ask(home.extend({ from: z.string(), to: z.string() }), `/metrics/home?${PERIOD}`);
    expect(found).toMatchObject({
      headline: 'rating',
      from: '2026-02-01',
      to: '2026-06-01',
      interval: 'week',
      zone: ZONE,
    });
    const days = [...made.orders.map((o) => day(o.placedMs)), ...made.answers.map((a) => day(a.atMs))].toSorted();
    const last =
      made.orders
        .map((o) => day(o.deliveredMs ?? o.placedMs))
        .toSorted()
        .at(-1) ?? '';
    expect(found.extent).toEqual({ from: days[0], to: [days.at(-1) ?? '', last].toSorted().at(-1) });
    expect(found.figures.map((f) => f.metric)).toEqual([...METRIC_KEYS]);
    for (const { metric, figure } of found.figures) same(figure, expected(metric, countedFor(metric)), metric);
    const before = await ask(comparison, `/metrics/rating/compare?${PERIOD}`);
    expect(found.figures.find((f) => f.metric === 'rating')?.change).toEqual(before.difference);
    expect(found.series.reduce((sum, s) => sum + s.n, 0)).toBe(countedFor('rating').length);
    const kinds = found.findings.map((f) => f.kind);
    expect(kinds[0]).toBe('level');
    expect(found.findings.find((f) => f.kind === 'goesWith')?.values).toMatchObject({
      name: 'order.late',
      label: 'true',
    });
    const stages = new Map(found.stages.map((s) => [s.key, s]));
    for (const key of ['stg_delivery', 'stg_use', '']) {
      same(
        stages.get(key),
        expected(
          'rating',
          countedFor('rating').filter((r) => r.answer?.stage === key),
        ),
        key,
      );
    }
    const unrated = found.stages.filter((s) => s.assumption);
    expect(unrated.length).toBeGreaterThan(3);
    expect(unrated.every((s) => s.value === null && s.label !== '')).toBe(true);
    expect(found.contrasts[0]).toMatchObject({ field: 'order.late' });
    const usual = await ask(home.extend({ from: z.string(), to: z.string() }), '/metrics/home?filter=channel:web');
    expect(usual.lineage?.filter).toBe('channel:web');
    expect(usual.to > (usual.extent?.to ?? '')).toBe(true);
  });
});
