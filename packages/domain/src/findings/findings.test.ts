import { describe, expect, test } from 'vitest';
import { courseOf } from '../changepoint/index.ts';
import { type Random, chance, integer, normal, seeded } from '../random/index.ts';
import {
  type ChangeFact,
  type CourseChange,
  type CourseFact,
  type FindingInput,
  type MetricFact,
  type PartFact,
  type WhereFact,
  changesOf,
  findingsOf,
} from './index.ts';

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
const since = { at: '2026-03-02', earliest: '2026-02-23', latest: '2026-03-15', until: null };
const size = (value: number, half: number) => ({ value, low: value - half, high: value + half });
const courseChange = (value: number, shape: 'step' | 'drift' = 'step'): CourseChange => ({
  shape,
  since,
  before: { ...other, n: 300 },
  after: { ...figure, n: 100 },
  ...change(value, 0.001),
  whole: size(value * 0.75, 0.075),
});
const step = (...changes: readonly CourseChange[]): CourseFact => ({ places: 20, changes, where: [] });
const at = (level: string, value: number, p: number): WhereFact => ({
  subject: { field: 'stage', level, label: level.toUpperCase(), filter: `stage:${level}` },
  before: other,
  after: figure,
  change: change(value, p),
});
const input: FindingInput = {
  headline: 'rating',
  metrics: [metric('rating', null)],
  course: { places: 20, changes: [], where: [] },
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
    expect(found.find((f) => f.subject?.level === 'small')).toMatchObject({
      gain: { value: 0.02, low: 0.019, high: 0.021 },
      figure,
      other,
      among: 20,
    });
    const lessIsBetter = { headline: 'days', metrics: [metric('days', null, false)], parts };
    expect(findingsOf({ ...input, ...lessIsBetter }).flatMap((f) => f.subject?.level ?? [])).toEqual(['better']);
  });

  test('[FI4] [FI6] stages told in another score than the headline: after what is of the headline, never on top', () => {
    const parts = [part('stg_use', -0.9, 0.001, 0.9), part('late', -0.2, 0.01, 0.1)];
    const metrics = [metric('nps', null), metric('overall', null)];
    const found = findingsOf({ ...input, headline: 'nps', journey: 'overall', metrics, parts });
    expect(found.map((f) => [f.kind, f.metric, f.subject?.level ?? ''].join(' '))).toEqual([
      'group nps late',
      'level nps ',
      'steady nps ',
      'stage overall stg_use',
    ]);
  });

  test('[FI5] since when, a drift, steady, too short', () => {
    expect(findingsOf({ ...input, course: step(courseChange(-0.3)) })[0]).toMatchObject({
      kind: 'since',
      direction: 'lower',
      tone: 'worse',
      since: { at: '2026-03-02' },
      gain: { value: -0.3 * 0.75 },
      among: 20,
    });
    expect(findingsOf({ ...input, course: step(courseChange(-0.3, 'drift')) })[0]).toMatchObject({
      kind: 'drift',
      since: null,
    });
    expect(told({})).toContain('steady rating neither');
    expect(told({ course: undefined })).toContain('short rating neither');
  });

  test('[FI8] several changes: the last first, those that did not last after it, and never on top', () => {
    const was = { ...courseChange(-2), since: { ...since, at: '2026-01-05', until: '2026-03-01' } };
    const found = findingsOf({ ...input, course: step(was, courseChange(0.3)) });
    expect(found.map((f) => [f.kind, f.tone, f.since?.at ?? ''].join(' '))).toEqual([
      'since better 2026-03-02',
      'level neither ',
      'was worse 2026-01-05',
    ]);
    expect(found[2]?.since?.until).toBe('2026-03-01');
    const late = part('late', -2, 0.001, 0.5);
    expect(told({ parts: [late], course: step(was, courseChange(0.1)) })[0]).toBe('group late worse');
  });

  test('[FI8] where a change shows: in stages that changed the same way, corrected for all that were asked', () => {
    const where = (...of: readonly WhereFact[]): string[] =>
      findingsOf({ ...input, course: { ...step(courseChange(-0.3)), where: of } })
        .filter((f) => f.kind === 'where')
        .map((f) => [f.subject?.level ?? '-', f.direction, f.tone, f.change?.pCorrected ?? '-', f.among].join(' '));
    expect(where(at('buy', -0.1, 0.02), at('use', -0.6, 0.001), at('help', 0.9, 0.001))).toEqual([
      'use lower worse 0.003 3',
      'buy lower worse 0.02 3',
    ]);
    expect(where(at('buy', -0.1, 0.03), at('use', -0.6, 0.04))).toEqual(['- unclear neither - 2']);
    expect(where(at('buy', -0.4, 0.001))).toEqual([]);
    const drift = { ...step(courseChange(-0.3, 'drift')), where: [at('buy', -1, 0), at('use', -1, 0)] };
    expect(told({ course: drift }).filter((f) => f.startsWith('where'))).toEqual([]);
  });

  test('[FI6] what moves the score most comes first, news before what is as large', () => {
    const late = part('late', -2, 0.001, 0.1);
    expect(told({ parts: [late], course: step(courseChange(-0.3)) })[0]).toBe('since rating worse');
    expect(told({ parts: [late], course: step(courseChange(-0.2)) })[0]).toBe('group late worse');
    const quarter = part('quarter', -0.5, 0.001, 0.5);
    expect(told({ parts: [quarter], metrics: [metric('rating', change(-0.25, 0.001))] })[0]).toBe(
      'change rating worse',
    );
    expect(told({ metrics: [metric('rating', null), metric('nps', change(50, 0.001))] })[0]).toBe(
      'level rating neither',
    );
  });
});

