import { expect, test } from 'vitest';
import { type Random, integer, normal, seeded, weighted } from '../random/index.ts';
import { meanOf, meanVariance, sumsOf } from '../stats/index.ts';
import { boundAt, boundAtT, chanceOfExceeding } from './bounds.ts';
import { type Course, type Point, courseOf } from './index.ts';

type Answer = (random: Random) => number;
const share: Answer = (random) => (random.float() < 0.15 ? 1 : 0);
const stars: Answer = (random) =>
  weighted(random, [
    [5, 0.55],
    [4, 0.22],
    [3, 0.09],
    [2, 0.04],
    [1, 0.1],
  ]);
const nps: Answer = (random) =>
  weighted(random, [
    [100, 0.5],
    [0, 0.3],
    [-100, 0.2],
  ]);

interface Case {
  readonly points: number;
  readonly n: (random: Random, i: number) => number;
  readonly answer: Answer;
  /** What is added to every answer of a point. */
  readonly shift?: (random: Random, i: number) => number;
}

/** A series out of single answers, as a query would sum them up. */
function draw({ points, n, answer, shift }: Case, random: Random): Point[] {
  return Array.from({ length: points }, (_, i) => {
    const added = shift?.(random, i) ?? 0;
    const sums = sumsOf(Array.from({ length: n(random, i) }, (): [number, number] => [1, answer(random) + added]));
    return { n: sums.n, mean: meanOf(sums), variance: meanVariance(sums) };
  });
}

function many(times: number, of: Case, seed: string): (Course | undefined)[] {
  const random = seeded(`changepoint/${seed}`);
  return Array.from({ length: times }, () => courseOf(draw(of, random)));
}

const shareOf = (found: readonly unknown[], those: number): number => those / found.length;
const even = (n: number) => () => n;
const uneven = (random: Random): number => integer(random, 4, 90);

test.each<readonly [string, Case]>([
  ['NPS by week', { points: 13, n: even(40), answer: nps }],
  ['stars by month', { points: 18, n: uneven, answer: stars }],
  ['a share by week of a year', { points: 52, n: even(25), answer: share }],
  ['few points', { points: 6, n: even(60), answer: stars }],
  ['scatter beyond the answers', { points: 20, n: even(60), answer: stars, shift: (r) => normal(r, 0, 0.4) }],
])('[SH1] no change is called one in at most one case of twenty: %s', (name, of) => {
  const found = many(600, of, name);
  const called = found.filter((course) => course !== undefined && course.change !== null).length;
  expect(shareOf(found, called)).toBeLessThanOrEqual(0.05);
});

test('[SH2] a planted change is found, and its place and size are held', () => {
  const planted: Case = { points: 26, n: uneven, answer: stars, shift: (_, i) => (i < 17 ? 0 : -0.5) };
  const found = many(400, planted, 'planted').map((course) => course?.change ?? null);
  const told = found.filter((change) => change !== null);
  expect(shareOf(found, told.length)).toBeGreaterThan(0.97);
  const near = told.filter(({ at }) => Math.abs(at - 17) <= 2).length;
  expect(shareOf(told, near)).toBeGreaterThan(0.85);
  const held = told.filter(({ first, last }) => first <= 17 && 17 <= last).length;
  expect(shareOf(told, held)).toBeGreaterThanOrEqual(0.95);
  const sized = told.filter(({ low, high }) => low <= -0.5 && -0.5 <= high).length;
  expect(shareOf(told, sized)).toBeGreaterThanOrEqual(0.95);
  for (const { value, high, first, at, last } of told) {
    expect(Math.sign(value)).toBe(Math.sign(high));
    expect(first <= at && at <= last).toBe(true);
  }
});

