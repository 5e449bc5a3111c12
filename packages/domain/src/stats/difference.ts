import { type Interval, type Measure, intervalOf } from './interval.ts';
import { type CrossSums, NO_OVERLAP, type Sums, meanCovariance, meanOf, meanVariance } from './sums.ts';

export interface Difference {
  /** The first mean less the second. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** The least significance level at which the interval excludes zero. */
  readonly p: number;
}

/**
 * The difference of two means or shares with its interval. Built from the intervals of the two (MOVER: Zou and
 * Donner, "Construction of confidence limits about effect measures", Stat. in Medicine 27 (2008); for shares it is
 * Newcombe's method 10, Stat. in Medicine 17 (1998)), with the correlation of the two means where the same people
 * answered in both. Undefined where one of them has no interval.
 */
export function differenceOf(
  a: Sums,
  b: Sums,
  measure: Measure,
  cross: CrossSums = NO_OVERLAP,
  confidence = 0.95,
): Difference | undefined {
  if (a.n === 0 || b.n === 0) return undefined;
  const correlation = correlationOf(a, b, cross);
  const interval = movers(a, b, measure, correlation, confidence);
  if (interval === undefined) return undefined;
  return { value: meanOf(a) - meanOf(b), ...interval, p: pValue(a, b, measure, correlation) };
}

/** The interval of a difference alone. */
export function differenceInterval(
  a: Sums,
  b: Sums,
  measure: Measure,
  cross: CrossSums = NO_OVERLAP,
  confidence = 0.95,
): Interval | undefined {
  return a.n === 0 || b.n === 0 ? undefined : movers(a, b, measure, correlationOf(a, b, cross), confidence);
}

function movers(a: Sums, b: Sums, measure: Measure, correlation: number, confidence: number): Interval | undefined {
  const [first, second] = [intervalOf(a, measure, confidence), intervalOf(b, measure, confidence)];
  if (first === undefined || second === undefined) return undefined;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const reach = (x: number, y: number): number => Math.sqrt(Math.max(0, x * x + y * y - 2 * correlation * x * y));
  const value = meanA - meanB;
  return {
    low: value - reach(meanA - first.low, second.high - meanB),
    high: value + reach(first.high - meanA, meanB - second.low),
  };
}

function correlationOf(a: Sums, b: Sums, cross: CrossSums): number {
  if (cross.nn === 0) return 0;
  const spread = Math.sqrt(meanVariance(a) * meanVariance(b));
  return spread > 0 ? Math.max(-1, Math.min(1, meanCovariance(a, b, cross) / spread)) : 0;
}

/** Found by halving: the interval grows with the confidence, so it touches zero at one level only. */
function pValue(a: Sums, b: Sums, measure: Measure, correlation: number): number {
  let [clear, unclear] = [-16, 0];
  const excludesZero = (exponent: number): boolean => {
    const interval = movers(a, b, measure, correlation, 1 - 10 ** exponent);
    return interval !== undefined && (interval.low > 0 || interval.high < 0);
  };
  if (excludesZero(-15)) return 1e-15;
  for (let i = 0; i < 30; i++) {
    const middle = (clear + unclear) / 2;
    if (excludesZero(middle)) unclear = middle;
    else clear = middle;
  }
  return 10 ** unclear;
}
