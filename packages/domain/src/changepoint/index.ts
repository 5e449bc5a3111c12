import { normalQuantile } from '../stats/index.ts';
import { boundAt, boundAtT, chanceOfExceeding, chanceOfExceedingT } from './bounds.ts';

/** One point of a series: the mean of `n` answers, and the variance of that mean (NaN where a single person gave them). */
export interface Point {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

export interface Level {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** A change of a series that its answers carry. */
export interface Change {
  /** `step`: from one level to another; `drift`: a straight line accounts for more than any step. */
  readonly shape: 'step' | 'drift';
  /** The first point after it. Of a drift it tells nothing. */
  readonly at: number;
  /** The places that are as likely: the first and the last point it may have been. */
  readonly first: number;
  readonly last: number;
  /** Of a drift: where its line begins and ends. */
  readonly before: Level;
  readonly after: Level;
  /** After less before, with its 95 % interval, widened for the search. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What was found of a series that is long enough to be looked at. */
export interface Course {
  /** The chance that a series without a change looks as changed as this. */
  readonly p: number;
  /** How many places the change was looked for at. */
  readonly places: number;
  readonly change: Change | null;
}

const LEAST_POINTS = 6;
/** On either side of a change. */
const LEAST = { points: 2, answers: 30 };
const LEVEL = 0.05;
/** Hansen, "Sample splitting and threshold estimation", Econometrica 68 (2000), table 1: 95 %. */
const AS_LIKELY = 7.35;

/**
 * Looks for one change in a series of means. Undefined where it is too short or rests on too few answers to look.
 * Hinkley, Biometrika 57 (1970); Hawkins, JASA 72 (1977); Worsley, JASA 74 (1979).
 */
export function courseOf(points: readonly Point[]): Course | undefined {
  const seen = points.flatMap((point, index) => (point.n > 0 ? [{ ...point, index }] : []));
  const spread = pooledVariance(seen);
  if (seen.length < LEAST_POINTS || !(spread > 0)) return undefined;
  const whole = sumUp(seen);
  const places = splitsOf(seen, whole, spread);
  const best = places.toSorted((a, b) => Math.abs(b.z) - Math.abs(a.z))[0];
  const [start, end] = [places[0], places.at(-1)];
  if (best === undefined || start === undefined || end === undefined) return undefined;
  const search = { places: places.length, from: start.before.n / whole.n, to: end.before.n / whole.n };
  const df = seen.length - 2;
  const scatter = seen.reduce((sum, p) => sum + (p.n * (p.mean - whole.mean) ** 2) / spread, 0);
  const left = (z: number): number => Math.max(0, scatter - z * z) / df;
  const t = (z: number): number => (left(z) > 0 ? Math.abs(z) / Math.sqrt(left(z)) : Number.POSITIVE_INFINITY);
  const p = Math.max(chanceOfExceeding(Math.abs(best.z), search), chanceOfExceedingT(t(best.z), search, df));
  if (!(p < LEVEL)) return { p, places: places.length, change: null };
  const over = Math.max(1, left(best.z));
  const line = lineOf(seen, whole, spread);
  const told = Math.abs(line.z) > Math.abs(best.z) ? driftOf(line, seen, whole, spread) : stepOf(best, spread, over);
  const reach = Math.max(boundAt(LEVEL, search), boundAtT(LEVEL, search, df) * Math.sqrt(left(told.z)));
  const likely = places.filter((s) => (best.z ** 2 - s.z ** 2) / over <= AS_LIKELY).map((s) => s.index);
  const value = told.after.mean - told.before.mean;
  const change: Change = {
    shape: told.shape,
    at: best.index,
    first: Math.min(...likely),
    last: Math.max(...likely),
    before: told.before,
    after: told.after,
    value,
    low: value - reach * told.error,
    high: value + reach * told.error,
  };
  return { p, places: places.length, change };
}

interface Seen extends Point {
  readonly index: number;
}

interface Mean {
  readonly n: number;
  readonly mean: number;
}

function sumUp(points: readonly Point[]): Mean {
  const n = points.reduce((sum, p) => sum + p.n, 0);
  return { n, mean: points.reduce((sum, p) => sum + p.n * p.mean, 0) / n };
}

/** Variance of a single answer, as the points' own variances tell it together. */
function pooledVariance(points: readonly Point[]): number {
  const telling = points.filter((p) => Number.isFinite(p.variance));
  const { n } = sumUp(telling);
  return telling.reduce((sum, p) => sum + p.n * p.n * p.variance, 0) / n;
}

interface Split {
  /** The first point after it. */
  readonly index: number;
  readonly before: Mean;
  readonly after: Mean;
  /** The difference over its standard error. */
  readonly z: number;
}

/** Every place with enough on either side. */
function splitsOf(seen: readonly Seen[], whole: Mean, spread: number): Split[] {
  let [n, sum] = [0, 0];
  return seen.flatMap((point, i) => {
    const before = { n, mean: n === 0 ? 0 : sum / n };
    n += point.n;
    sum += point.n * point.mean;
    const after = {
      n: whole.n - before.n,
      mean: (whole.n * whole.mean - before.n * before.mean) / (whole.n - before.n),
    };
    const enough = i >= LEAST.points && seen.length - i >= LEAST.points;
    if (!enough || before.n < LEAST.answers || after.n < LEAST.answers) return [];
    const error = Math.sqrt(spread * (1 / before.n + 1 / after.n));
    return [{ index: point.index, before, after, z: (after.mean - before.mean) / error }];
  });
}

interface Told extends Pick<Change, 'shape' | 'before' | 'after'> {
  readonly z: number;
  /** Standard error of the size, by the answers alone. */
  readonly error: number;
}

function stepOf({ before, after, z }: Split, spread: number, over: number): Told {
  const level = ({ n, mean }: Mean): Level => ({ n, ...around(mean, Math.sqrt((spread * over) / n)) });
  const error = Math.sqrt(spread * (1 / before.n + 1 / after.n));
  return { shape: 'step', before: level(before), after: level(after), z, error };
}

interface Line {
  readonly slope: number;
  readonly middle: number;
  readonly squares: number;
  readonly z: number;
}

/** The straight line through the points, each weighing as many answers as it has. */
function lineOf(seen: readonly Seen[], whole: Mean, spread: number): Line {
  const middle = seen.reduce((sum, p) => sum + p.n * p.index, 0) / whole.n;
  const squares = seen.reduce((sum, p) => sum + p.n * (p.index - middle) ** 2, 0);
  const products = seen.reduce((sum, p) => sum + p.n * (p.index - middle) * (p.mean - whole.mean), 0);
  return { slope: products / squares, middle, squares, z: products / Math.sqrt(squares * spread) };
}

function driftOf({ slope, middle, squares, z }: Line, seen: readonly Seen[], whole: Mean, spread: number): Told {
  const [first, last] = [seen[0]?.index ?? 0, seen.at(-1)?.index ?? 0];
  const end = (index: number): Level => {
    const error = Math.sqrt(spread * (1 / whole.n + (index - middle) ** 2 / squares));
    return { n: whole.n, ...around(whole.mean + slope * (index - middle), error) };
  };
  const error = Math.sqrt(spread / squares) * (last - first);
  return { shape: 'drift', before: end(first), after: end(last), z, error };
}

function around(mean: number, error: number): Omit<Level, 'n'> {
  const half = normalQuantile(0.975) * error;
  return { mean, low: mean - half, high: mean + half };
}
