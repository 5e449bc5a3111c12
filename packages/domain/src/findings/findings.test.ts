import { describe, expect, test } from 'vitest';
import { type Random, chance, integer, normal, seeded } from '../random/index.ts';
import { type ChangeFact, type FindingInput, type MetricFact, type PartFact, changesOf, findingsOf } from './index.ts';

const figure = { value: 3.9, low: 3.8, high: 4, n: 400, people: 380, few: false };
const other = { value: 4.1, low: 4, high: 4.2, n: 410, people: 400, few: false };
const change = (value: number, p: number, half = 0.1): ChangeFact => ({
  value,
  low: value - half,
  high: value + half,
  p,
});
const metric = (key: string, of: ChangeFact | null, higherIsBetter: boolean | null = true): MetricFact => ({
  metric: key,
  higherIsBetter,
  figure,
  other,
  change: of,
});
const part = (level: string, value: number, pCorrected: number, share = 0.1): PartFact => ({
  kind: level.startsWith('stg') ? 'stage' : 'group',
  subject: { field: 'order.state', level, label: level.toUpperCase(), filter: `order.state:${level}` },
  figure,
  rest: other,
  change: { ...change(value, pCorrected / 2), pCorrected },
  among: 20,
  share,
});
const step = (value: number, shape: 'step' | 'drift' = 'step') => ({
  p: 0.001,
  places: 20,
  change: {
    shape,
    since: { at: '2026-03-02', earliest: '2026-02-23', latest: '2026-03-15' },
    before: { ...other, n: 300 },
    after: { ...figure, n: 100 },
    value,
    low: value - 0.1,
    high: value + 0.1,
  },
});
const input: FindingInput = {
  headline: 'rating',
  metrics: [metric('rating', null)],
  course: { p: 0.4, places: 20, change: null },
  parts: [],
};
const told = (changed: Partial<FindingInput>): string[] =>
  findingsOf({ ...input, ...changed }).map((f) => [f.kind, f.subject?.level ?? f.metric, f.tone].join(' '));

describe('what is said', () => {
  test('[FI1] nothing to say', () => {
    const none = { ...figure, value: null, low: null, high: null, n: 0 };
    const metrics = [{ ...metric('rating', null), figure: none }];
    expect(told({ metrics, parts: [part('sp', -1, 0)] })).toEqual(['nothing rating neither']);
    expect(told({ metrics: [] })).toEqual(['nothing rating neither']);
  });

  test('[FI2] the level, with its interval', () => {
    expect(findingsOf(input)[0]).toMatchObject({ kind: 'level', metric: 'rating', figure });
    const few = { ...figure, few: true, low: null, high: null };
    expect(findingsOf({ ...input, metrics: [{ ...metric('rating', null), figure: few }] })[0]?.figure).toEqual(few);
  });

  test('[FI3] changes are corrected for one another; the headline is told of either way', () => {
    const metrics = [
      metric('late_rate', change(0.03, 0.001), false),
      metric('rating', change(-0.2, 0.03)),
      metric('orders', null, null),
      metric('nps', change(2, 0.04)),
    ];
    expect(changesOf(metrics).map((c) => [c.metric, c.direction, c.change?.pCorrected, c.among])).toEqual([
      ['late_rate', 'higher', 0.003, 3],
      ['rating', 'unclear', 0.06, 3],
      ['nps', 'unclear', 0.06, 3],
    ]);
    expect(told({ metrics })).toEqual([
      'level rating neither',
      'steady rating neither',
      'change rating neither',
      'change late_rate worse',
    ]);
    expect(told({ metrics: [metric('rating', change(-0.2, 0.03))] })[0]).toBe('change rating worse');
    expect(told({ metrics: [metric('rating', change(0.2, 0.03))] })[0]).toBe('change rating better');
  });

  test('[FI4] only what is clearly worse, most to gain first', () => {
    const parts = [
      part('small', -2, 0.001, 0.01),
      part('stg_delivery', -0.5, 0.001, 0.3),
      part('large', -0.2, 0.01, 0.5),
      part('unclear', -3, 0.06, 0.5),
      part('better', 2, 0.001, 0.5),
    ];
    const found = findingsOf({ ...input, parts });
    expect(found.flatMap((f) => f.subject?.level ?? [])).toEqual(['stg_delivery', 'large', 'small']);
    expect(found.find((f) => f.subject?.level === 'small')).toMatchObject({ gain: 0.02, figure, other, among: 20 });
    const lessIsBetter = { headline: 'days', metrics: [metric('days', null, false)], parts };
    expect(findingsOf({ ...input, ...lessIsBetter }).flatMap((f) => f.subject?.level ?? [])).toEqual(['better']);
  });

  test('[FI5] since when, a drift, steady, too short', () => {
    expect(findingsOf({ ...input, course: step(-0.3) })[0]).toMatchObject({
      kind: 'since',
      direction: 'lower',
      tone: 'worse',
      since: { at: '2026-03-02' },
      gain: -0.3 * 0.75,
      among: 20,
    });
    expect(findingsOf({ ...input, course: step(-0.3, 'drift') })[0]).toMatchObject({ kind: 'drift', since: null });
    expect(told({})).toContain('steady rating neither');
    expect(told({ course: undefined })).toContain('short rating neither');
  });

  test('[FI6] what moves the score most comes first, news before what is as large', () => {
    const late = part('late', -2, 0.001, 0.1);
    expect(told({ parts: [late], course: step(-0.3) })[0]).toBe('since rating worse');
    expect(told({ parts: [late], course: step(-0.2) })[0]).toBe('group late worse');
    const quarter = part('quarter', -0.5, 0.001, 0.5);
    expect(told({ parts: [quarter], metrics: [metric('rating', change(-0.25, 0.001))] })[0]).toBe(
      'change rating worse',
    );
    expect(told({ metrics: [metric('rating', null), metric('nps', change(50, 0.001))] })[0]).toBe(
      'level rating neither',
    );
  });
});

