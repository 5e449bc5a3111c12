import { bucketOf } from '@touchstone/domain/calendar';
import { differenceOf, intervalOf, sumsOf } from '@touchstone/domain/stats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparison, distribution, figures } from './contract.ts';
import { definitionOf } from './registry.ts';
import { type Ask, PERIOD, openShop, same } from './test-support.ts';
import {
  type Counted,
  ZONE,
  countedFor,
  expected,
  grouped,
  isLate,
  made,
  sumsBy,
  wholeOf,
} from './test-data/counted.ts';
import { METRIC_KEYS, type MetricKey } from './vocabulary.ts';
import { putFeedback } from '../../core/feedback/facade.ts';
import type { TestWorkspace, World } from '../../../test/support/world.ts';

let world: World;
let shop: TestWorkspace;
let ask: Ask;

beforeAll(async () => {
  ({ world, shop, ask } = await openShop());
});
afterAll(() => world.close());

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
    ['touchpoint', (r) => [r.answer?.touchpoint ?? '']],
    ['event.device', (r) => [r.answer?.device ?? '']],
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
      if (key === 'late_rate' && ['touchpoint', 'stage', 'channel'].includes(by)) continue;
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

  test('[MT2] more buckets than anybody reads are refused in words, and so is what would come in part', async () => {
    const all = 'from=1980-01-01&to=2030-01-01';
    const long = await world.api(shop.secretKey).get(`/api/v1/metrics/rating?${all}&interval=day`);
    expect([long.status, long.body]).toMatchObject([
      400,
      { field: 'interval', mend: 'Choose week, or a shorter period.' },
    ]);
    expect((await ask(figures, `/metrics/rating?${all}&interval=week`)).series.length).toBeGreaterThan(2_600);
    const grouped = await world.api(shop.secretKey).get(`/api/v1/metrics/rating?${all}&interval=week&by=stage`);
    expect([grouped.status, grouped.body]).toMatchObject([400, { field: 'interval' }]);
    const path = `/api/v1/metrics/rating/compare?${PERIOD}&filter=stage:stg_use&againstFilter=nonsense:1`;
    const other = await world.api(shop.secretKey).get(path);
    expect([other.status, other.body]).toMatchObject([400, { field: 'againstFilter' }]);
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

  test.each(['nps', 'csat', 'csat_mean', 'ces', 'rating'] as const)(
    '[MT17] the answers of %s fall to scores that add up to it',
    async (key) => {
      const [found, whole] = await Promise.all([
        ask(distribution, `/metrics/${key}/distribution?${PERIOD}&filter=channel:web`),
        ask(figures, `/metrics/${key}?${PERIOD}&filter=channel:web`),
      ]);
      const rows = countedFor(key).filter((r) => r.answer?.channel === 'web');
      const people = grouped(rows, (r) => [r.person]);
      expect(rows.length).toBeGreaterThan(20);
      const scores = found.scores.map((s) => s.from);
      const { low, high } = definitionOf(key).instrument === 'nps' ? { low: 0, high: 10 } : { low: 1, high: key === 'ces' ? 7 : 5 }; // prettier-ignore
      expect([scores[0], scores.at(-1), scores.length]).toEqual([low, high, high - low + 1]);
      for (const part of [...found.moods, ...found.scores]) {
        const inside = (r: Counted): boolean => part.from <= wholeOf(r) && wholeOf(r) <= part.to;
        const own = rows.filter(inside);
        const shares = [...people.values()].map((all) => [all.length, all.filter(inside).length] as const);
        const interval = intervalOf(sumsOf(shares), { kind: 'share' });
        const what = `${key} ${part.from} to ${part.to}`;
        expect([part.n, part.people], what).toEqual([
          own.length,
          new Set(own.map((r) => r.person).filter((p) => p.startsWith('p'))).size,
        ]);
        expect(part.share, what).toBeCloseTo(own.length / rows.length, 12);
        expect([part.low, part.high].map((v) => v.toFixed(9)), what).toEqual([interval?.low, interval?.high].map((v) => v?.toFixed(9))); // prettier-ignore
      }
      const { overall, lineage } = whole;
      expect([found.n, found.people, found.lineage]).toEqual([overall.n, overall.people, lineage]);
      const [worst, , best] = found.moods.map((m) => m.share);
      if (key === 'nps') expect(100 * ((best ?? 0) - (worst ?? 0))).toBeCloseTo(overall.value ?? 0, 9);
      if (key === 'csat') expect(best).toBeCloseTo(overall.value ?? 0, 12);
    },
  );

  test('[MT17] what is no score falls to none, and is refused in words', async () => {
    const refused = await world.api(shop.secretKey).get(`/api/v1/metrics/orders/distribution?${PERIOD}`);
    expect([refused.status, refused.body]).toMatchObject([400, { field: 'key' }]);
    const nobody = await ask(distribution, '/metrics/nps/distribution?from=2001-01-01&to=2001-02-01');
    expect(nobody).toMatchObject({ n: 0, reason: 'no-answers', moods: [], scores: [] });
  });

  test('[MT1, MT5] an answer on a scale without a width is left out, alone and in comparisons', async () => {
    const odd = await world.workspace();
    const answer = { at: '2026-04-10 10:00:00.000', source: 'review', instrument: 'rating', score: 5 } as const;
    const answers = [
      { ...answer, key: 'usual' },
      { ...answer, key: 'odd', scaleMin: 5, scaleMax: 5 },
      { ...answer, key: 'before', at: '2026-03-10 10:00:00.000', scaleMin: 1, scaleMax: 1 },
    ];
    await putFeedback(world.house, odd, answers, { origin: 'http', token: 'odd' });
    const period = 'from=2026-04-01&to=2026-05-01';
    const alone = await ask(figures, `/metrics/rating?${period}`, odd.secretKey);
    expect(alone.overall).toMatchObject({ n: 1, value: 5 });
    const found = await ask(comparison, `/metrics/rating/compare?${period}`, odd.secretKey);
    expect(found.first).toMatchObject({ n: 1, value: 5 });
    expect(found.lineage.excluded).toEqual([{ reason: 'other-scale', rows: 1 }]);
    expect([found.second.n, found.against.excluded]).toEqual([0, [{ reason: 'other-scale', rows: 1 }]]);
  });
});
