import { sumsOf } from '@touchstone/domain/stats';
import { expect, test } from 'vitest';
import { companionsOf, levelsFound } from './contrasts.ts';
import type { MeasuredContrast } from './facts/contrasts.ts';
import { definitionOf } from './registry.ts';

const NO_CROSS = { xx: 0, xn: 0, nx: 0, nn: 0 };
const ALL = 400;

/** So many people, of whom each rated once: one in ten a star lower, so that there is something to be unsure of. */
const rated = (people: number, score: number) =>
  sumsOf(Array.from({ length: people }, (_, i): [number, number] => [1, i % 10 === 0 ? score - 1 : score]));

/** Both levels of a property that all have: so many the first, with this score, and all others the second. */
function halves(
  field: string,
  levels: readonly [string, string],
  people: number,
  [score, other]: readonly [number, number],
): MeasuredContrast[] {
  const sides = [
    { sums: rated(people, score), people, own: `${field} 1` },
    { sums: rated(ALL - people, other), people: ALL - people, own: `${field} 2` },
  ] as const;
  return levels.map((level, i): MeasuredContrast => {
    const [side, rest] = i === 0 ? sides : [sides[1], sides[0]];
    return { field, level, ...side, rest: rest.sums, restPeople: rest.people, cross: NO_CROSS, rows: field };
  });
}

const found = (measured: readonly MeasuredContrast[], limit = 12) =>
  companionsOf(definitionOf('rating'), measured, { n: ALL, limit, seesPeople: true, labelOf: (c) => c.level });

test('[MT6] of a property of two levels the worse is told of, though the better one is listed', () => {
  const { items, worse, compared } = found(halves('order.verified', ['true', 'false'], 100, [5, 4]));
  expect(items.map((c) => c.level)).toEqual(['true']);
  expect(worse).toMatchObject([
    {
      level: 'false',
      filter: 'order.verified:"false"',
      figure: { n: 300, value: 3.9 },
      rest: { n: 100, value: 4.9 },
      difference: { value: expect.closeTo(-1, 9), verdict: 'lower' },
      share: 0.75,
      gain: expect.closeTo(0.75, 9),
    },
  ]);
  expect(compared).toBe(1);
});

test('[MT6] better levels push no worse ones out', () => {
  const better = ['a', 'b', 'c'].flatMap((k) => halves(`order.${k}`, ['true', 'false'], 200, [5, 3]).slice(0, 1));
  const one = halves('order.state', ['AM', 'rest'], 40, [4, 5]).slice(0, 1);
  const { items, worse } = found([...better, ...one], 3);
  expect(items.map((c) => c.field)).toEqual(['order.a', 'order.b', 'order.c']);
  expect(worse.map((c) => [c.field, c.level])).toEqual([['order.state', 'AM']]);
  expect(found(better).worse).toEqual([]);
});

test('[MT6] levels of a list that hold the very same rows are no mirrors of each other', () => {
  const [toys, others] = halves('order.category', ['toys', 'others'], 200, [5, 4]);
  if (toys === undefined || others === undefined) throw new Error('there are two halves');
  const { worse } = found([toys, { ...toys, level: 'games' }]);
  expect(worse).toEqual([]);
  expect(found([toys, { ...toys, level: 'games' }, others]).worse.map((c) => c.level)).toEqual(['others']);
});

test('[MT12] a stage is compared from 30 answers on, each side of two stages, one comparison', () => {
  const of = (people: number) =>
    levelsFound(definitionOf('rating'), halves('stage', ['stg_use', 'stg_delivery'], people, [2, 4]), true);
  expect(of(29)).toEqual([]);
  expect(of(30)).toMatchObject([
    { level: 'stg_use', difference: { verdict: 'lower' }, rest: { n: 370 }, among: 1 },
    { level: 'stg_delivery', difference: { verdict: 'higher' }, rest: { n: 30 }, among: 1 },
  ]);
});
