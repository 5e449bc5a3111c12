import { bucketsOf } from '@touchstone/domain/calendar';
import { sumsOf } from '@touchstone/domain/stats';
import { expect, test } from 'vitest';
import type { SeriesFigure } from './contract.ts';
import type { Measured } from './facts/figures.ts';
import { figureOf, noFigure } from './figures.ts';
import { definitionOf } from './registry.ts';
import { courseFactOf } from './telling.ts';

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
  return courseFactOf(rating, series, measured, { period, interval });
}

test('[MT12] since when: the week a new level begins, and the days it may have begun, within the period', () => {
  const found = courseOf((i) => (i < 6 ? 8 + (i % 2) : 30 + (i % 2)));
  expect(found?.change).toMatchObject({
    shape: 'step',
    since: { at: '2026-02-16', earliest: '2026-02-09', latest: '2026-02-22' },
    before: { n: 240, value: expect.closeTo(4.15, 9), few: false, people: null },
    after: { n: 280 },
  });
  expect(found?.change?.high).toBeLessThan(0);
  const early = courseOf((i) => (i < 2 ? 8 + (i % 2) : 30 + (i % 2)))?.change?.since;
  expect(early).toEqual({ at: '2026-01-19', earliest: '2026-01-12', latest: '2026-01-25' });
});

test('[MT12] a course that is steady, short, or hidden claims no day', () => {
  expect(courseOf((i) => 8 + (i % 3))).toMatchObject({ change: null });
  expect(courseFactOf(rating, [], [], { period, interval })).toBeUndefined();
  const ones = (i: number): number => (i < 6 ? 8 + (i % 2) : 30 + (i % 2));
  expect(courseOf(ones, (i) => i > 3)).toBeUndefined();
});