test('[FI7] whatever the figures, nothing is claimed that is not carried, nor said twice', () => {
  const random = seeded('findings');
  for (let i = 0; i < 500; i++) {
    const drawn = anyInput(random);
    const found = findingsOf(drawn);
    expect(findingsOf(drawn)).toEqual(found);
    expect(found.filter((f) => f.kind === 'level' || f.kind === 'nothing')).toHaveLength(1);
    const names = found.map((f) => [f.kind, f.metric, f.subject?.field, f.subject?.level].join(' '));
    expect(new Set(names).size).toBe(names.length);
    for (const f of found) {
      const carried = f.change !== null && f.change.pCorrected < 0.05;
      expect(f.direction === 'unclear' || carried, JSON.stringify(f)).toBe(true);
      expect(f.tone === 'neither' || f.direction !== 'unclear').toBe(true);
      if (f.direction !== 'unclear') expect((f.change?.value ?? 0) > 0).toBe(f.direction === 'higher');
      if (f.since !== null) expect(f.kind).toBe('since');
      if (f.subject !== null) expect(f.tone === 'worse' && (f.gain ?? 0) > 0).toBe(true);
    }
  }
});

function anyInput(random: Random): FindingInput {
  const anyChange = (): ChangeFact => change(normal(random), random.float() ** 4);
  const course = (): FindingInput['course'] => {
    const p = random.float() ** 4;
    return {
      p,
      places: 9,
      change: p < 0.05 ? step(normal(random), chance(random, 0.5) ? 'step' : 'drift').change : null,
    };
  };
  const better = chance(random, 0.7);
  return {
    headline: 'rating',
    metrics: ['nps', 'rating', 'late_rate'].map((key) => {
      const known = chance(random, 0.9);
      const own = { ...figure, value: known ? 4 : null };
      return { ...metric(key, known ? anyChange() : null, key === 'rating' ? better : false), figure: own };
    }),
    course: chance(random, 0.3) ? undefined : course(),
    parts: Array.from({ length: integer(random, 0, 6) }, (_, k) =>
      part(`${chance(random, 0.3) ? 'stg' : 'grp'}${k}`, normal(random), random.float() ** 3, random.float()),
    ),
  };
}
