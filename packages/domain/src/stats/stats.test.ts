import { describe, expect, test } from 'vitest';
import { integer, seeded } from '../random/index.ts';
import { meanCovariance, meanVariance } from './sums.ts';
import {
  differenceOf,
  effectiveClusters,
  holm,
  intervalOf,
  meanOf,
  normalQuantile,
  normalTail,
  sumsOf,
  tQuantile,
  verdictOf,
} from './index.ts';
import { wilson } from './interval.ts';
import { incompleteBeta, logGamma, tCdf } from './quantiles.ts';

const share = (yes: number, n: number) => sumsOf(Array.from({ length: n }, (_, i) => [1, i < yes ? 1 : 0] as const));
const SHARE = { kind: 'share' } as const;

describe('stats', () => {
  test('[ST1] quantiles and their functions agree with published tables', () => {
    for (const [p, z] of [
      [0.975, 1.959963984540054],
      [0.995, 2.575829303548901],
      [0.999, 3.090232306167813],
      [0.9, 1.2815515655446004],
      [1e-9, -5.997807015007686],
    ] as const) {
      expect(normalQuantile(p)).toBeCloseTo(z, 12);
    }
    for (const p of [0.6, 0.99, 0.995, 1 - 1e-9]) expect(normalTail(normalQuantile(p)) / (1 - p)).toBeCloseTo(1, 7);
    for (const p of [1e-12, 0.3]) expect(normalTail(normalQuantile(p))).toBeCloseTo(1 - p, 12);
    // Fisher and Yates' table: one-sided 0.975 and 0.995.
    for (const [df, t95, t99] of [
      [1, 12.7062, 63.6567],
      [2, 4.3027, 9.9248],
      [3, 3.1824, 5.8409],
      [5, 2.5706, 4.0321],
      [10, 2.2281, 3.1693],
      [30, 2.0423, 2.75],
      [120, 1.9799, 2.6174],
    ] as const) {
      expect(tQuantile(0.975, df)).toBeCloseTo(t95, 4);
      expect(tQuantile(0.005, df)).toBeCloseTo(-t99, 4);
    }
    expect(tQuantile(0.975, 1e7)).toBe(normalQuantile(0.975));
    for (const df of [0.5, 1.7, 4.4, 33.3, 2999.5]) {
      for (const p of [0.6, 0.975, 0.9999, 1e-12]) expect(tCdf(tQuantile(p, df), df) / p).toBeCloseTo(1, 6);
    }
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(incompleteBeta(2, 3, 0.4)).toBeCloseTo(0.5248, 12);
  });

  test('[ST2] a share has Wilson’s interval, as Newcombe prints it', () => {
    // Newcombe, Stat. in Medicine 17 (1998) 857, table I, method 3.
    for (const [yes, n, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const interval = intervalOf(share(yes, n), SHARE);
      expect(interval?.low).toBeCloseTo(low, 4);
      expect(interval?.high).toBeCloseTo(high, 4);
    }
  });

  test('[ST3] a mean of single answers has Student’s interval', () => {
    // NIST/SEMATECH e-Handbook 1.3.5.2, ZARR13.DAT: n 195, mean 9.261460, deviation 0.022789.
    const [n, mean, deviation] = [195, 9.26146, 0.022789];
    const sums = { n, clusters: n, x: n * mean, xx: (n - 1) * deviation ** 2 + n * mean ** 2, xn: n * mean, nn: n };
    const interval = intervalOf(sums, { kind: 'open' });
    expect(interval?.low).toBeCloseTo(9.258242, 5);
    expect(interval?.high).toBeCloseTo(9.264679, 5);
  });

  test('[ST3] the variance of a mean over people is the linearised one, worked from the answers themselves', () => {
    const random = seeded('variance');
    const people = Array.from({ length: 40 }, () =>
      Array.from({ length: integer(random, 1, 5) }, () => integer(random, 1, 5)),
    );
    const all = people.flat();
    const mean = all.reduce((a, b) => a + b, 0) / all.length;
    const residuals = people.map((answers) => answers.reduce((sum, a) => sum + (a - mean), 0));
    const expected = (residuals.reduce((sum, u) => sum + u * u, 0) * (40 / 39)) / all.length ** 2;
    const sums = sumsOf(people.map((answers) => [answers.length, answers.reduce((a, b) => a + b, 0)]));
    expect(meanOf(sums)).toBeCloseTo(mean, 12);
    expect(meanVariance(sums)).toBeCloseTo(expected, 12);
    // The same answers by twice as many people leave the mean, and narrow the interval.
    const apart = sumsOf(all.map((a) => [1, a]));
    const scale = { kind: 'bounded', low: 1, high: 5 } as const;
    const [together, each] = [intervalOf(sums, scale), intervalOf(apart, scale)];
    expect(effectiveClusters(sums)).toBeLessThan(effectiveClusters(apart));
    expect((together?.high ?? 0) - (together?.low ?? 0)).toBeGreaterThan((each?.high ?? 0) - (each?.low ?? 0));
  });

  test('[ST4] few answers, and answers that are all alike, claim little', () => {
    const scale = { kind: 'bounded', low: 1, high: 5 } as const;
    const fives = (people: number, each = 1) => sumsOf(Array.from({ length: people }, () => [each, 5 * each] as const));
    expect(intervalOf(sumsOf([]), scale)).toBeUndefined();
    expect(intervalOf(fives(1), scale)?.low).toBeLessThan(2);
    expect(intervalOf(fives(10), scale)).toEqual({ low: 5 - 4 * wilson(0, 10, normalQuantile(0.975)).high, high: 5 });
    // One person's hundred answers are one person's.
    expect(intervalOf(fives(1, 100), scale)).toEqual(intervalOf(fives(1), scale));
    expect(intervalOf(sumsOf([[100, 100]]), SHARE)?.low).toBeCloseTo(wilson(1, 1, normalQuantile(0.975)).low, 12);
    expect(intervalOf(sumsOf([[1, 3]]), { kind: 'open' })).toBeUndefined();
    expect(intervalOf(fives(4), { kind: 'open' })).toBeUndefined();
    const tight = intervalOf(
      sumsOf([
        [1, 5],
        [1, 5],
        [1, 1],
      ]),
      scale,
    );
    expect(tight?.low).toBeGreaterThanOrEqual(1);
    expect(tight?.high).toBeLessThanOrEqual(5);
  });

  test('[ST5] a difference of shares has Newcombe’s interval', () => {
    // Newcombe, Stat. in Medicine 17 (1998) 873, table II, method 10.
    for (const [a, m, b, n, low, high] of [
      [56, 70, 48, 80, 0.0524, 0.3339],
      [9, 10, 3, 10, 0.1705, 0.809],
      [6, 7, 2, 7, 0.0582, 0.8062],
      [5, 56, 0, 29, -0.0381, 0.1926],
      [10, 10, 0, 10, 0.6075, 1],
    ] as const) {
      const found = differenceOf(share(a, m), share(b, n), SHARE);
      expect(found?.low).toBeCloseTo(low, 4);
      expect(found?.high).toBeCloseTo(high, 4);
    }
    expect(differenceOf(share(1, 2), share(0, 0), SHARE)).toBeUndefined();
  });

  test('[ST5] its p is the level at which the interval touches zero, and people in both sides are accounted for', () => {
    const found = differenceOf(share(56, 70), share(48, 80), SHARE);
    expect(found?.p).toBeGreaterThan(0.005);
    expect(found?.p).toBeLessThan(0.01);
    const [touching] = [differenceOf(share(56, 70), share(48, 80), SHARE, undefined, 1 - (found?.p ?? 0))];
    expect(touching?.low).toBeCloseTo(0, 6);
    expect(differenceOf(share(5, 10), share(5, 10), SHARE)?.p).toBeCloseTo(1, 2);
    // Fifty people answer before and after; a third of them gives a star more.
    const random = seeded('pairs');
    const before = Array.from({ length: 50 }, () => integer(random, 1, 4));
    const after = before.map((b) => b + (integer(random, 0, 2) === 0 ? 1 : 0));
    const sumsOfSingles = (xs: readonly number[]) => sumsOf(xs.map((x) => [1, x]));
    const [a, b] = [sumsOfSingles(after), sumsOfSingles(before)];
    const cross = {
      xx: after.reduce((sum, x, i) => sum + x * (before[i] ?? 0), 0),
      xn: a.x,
      nx: b.x,
      nn: 50,
    };
    const gains = after.map((x, i) => x - (before[i] ?? 0));
    const variance = meanVariance(a) + meanVariance(b) - 2 * meanCovariance(a, b, cross);
    expect(variance).toBeCloseTo(meanVariance(sumsOfSingles(gains)), 12);
    const scale = { kind: 'bounded', low: 1, high: 5 } as const;
    const [paired, apart] = [differenceOf(a, b, scale, cross), differenceOf(a, b, scale)];
    const direct = intervalOf(sumsOfSingles(gains), { kind: 'open' });
    expect(paired?.low).toBeGreaterThan(0);
    expect(apart?.low).toBeLessThan(0);
    expect(Math.abs((paired?.low ?? 0) - (direct?.low ?? 9))).toBeLessThan(0.05);
  });

  test('[ST7] many differences are corrected for one another', () => {
    // R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm").
    const corrected = holm([0.03, 0.01, 0.05, 0.02, 0.04]);
    [0.09, 0.05, 0.09, 0.08, 0.09].forEach((p, i) => expect(corrected[i]).toBeCloseTo(p, 12));
    expect(holm([])).toEqual([]);
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(verdictOf(2, 0.049)).toBe('higher');
    expect(verdictOf(-2, 0.049)).toBe('lower');
    expect(verdictOf(2, 0.05)).toBe('unclear');
    expect(verdictOf(2, Number.NaN)).toBe('unclear');
  });
});