test('[SH3] a drift is no step, and each has its direction', () => {
  const drift = many(200, { points: 24, n: even(80), answer: stars, shift: (_, i) => i / 23 }, 'drift');
  const shapes = drift.flatMap((course) => course?.change?.shape ?? []);
  expect(shapes.length).toBeGreaterThan(190);
  expect(shareOf(shapes, shapes.filter((shape) => shape === 'drift').length)).toBeGreaterThan(0.9);
  expect(drift.every((course) => (course?.change?.value ?? 1) > 0)).toBe(true);
  const step = many(200, { points: 24, n: even(80), answer: stars, shift: (_, i) => (i < 9 ? 0 : -1) }, 'step');
  const steps = step.filter((course) => course?.change?.shape === 'step' && course.change.value < 0);
  expect(shareOf(step, steps.length)).toBeGreaterThan(0.97);
});

test('[SH4] nothing is said of too little', () => {
  const point = (mean: number, n = 40, variance = 0.02): Point => ({ n, mean, variance });
  const clear = [point(4), point(4.05), point(4), point(2), point(2.05), point(2)];
  expect(courseOf(clear)?.change).toMatchObject({ at: 3, shape: 'step', before: { n: 120 }, after: { n: 120 } });
  expect(courseOf(clear.slice(1))).toBeUndefined();
  expect(courseOf(clear.map((p) => ({ ...p, n: 5 })))).toBeUndefined();
  expect(courseOf(clear.map((p) => ({ ...p, variance: 0 })))).toBeUndefined();
  expect(courseOf(clear.map((p) => ({ ...p, variance: Number.NaN })))).toBeUndefined();
  expect(courseOf([])).toBeUndefined();
  // A single odd point at the end is no lasting change.
  expect(courseOf([point(4), point(4.1), point(4), point(4.1), point(4), point(4.1), point(1)])?.change).toBeNull();
});

test('[SH5] the bound of the search agrees with simulation and is never below it', () => {
  const random = seeded('changepoint/bounds');
  for (const places of [5, 20, 60]) {
    const search = { places, from: 2 / (places + 3), to: (places + 1) / (places + 3) };
    const bound = boundAt(0.05, search);
    expect(chanceOfExceeding(bound, search)).toBeCloseTo(0.05, 9);
    let exceeded = 0;
    const times = 4000;
    for (let k = 0; k < times; k++) {
      const steps = Array.from({ length: places + 3 }, () => normal(random));
      const mean = steps.reduce((sum, s) => sum + s, 0) / steps.length;
      let sum = 0;
      let greatest = 0;
      steps.forEach((s, i) => {
        sum += s - mean;
        const before = i + 1;
        if (before < 2 || before > places + 1) return;
        const error = Math.sqrt((before * (steps.length - before)) / steps.length);
        greatest = Math.max(greatest, Math.abs(sum) / error);
      });
      if (greatest > bound) exceeded++;
    }
    expect(exceeded / times).toBeLessThanOrEqual(0.05);
    expect(exceeded / times).toBeGreaterThan(0.02);
    expect(boundAtT(0.05, search, 1e7)).toBeGreaterThanOrEqual(bound - 1e-6);
  }
});

test('[SH5] another scale, and points without answers, make no difference', () => {
  const points = draw({ points: 16, n: even(50), answer: stars, shift: (_, i) => (i < 6 ? 0 : -0.8) }, seeded('scale'));
  const found = courseOf(points)?.change;
  const turned = courseOf(points.map((p) => ({ n: p.n, mean: 7 - 10 * p.mean, variance: 100 * p.variance })))?.change;
  expect(turned?.at).toBe(found?.at);
  expect(turned?.value).toBeCloseTo(-10 * (found?.value ?? 0), 9);
  expect(turned?.low).toBeCloseTo(-10 * (found?.high ?? 0), 9);
  const none: Point = { n: 0, mean: Number.NaN, variance: Number.NaN };
  const withGaps = courseOf(points.flatMap((p) => [none, p]))?.change;
  expect(withGaps).toMatchObject({ value: found?.value, at: 2 * (found?.at ?? 0) + 1 });
});
