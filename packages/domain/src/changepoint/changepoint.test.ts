import { expect, test } from 'vitest';
import { type Random, integer, normal, seeded, weighted } from '../random/index.ts';
import { meanOf, meanVariance, sumsOf } from '../stats/index.ts';
import { boundAt, boundAtT, chanceOfExceeding } from './bounds.ts';
import { type Change, type Course, type Point, courseOf, shiftAt } from './index.ts';

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
  const called = found.filter((course) => course !== undefined && course.changes.length > 0).length;
  expect(shareOf(found, called)).toBeLessThanOrEqual(0.05);
});

test('[SH2] a planted change is found, and its place and size are held', () => {
  const planted: Case = { points: 26, n: uneven, answer: stars, shift: (_, i) => (i < 17 ? 0 : -0.5) };
  const found = many(400, planted, 'planted');
  const told = found.flatMap((course) => course?.changes.slice(0, 1) ?? []);
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
  const shapes = drift.flatMap((course) => course?.changes.map((c) => c.shape) ?? []);
  expect(shapes.length).toBeGreaterThan(190);
  expect(shareOf(shapes, shapes.filter((shape) => shape === 'drift').length)).toBeGreaterThan(0.9);
  expect(drift.every((course) => (course?.changes[0]?.value ?? 1) > 0)).toBe(true);
  const step = many(200, { points: 24, n: even(80), answer: stars, shift: (_, i) => (i < 9 ? 0 : -1) }, 'step');
  const steps = step.filter((course) => course?.changes[0]?.shape === 'step' && course.changes[0].value < 0);
  expect(shareOf(step, steps.length)).toBeGreaterThan(0.97);
});

test('[SH4] nothing is said of too little', () => {
  const point = (mean: number, n = 40, variance = 0.02): Point => ({ n, mean, variance });
  const clear = [point(4), point(4.05), point(4), point(2), point(2.05), point(2)];
  expect(courseOf(clear)?.changes[0]).toMatchObject({ at: 3, shape: 'step', before: { n: 120 }, after: { n: 120 } });
  expect(courseOf(clear.slice(1))).toBeUndefined();
  expect(courseOf(clear.map((p) => ({ ...p, n: 5 })))).toBeUndefined();
  expect(courseOf(clear.map((p) => ({ ...p, variance: 0 })))).toBeUndefined();
  expect(courseOf(clear.map((p) => ({ ...p, variance: Number.NaN })))).toBeUndefined();
  expect(courseOf([])).toBeUndefined();
  // A single odd point at the end is no lasting change.
  expect(courseOf([point(4), point(4.1), point(4), point(4.1), point(4), point(4.1), point(1)])?.changes).toEqual([]);
});

const levels =
  (...changes: readonly (readonly [at: number, by: number])[]) =>
  (_: Random, i: number): number =>
    changes.reduce((sum, [at, by]) => (i >= at ? sum + by : sum), 0);
const within = (of: (random: Random, i: number) => number, scatter: number) => (random: Random, i: number) =>
  of(random, i) + normal(random, 0, scatter);

test.each<readonly [string, number, Case]>([
  ['one', 1, { points: 26, n: uneven, answer: stars, shift: levels([9, -1]) }],
  ['one, with scatter', 1, { points: 26, n: even(60), answer: stars, shift: within(levels([12, 1.5]), 0.4) }],
  ['two, with scatter', 2, { points: 26, n: even(60), answer: stars, shift: within(levels([9, 3], [18, -3]), 0.6) }],
])('[SH6] more changes than there are are told of in at most one case of twenty: %s', (name, changes, of) => {
  const found = many(300, of, name);
  expect(shareOf(found, found.filter((c) => (c?.changes.length ?? 0) > changes).length)).toBeLessThanOrEqual(0.05);
});

test.each<readonly [string, Case, readonly (readonly [at: number, by: number])[]]>([
  ['a stretch', { points: 52, n: uneven, answer: stars }, [[20, -0.5], [30, 0.5]]], // prettier-ignore
  ['down, up and down', { points: 52, n: even(60), answer: stars }, [[12, -0.5], [26, 0.5], [40, -0.5]]], // prettier-ignore
  ['twice the same way', { points: 40, n: even(60), answer: stars }, [[10, -0.7], [28, -0.7]]], // prettier-ignore
])('[SH6] several changes are found, each with its place and size: %s', (name, of, planted) => {
  const found = many(200, { ...of, shift: levels(...planted) }, name);
  const told = found.flatMap((c) => (c?.changes.length === planted.length ? [c.changes] : []));
  expect(shareOf(found, told.length)).toBeGreaterThan(0.75);
  const each = told.flatMap((changes) => changes.map((c, i) => ({ c, at: planted[i]?.[0] ?? 0, by: planted[i]?.[1] ?? 0 }))); // prettier-ignore
  expect(shareOf(each, each.filter(({ c, at }) => c.first <= at && at <= c.last).length)).toBeGreaterThanOrEqual(0.95);
  expect(shareOf(each, each.filter(({ c, by }) => c.low <= by && by <= c.high).length)).toBeGreaterThanOrEqual(0.95);
  for (const { c } of each) expect(c.p < 0.05 && Math.sign(c.low) === Math.sign(c.high)).toBe(true);
});

