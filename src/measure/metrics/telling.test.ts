import { bucketsOf } from '@touchstone/domain/calendar';
import { sumsOf } from '@touchstone/domain/stats';
import { expect, test } from 'vitest';
import type { SeriesFigure } from './contract.ts';
import type { Measured } from './facts/figures.ts';
import { figureOf, noFigure } from './figures.ts';
import { definitionOf } from './registry.ts';
import { courseFactOf, whereFactsOf } from './telling.ts';

const rating = definitionOf('rating');
const period = { from: '2026-01-07', to: '2026-04-01' };
const interval = 'week';

/** A week of 40 answers of 40 people, of which so many are 1 and the others 5. */
function week(at: string, ones: number): { readonly measured: Measured; readonly shown: SeriesFigure } {
  const sums = sumsOf(Array.from({ length: 40 }, (_, i): [number, number] => [1, i < ones ? 1 : 5]));
  const measured = { by: null, level: null, at, sums, people: 40, excluded: [], kinds: 1 };
  return { measured, shown: { ...figureOf(rating, measured), at, partial: false, key: null } };
}

function courseOf(ones: (i: number) => number, hidden: (i: number) => boolean = () => false) {
  const weeks = bucketsOf(period, interval).map((at, i) => week(at, ones(i)));
  const series = weeks.map(({ shown }, i) => (hidden(i) ? { ...shown, ...noFigure('hidden') } : shown));
  const measured = weeks.map((w) => w.measured);
  return courseFactOf(rating, { series, measured, period, interval });
}

test('[MT12] since when: the week a new level begins, and the days it may have begun, within the period', () => {
  const found = courseOf((i) => (i < 6 ? 8 + (i % 2) : 30 + (i % 2)));
  expect(found?.changes[0]).toMatchObject({
    shape: 'step',
    since: { at: '2026-02-16', earliest: '2026-02-09', latest: '2026-02-22', until: null },
    before: { n: 240, value: expect.closeTo(4.15, 9), few: false, people: null },
    after: { n: 280 },
  });
  expect(found?.changes[0]?.high).toBeLessThan(0);
  const early = courseOf((i) => (i < 2 ? 8 + (i % 2) : 30 + (i % 2)))?.changes[0]?.since;
  expect(early).toEqual({ at: '2026-01-19', earliest: '2026-01-12', latest: '2026-01-25', until: null });
});

test('[MT12] a course that is steady, short, or hidden claims no day', () => {
  expect(courseOf((i) => 8 + (i % 3))).toMatchObject({ changes: [] });
  expect(courseFactOf(rating, { series: [], measured: [], period, interval })).toBeUndefined();
  const ones = (i: number): number => (i < 6 ? 8 + (i % 2) : 30 + (i % 2));
  expect(courseOf(ones, (i) => i > 3)).toBeUndefined();
});

test('[MT12] the stages that a change may show in, each by its own answers, since the change before', () => {
  const stages = [
    { key: 'stg_use', label: 'Use' },
    { key: 'stg_delivery', label: 'Delivery' },
    { key: '', label: '' },
  ];
  const buckets = bucketsOf(period, interval);
  const of = (key: string | null, ones: (i: number) => number) =>
    buckets.map((at, i) => {
      const { measured, shown } = week(at, ones(i));
      return { measured: { ...measured, level: key }, shown: { ...shown, key } };
    });
  const falls = (i: number): number => [20, 2, 30][i < 4 ? 0 : i < 8 ? 1 : 2] ?? 0;
  const all = [
    ...of(null, (i) => falls(i) + (i % 2)),
    ...of('stg_use', (i) => 4 + (i % 2)),
    ...of('stg_delivery', (i) => falls(i) + (i % 2)),
    ...of('', (i) => falls(i)),
  ];
  const whole = { series: all.map((w) => w.shown), measured: all.map((w) => w.measured), period, interval } as const;
  const course = courseFactOf(rating, whole);
  expect(course?.changes.map((c) => [c.since.at, c.since.until])).toEqual([
    ['2026-02-02', '2026-03-01'],
    ['2026-03-02', null],
  ]);
  if (course === undefined) throw new Error('there is a course');
  const where = whereFactsOf(rating, course, { ...whole, stages });
  expect(where.map((w) => w.subject.filter)).toEqual(['stage:stg_use', 'stage:stg_delivery']);
  const [use, delivery] = where;
  expect(use?.change.p).toBeGreaterThan(0.05);
  expect(delivery?.change.p).toBeLessThan(0.05);
  // Held against the time since the change before, not against all before.
  expect(delivery).toMatchObject({ before: { n: 160, value: expect.closeTo(5 - 10 / 40, 9) }, after: { n: 200 } });
});
