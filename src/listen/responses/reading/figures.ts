import { type Measure, type Sums, intervalOf, meanOf, sumsOfCounts } from '@touchstone/domain/stats';
import type { NumberSums } from '../facts/counting.ts';
import type { Figure } from '../shapes.ts';

export const NO_FIGURE: Figure = { value: null, low: null, high: null };
const SHARE: Measure = { kind: 'share' };
export const NPS: Measure = { kind: 'bounded', low: -100, high: 100 };

export function figureOf(sums: Sums, measure: Measure): Figure {
  if (sums.n === 0) return NO_FIGURE;
  const interval = intervalOf(sums, measure);
  return { value: meanOf(sums), low: interval?.low ?? null, high: interval?.high ?? null };
}

/** Wilson's. */
export function shareOf(n: number, of: number): Figure {
  return figureOf(shareSums(n, of), SHARE);
}

export function shareSums(n: number, of: number): Sums {
  return sumsOfCounts([
    [1, n],
    [0, of - n],
  ]);
}

/** Of numbers that were typed: one a response. */
export function sumsOfNumbers({ n, x, xx }: NumberSums): Sums {
  return { n, clusters: n, x, xx, xn: x, nn: n };
}

/** Points of a scale with how often each was given, without what does not apply. */
export function scored(values: ReadonlyMap<string, number>): [value: number, times: number][] {
  return [...values].flatMap(([value, n]) => {
    const number = Number(value);
    return value === '' || !Number.isFinite(number) ? [] : [[number, n] as [number, number]];
  });
}

/** `1/3` of a MaxDiff: best less worst, of how often it was seen. */
export function bestWorst(values: ReadonlyMap<string, number>) {
  return [...values].flatMap(([value, times]) => {
    const [sum, n] = value.split('/').map(Number);
    return sum === undefined || n === undefined || !(n > 0) || !Number.isFinite(sum) ? [] : [{ sum, n, times }];
  });
}