test('[SH6] what the whole would be, had it been so all the time, or had the stretch not been', () => {
  const point = (mean: number): Point => ({ n: 50, mean, variance: 0.001 });
  const of = (means: readonly number[]): readonly Change[] => courseOf(means.map(point))?.changes ?? [];
  const [once] = of([4, 4.01, 4, 4.01, 4, 3.5, 3.51, 3.5]);
  expect(once?.whole.value).toBeCloseTo((5 / 8) * (once?.value ?? 0), 9);
  expect(once?.whole.high).toBeCloseTo((5 / 8) * (once?.high ?? 0), 9);
  const [down, up] = of([4, 4.01, 4, 4.01, 3, 3.01, 3, 4, 4.01, 4, 4.01, 4]);
  expect(down?.whole.value).toBeCloseTo((3 / 12) * -(down?.value ?? 0), 9);
  expect(up?.whole.value).toBeCloseTo((up?.after.mean ?? 0) - (9 * 4 + 0.04 + 3 * 3 + 0.01) / 12, 9);
  expect(up?.whole.low).toBeLessThan(up?.whole.value ?? 0);
});

/** A series of two parts, of which the first falls at the 13th point, and the second stays as it is. */
function parts(random: Random): readonly [fallen: Point[], steady: Point[], whole: Point[]] {
  const fallen = draw({ points: 26, n: uneven, answer: stars, shift: levels([12, -0.8]) }, random);
  const steady = draw({ points: 26, n: uneven, answer: stars }, random);
  const whole = fallen.map((a, i): Point => {
    const b = steady[i] ?? a;
    const n = a.n + b.n;
    const variance = (a.n ** 2 * a.variance + b.n ** 2 * b.variance) / n ** 2;
    return { n, mean: (a.n * a.mean + b.n * b.mean) / n, variance };
  });
  return [fallen, steady, whole];
}

test('[SH7] a part that does not change with the whole is not said to, and the size of one that does is held', () => {
  const random = seeded('changepoint/parts');
  const drawn = Array.from({ length: 300 }, () => parts(random));
  const found = drawn.flatMap(([fallen, steady, whole]) => {
    const at = courseOf(whole)?.changes[0]?.at;
    return at === undefined ? [] : [{ fallen: shiftAt(fallen, at), steady: shiftAt(steady, at) }];
  });
  expect(found.length).toBeGreaterThan(270);
  expect(shareOf(found, found.filter(({ steady }) => (steady?.p ?? 1) < 0.05).length)).toBeLessThanOrEqual(0.05);
  const told = found.flatMap(({ fallen }) => (fallen !== undefined && fallen.p < 0.05 ? [fallen] : []));
  expect(shareOf(found, told.length)).toBeGreaterThan(0.9);
  expect(shareOf(told, told.filter(({ low, high }) => low <= -0.8 && -0.8 <= high).length)).toBeGreaterThanOrEqual(
    0.95,
  );
  expect(told.every(({ high }) => high < 0)).toBe(true);
  expect(shiftAt(drawn[0]?.[0] ?? [], 0)).toBeUndefined();
  expect(shiftAt([], 3)).toBeUndefined();
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
  const found = courseOf(points)?.changes[0];
  const turned = courseOf(points.map((p) => ({ n: p.n, mean: 7 - 10 * p.mean, variance: 100 * p.variance })))
    ?.changes[0];
  expect(turned?.at).toBe(found?.at);
  expect(turned?.value).toBeCloseTo(-10 * (found?.value ?? 0), 9);
  expect(turned?.low).toBeCloseTo(-10 * (found?.high ?? 0), 9);
  const none: Point = { n: 0, mean: Number.NaN, variance: Number.NaN };
  const withGaps = courseOf(points.flatMap((p) => [none, p]))?.changes[0];
  expect(withGaps).toMatchObject({ value: found?.value, at: 2 * (found?.at ?? 0) + 1 });
});
