import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { comparison, contrasts, figures, home } from './contract.ts';
import { type Ask, PERIOD, openShop, same } from './test-support.ts';
import { ZONE, countedFor, day, expected, isLate, made } from './test-data/counted.ts';
import { METRIC_KEYS } from './vocabulary.ts';
import type { TestWorkspace, World } from '../../../test/support/world.ts';

let world: World;
let shop: TestWorkspace;
let ask: Ask;

beforeAll(async () => {
  ({ world, shop, ask } = await openShop());
});
afterAll(() => world.close());

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
      { field: 'order.payment_again', level: 'card', label: 'card' },
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

  test('[MT16] the levels of one property, each against the others, corrected for one another alone', async () => {
    const all = await ask(contrasts, `/metrics/rating/contrasts?${PERIOD}&limit=100`);
    const states = await ask(contrasts, `/metrics/rating/contrasts?${PERIOD}&by=person.state`);
    const same = all.items.filter((i) => i.field === 'person.state');
    expect(same.length).toBeGreaterThan(2);
    for (const item of same) {
      const own = states.items.find((i) => i.level === item.level);
      expect(own?.difference.value).toBeCloseTo(item.difference.value, 9);
      expect(own?.difference.pCorrected).toBeLessThanOrEqual(item.difference.pCorrected);
    }
    const smallest = Math.min(...states.items.map((i) => i.difference.p));
    const first = states.items.find((i) => i.difference.p === smallest);
    expect(first?.difference.pCorrected).toBeCloseTo(Math.min(1, smallest * states.compared), 9);
    const stages = await ask(contrasts, `/metrics/rating/contrasts?${PERIOD}&by=stage`);
    expect(stages.items.every((i) => i.field === 'stage' && i.figure.n >= 30 && i.rest.n >= 30)).toBe(true);
    expect((await ask(contrasts, `/metrics/orders/contrasts?${PERIOD}&by=channel`)).items).toEqual([]);
    const unknown = await world.api(shop.secretKey).get(`/api/v1/metrics/rating/contrasts?${PERIOD}&by=nonsense`);
    expect([unknown.status, unknown.body]).toMatchObject([400, { field: 'by' }]);
  });
});

describe('Home', () => {
  test('[MT12] tells of the score most people gave: every figure with its change, the journey, what goes with it, and only what is clear', async () => {
    const shape = home.extend({ from: z.string(), to: z.string() });
    const found = await ask(shape, `/metrics/home?${PERIOD}`);
    expect(found).toMatchObject({
      headline: 'rating',
      journey: 'overall_score',
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
    const change = found.figures.find((f) => f.metric === 'rating')?.change;
    expect(change).toMatchObject({ ...before.difference, verdict: change?.verdict });
    expect(change?.pCorrected).toBeGreaterThanOrEqual(before.difference?.p ?? 1);
    expect(found.series.reduce((sum, s) => sum + s.n, 0)).toBe(countedFor('rating').length);
    const [level] = found.findings.filter((f) => f.kind === 'level');
    const { reason: _, ...rating } = found.figures.find((f) => f.metric === 'rating')?.figure ?? { reason: null };
    expect(level?.figure).toEqual(rating);
    const told = found.findings.filter((f) => ['since', 'drift', 'steady', 'short'].includes(f.kind));
    expect(told.filter((f) => f.metric === 'rating')).toHaveLength(1);
    // Every figure's course is what its own page draws, of several in one statement.
    for (const { metric, course } of found.figures) {
      const own = await ask(figures, `/metrics/${metric}?${PERIOD}&interval=week`);
      const whole = own.series.filter((s) => !s.partial).map((s) => s.value);
      if (metric === 'overall_score') expect(course).toEqual([]);
      else expect(course, metric).toEqual(whole.map((v) => (v === null ? null : expect.closeTo(v, 9))));
      expect(own.findings.length > 0, metric).toBe(own.overall.low !== null);
    }
    const late = found.findings.filter((f) => f.subject?.field === 'order.late');
    expect(late).toMatchObject([{ kind: 'group', tone: 'worse', subject: { level: 'true' } }]);
    const [own] = late.map((f) => f.subject?.filter ?? '');
    const alone = await ask(figures, `/metrics/rating?${PERIOD}&filter=${encodeURIComponent(own ?? '')}`);
    expect(alone.overall).toMatchObject({ value: late[0]?.figure?.value, n: late[0]?.figure?.n });
    expect(found.findings[0]?.direction).toBe('lower');
    for (const f of found.findings) {
      expect(f.direction === 'unclear' || (f.change?.pCorrected ?? 1) < 0.05, f.kind).toBe(true);
    }
    // What is worse only where parcels are late is told with them, and not once more.
    const rest = await ask(contrasts, `/metrics/rating/contrasts?${PERIOD}&limit=100&filter=!order.late:true`);
    const clear = found.contrasts.filter((c) => c.gain > 0 && c.difference.verdict !== 'unclear');
    const groups = found.findings.filter((f) => f.kind === 'group');
    expect(groups.flatMap((f) => [f.subject, ...f.covers])).toHaveLength(clear.length);
    for (const { field, level } of late[0]?.covers ?? []) {
      expect(rest.items.find((c) => c.field === field && c.level === level)?.difference.verdict ?? 'unclear').toBe(
        'unclear',
      );
    }
    const stages = new Map(found.stages.map((s) => [s.key, s]));
    for (const key of ['stg_delivery', 'stg_use', '']) {
      same(
        stages.get(key),
        expected(
          'overall_score',
          countedFor('overall_score').filter((r) => r.answer?.stage === key),
        ),
        key,
      );
    }
    const unrated = found.stages.filter((s) => s.assumption);
    expect(unrated.length).toBeGreaterThan(3);
    expect(unrated.every((s) => s.value === null && s.label !== '')).toBe(true);
    expect(found.contrasts[0]).toMatchObject({ field: 'order.late' });
    const usual = await ask(shape, '/metrics/home?filter=channel:web');
    expect(usual.lineage?.filter).toBe('channel:web');
    expect(usual.to > (usual.extent?.to ?? '')).toBe(true);
    const none = await ask(shape, `/metrics/home?${PERIOD}&compare=none`);
    expect(none.figures.every((f) => f.change === null)).toBe(true);
    const year = await ask(shape, `/metrics/home?${PERIOD}&compare=year`);
    expect(year).toMatchObject({ compare: 'year', previous: { from: '2025-02-01', to: '2025-06-01' } });
  });
});