describe('since when other metrics are what they are', () => {
  const moved = (value: number, p: number): CourseFact => step({ ...courseChange(value), p });
  const dated = (metrics: readonly MetricFact[], changed: Partial<FindingInput> = {}): string[] =>
    findingsOf({ ...input, metrics, ...changed })
      .filter((f) => f.kind === 'since' || f.kind === 'drift')
      .map((f) => [f.kind, f.metric, f.tone, f.change?.pCorrected].join(' '));

  test('[FI9] the last change of each course, corrected for all that were looked at, never on top', () => {
    const rest = { ...metric('nps', change(9, 0.001)), course: moved(30, 0.02) };
    const metrics = [metric('rating', null), rest, { ...metric('late', null, false), course: moved(0.2, 0.03) }];
    expect(dated(metrics)).toEqual(['since nps better 0.04', 'since late worse 0.04']);
    expect(findingsOf({ ...input, metrics }).map((f) => f.kind)).toEqual([
      'level',
      'steady',
      'change',
      'since',
      'since',
    ]);
    expect(dated([...metrics, { ...metric('days', null), course: moved(1, 0.2) }])).toEqual([]);
    const drift = { ...metric('nps', null), course: step(courseChange(3, 'drift')) };
    expect(dated([metric('rating', null), drift])).toEqual(['drift nps better 0.001']);
  });

  test('[FI9] of the headline only where it differs from the other period and its own course tells no day', () => {
    const own = { ...metric('rating', change(-0.3, 0.001)), course: moved(-0.4, 0.001) };
    expect(dated([own])).toEqual(['since rating worse 0.001']);
    expect(dated([{ ...own, change: change(-0.3, 0.2) }])).toEqual([]);
    expect(dated([own], { course: step(courseChange(-0.2)) })).toEqual(['since rating worse 0.001']);
    expect(findingsOf({ ...input, metrics: [own] })[0]).toMatchObject({ kind: 'change' });
  });

  test('[FI9] of pages without a change at most one in twenty names a day', () => {
    const random = seeded('findings/dated');
    const pages = 200;
    let named = 0;
    for (let k = 0; k < pages; k++) {
      const metrics = Array.from({ length: 5 }, (_, i): MetricFact => {
        const points = Array.from({ length: 26 }, () => {
          const answers = Array.from({ length: 40 }, () => (chance(random, 0.3) ? 1 : 0));
          const mean = answers.reduce<number>((sum, x) => sum + x, 0) / 40;
          return { n: 40, mean, variance: (mean * (1 - mean)) / 39 };
        });
        const found = courseOf(points);
        const changes = (found?.changes ?? []).map((c): CourseChange => ({
          ...c,
          since,
          before: other,
          after: figure,
        }));
        return { ...metric(`m${i}`, null), course: { places: 23, changes, where: [] } };
      });
      if (dated([metric('rating', null), ...metrics]).length > 0) named++;
    }
    expect(named / pages).toBeLessThanOrEqual(0.05);
  });
});

test('[FI7] whatever the figures, nothing is claimed that is not carried, nor said twice', () => {
  const random = seeded('findings');
  for (let i = 0; i < 500; i++) {
    const drawn = anyInput(random);
    const found = findingsOf(drawn);
    expect(findingsOf(drawn)).toEqual(found);
    expect(found.filter((f) => f.kind === 'level' || f.kind === 'nothing')).toHaveLength(1);
    const names = found.map((f) => [f.kind, f.metric, f.subject?.field, f.subject?.level, f.since?.at].join(' '));
    expect(new Set(names).size).toBe(names.length);
    for (const f of found) {
      const carried = f.change !== null && f.change.pCorrected < 0.05;
      expect(f.direction === 'unclear' || carried, JSON.stringify(f)).toBe(true);
      expect(f.tone === 'neither' || f.direction !== 'unclear').toBe(true);
      if (f.direction !== 'unclear') expect((f.change?.value ?? 0) > 0).toBe(f.direction === 'higher');
      if (f.since !== null) expect(['since', 'was', 'where']).toContain(f.kind);
      if (f.kind === 'where' && f.subject !== null) expect(f.direction).toBe(found.find((g) => g.kind === 'since' && g.metric === f.metric)?.direction); // prettier-ignore
      if (f.kind === 'stage' || f.kind === 'group') expect(f.tone === 'worse' && (f.gain?.value ?? 0) > 0).toBe(true);
    }
  }
});

function anyInput(random: Random): FindingInput {
  const anyChange = (): ChangeFact => change(normal(random), random.float() ** 4);
  const course = (): CourseFact => {
    const shape = chance(random, 0.3) ? 'drift' : 'step';
    const days = ['2026-01-05', '2026-02-02', '2026-03-02'].slice(0, integer(random, 0, shape === 'drift' ? 1 : 3));
    return {
      places: 9,
      changes: days.map((day) => ({ ...courseChange(normal(random), shape), since: { ...since, at: day } })),
      where: Array.from({ length: integer(random, 0, 4) }, (_, k) =>
        at(`stg${k}`, normal(random), random.float() ** 4),
      ),
    };
  };
  const better = chance(random, 0.7);
  return {
    headline: 'rating',
    metrics: ['nps', 'rating', 'late_rate'].map((key) => {
      const known = chance(random, 0.9);
      const own = { ...figure, value: known ? 4 : null };
      const followed = chance(random, 0.7) ? { course: course() } : {};
      return {
        ...metric(key, known ? anyChange() : null, key === 'rating' ? better : false),
        figure: own,
        ...followed,
      };
    }),
    course: chance(random, 0.3) ? undefined : course(),
    parts: Array.from({ length: integer(random, 0, 6) }, (_, k) =>
      part(`${chance(random, 0.3) ? 'stg' : 'grp'}${k}`, normal(random), random.float() ** 3, random.float()),
    ),
  };
}
