import { normalQuantile } from '../stats/index.ts';
import {
  type Found,
  type Parting,
  LEVEL,
  SHARES,
  isCarried,
  partingOf,
  reachOf,
  severalOf,
  testOf,
} from './partings.ts';
import {
  type Ground,
  type Line,
  type Mean,
  type Split,
  groundOf,
  isEnough,
  leftBy,
  lineOf,
  splitsOf,
} from './stretches.ts';

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

/** A difference with its 95 % interval, widened for the search. */
export interface Size {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** After less before. */
export interface Shift extends Size {
  /** The chance that a series without a change here looks as changed. */
  readonly p: number;
  readonly before: Level;
  readonly after: Level;
}

/** A change of a series that its answers carry. Of a drift `before` and `after` are where its line begins and ends. */
export interface Change extends Shift {
  /** `step`: from one level to another; `drift`: a straight line accounts for more than steps do. */
  readonly shape: 'step' | 'drift';
  /** The first point after it. Of a drift it tells nothing. */
  readonly at: number;
  /** The places that are as likely: the first and the last point it may have been. */
  readonly first: number;
  readonly last: number;
  /** What the mean of the whole series would gain, had it been all the time as it is after this change, which is the last; of an earlier one, had the time until the next been as before it. */
  readonly whole: Size;
}

/** What was found of a series that is long enough to be looked at. */
export interface Course {
  /** How many places a change was looked for at. */
  readonly places: number;
  /** In their order; one where it is a drift. */
  readonly changes: readonly Change[];
}

/**
 * Looks for lasting changes in a series of means. Undefined where it is too short or rests on too few answers to look.
 * Hinkley, Biometrika 57 (1970); Hawkins, JASA 72 (1977); Worsley, JASA 74 (1979); of several Bai and Perron, Econometrica 66 (1998).
 */
export function courseOf(points: readonly Point[]): Course | undefined {
  const ground = groundOf(points);
  if (ground === undefined) return undefined;
  const one = partingOf(ground, 1);
  if (one === undefined) return undefined;
  const places = splitsOf(ground, 0, ground.seen.length).length;
  const steps = severalOf(ground);
  if (steps === undefined) return { places, changes: [] };
  const line = lineOf(ground);
  const [step] = one.found;
  const isDrift =
    step !== undefined &&
    isCarried(one) &&
    Math.abs(line.z) > Math.abs(step.split.z) &&
    !accountForMore(ground, steps, line);
  return { places, changes: isDrift ? [driftOf(ground, line, step)] : stepsOf(ground, steps) };
}

/**
 * How a part of a series differs before and after a change that was found in the whole, at the point `at`. The place is
 * not the part's own choice, but may have been chosen by its answers among others': it is corrected as if it had been
 * looked for. Undefined where there is too little on a side.
 */
export function shiftAt(points: readonly Point[], at: number): Shift | undefined {
  const ground = groundOf(points);
  if (ground === undefined) return undefined;
  const { seen } = ground;
  const place = seen.findIndex((p) => p.index >= at);
  if (place < 0 || !isEnough(ground, 0, place) || !isEnough(ground, place, seen.length)) return undefined;
  const left = leftBy(ground, [place]) / (seen.length - 2);
  const { split, p, reach } = testOf(ground, [0, place, seen.length], { level: LEVEL, left, df: seen.length - 2 });
  return { p, ...sidesOf(ground, split, left), ...sizeOf(split.after.mean - split.before.mean, reach * split.error) };
}

/**
 * Whether several steps account for so much more than a line that their number is worth it: Schwarz's criterion, as Yao,
 * "Estimating the number of change-points via Schwarz' criterion", Statistics & Probability Letters 6 (1988).
 */
function accountForMore(ground: Ground, { places }: Parting, { z }: Line): boolean {
  const points = ground.seen.length;
  if (places.length < 2) return false;
  // No less than the answers' own scatter: what is left below it tells nothing.
  const cost = (left: number, free: number): number =>
    points * Math.log(Math.max(left, points) / points) + free * Math.log(points);
  return cost(leftBy(ground, places), 2 * places.length + 1) < cost(Math.max(0, ground.scatter - z * z), 2);
}

function stepsOf(ground: Ground, { found, left, places }: Parting): Change[] {
  const { seen, stretch, whole, spread } = ground;
  const indexAt = (place: number): number => seen[place]?.index ?? 0;
  return found.map(({ split, p, reach, first, last }, j): Change => {
    const value = split.after.mean - split.before.mean;
    const next = places[j + 1];
    return {
      shape: 'step',
      at: indexAt(split.place),
      first: indexAt(first),
      last: indexAt(last),
      p,
      ...sidesOf(ground, split, left),
      ...sizeOf(value, reach * split.error),
      whole: next === undefined ? fromNow() : until(next),
    };
    function fromNow(): Size {
      const parts = [0, ...places].map((from, i) => stretch(from, places[i] ?? seen.length));
      const share = split.after.n / whole.n;
      const squares = parts
        .slice(0, -1)
        .reduce((sum, { n }) => sum + n / whole.n ** 2, (1 - share) ** 2 / split.after.n);
      return sizeOf(split.after.mean - whole.mean, reach * Math.sqrt(spread * squares));
    }
    function until(end: number): Size {
      const share = stretch(split.place, end).n / whole.n;
      return sizeOf(-share * value, share * reach * split.error);
    }
  });
}

/** The line's two ends; its size is as sure as the search for one step leaves it. */
function driftOf(
  ground: Ground,
  { slope, middle, squares, z }: Line,
  { search, split, p, first, last }: Found,
): Change {
  const { seen, whole, spread, scatter } = ground;
  const indexAt = (place: number): number => seen[place]?.index ?? 0;
  const [start, finish] = [indexAt(0), indexAt(seen.length - 1)];
  const end = (index: number): Level => {
    const error = Math.sqrt(spread * (1 / whole.n + (index - middle) ** 2 / squares));
    return { n: whole.n, ...around(whole.mean + slope * (index - middle), error) };
  };
  const df = seen.length - 2;
  const left = Math.max(0, scatter - z * z) / df;
  const reach = reachOf(search, { level: LEVEL * SHARES.one, left, df });
  const value = slope * (finish - start);
  const half = reach * Math.sqrt(spread / squares) * (finish - start);
  return {
    shape: 'drift',
    at: indexAt(split.place),
    first: indexAt(first),
    last: indexAt(last),
    p,
    before: end(start),
    after: end(finish),
    ...sizeOf(value, half),
    whole: sizeOf(value / 2, half / 2),
  };
}

function sidesOf({ spread }: Ground, { before, after }: Split, left: number): Pick<Shift, 'before' | 'after'> {
  const level = ({ n, mean }: Mean): Level => ({ n, ...around(mean, Math.sqrt((spread * Math.max(1, left)) / n)) });
  return { before: level(before), after: level(after) };
}

function sizeOf(value: number, half: number): Size {
  return { value, low: value - half, high: value + half };
}

function around(mean: number, error: number): Omit<Level, 'n'> {
  const half = normalQuantile(0.975) * error;
  return { mean, low: mean - half, high: mean + half };
}
