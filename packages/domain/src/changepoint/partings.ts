import { normalTail, tCdf } from '../stats/index.ts';
import { type Search, boundAt, boundAtT, chanceOfExceeding, chanceOfExceedingT } from './bounds.ts';
import { type Ground, type Split, isEnough, leftBy, partsOf, splitAt, splitsOf } from './stretches.ts';

/** How many points so many changes take. */
const leastPoints = (changes: number): number => 4 + 2 * changes;
const MOST_CHANGES = 4;
/** Of more points only one change is looked for: the work grows with their square. */
const MOST_POINTS = 500;
export const LEVEL = 0.05;
/** What of the level goes to one lasting change, and what to a stretch that is unlike the time before and after it. */
export const SHARES = { one: 0.8, stretch: 0.2 };
/** Hansen, "Sample splitting and threshold estimation", Econometrica 68 (2000), table 1: 95 %. */
const AS_LIKELY = 7.35;

export interface Found {
  readonly split: Split;
  readonly search: Search;
  readonly p: number;
  /** How many standard errors the interval of its size reaches. */
  readonly reach: number;
  /** The places that are as likely. */
  readonly first: number;
  readonly last: number;
}

/** A series parted into levels. */
export interface Parting {
  readonly found: readonly Found[];
  /** Scatter from point to point that is left, over what the answers' own would be. */
  readonly left: number;
  readonly places: readonly number[];
}

/**
 * The best parting by so many changes, each of them held against no change between its neighbours and corrected for all
 * its places there, and for how many there are.
 */
export function partingOf(ground: Ground, changes: number): Parting | undefined {
  const { seen } = ground;
  const most = seen.length > MOST_POINTS ? 1 : MOST_CHANGES;
  const isTooMany = changes > most || seen.length < leastPoints(changes);
  const places = isTooMany ? undefined : partsOf(ground, changes);
  if (places === undefined) return undefined;
  const df = seen.length - 2 * changes;
  const left = leftBy(ground, places) / df;
  const ends = [0, ...places, seen.length];
  const found = places.map((place, j) =>
    testOf(ground, [ends[j] ?? 0, place, ends[j + 2] ?? 0], { level: (LEVEL * SHARES.one) / changes, left, df }),
  );
  return { found, left, places };
}

/** What a change has to stand against. */
export interface Against {
  /** How often it may be called one by chance. */
  readonly level: number;
  /** The scatter that is left, on so many degrees of freedom. */
  readonly left: number;
  readonly df: number;
}

export function reachOf(search: Search, { level, left, df }: Against): number {
  return Math.max(boundAt(level, search), boundAtT(level, search, df) * Math.sqrt(left));
}

export function testOf(
  ground: Ground,
  [from, place, to]: readonly [from: number, place: number, to: number],
  against: Against,
): Found {
  const { level, left, df } = against;
  const splits = splitsOf(ground, from, to);
  const split = splitAt(ground, from, place, to);
  const n = split.before.n + split.after.n;
  const [start, end] = [splits[0] ?? split, splits.at(-1) ?? split];
  const search = { places: splits.length, from: start.before.n / n, to: end.before.n / n };
  const z = Math.abs(split.z);
  const t = left > 0 ? z / Math.sqrt(left) : Number.POSITIVE_INFINITY;
  const chance = Math.max(chanceOfExceeding(z, search), chanceOfExceedingT(t, search, df));
  const over = Math.max(1, left);
  const likely = splits.filter((s) => (z * z - s.z * s.z) / over <= AS_LIKELY).map((s) => s.place);
  return {
    split,
    search,
    p: Math.min(1, (chance * LEVEL) / level),
    reach: reachOf(search, against),
    first: Math.min(...likely),
    last: Math.max(...likely),
  };
}

/**
 * One change after another as long as each of them stands, or two at once where a stretch within a level is unlike the rest of it.
 * Undefined: none.
 */
export function severalOf(ground: Ground): Parting | undefined {
  let best: Parting | undefined;
  for (;;) {
    const places = best?.places ?? [];
    let next = partingOf(ground, places.length + 1);
    if (!isCarried(next) && ground.seen.length <= MOST_POINTS && hasStretch(ground, places))
      next = partingOf(ground, places.length + 2);
    if (!isCarried(next)) return best;
    best = next;
  }
}

export function isCarried(parting: Parting | undefined): parting is Parting {
  return parting !== undefined && parting.found.every((f) => f.p < LEVEL);
}

/** Whether any of the levels that a series is parted into has a stretch that is unlike the rest of it. */
function hasStretch(ground: Ground, places: readonly number[]): boolean {
  const ends = [0, ...places, ground.seen.length];
  const level = (LEVEL * SHARES.stretch) / (places.length + 1);
  return ends.slice(1).some((to, i) => chanceOfStretch(ground, ends[i] ?? 0, to) < level);
}

/**
 * The chance, at most, that a level without a change has a stretch as unlike the time before and after it: Levin and
 * Kline, "The CUSUM test of homogeneity with an application in spontaneous abortion epidemiology", Statistics in
 * Medicine 4 (1985), with Bonferroni's correction for all stretches.
 */
function chanceOfStretch(ground: Ground, start: number, end: number): number {
  const { seen, stretch, spread } = ground;
  const whole = stretch(start, end);
  let stretches = 0;
  let most = 0;
  for (let from = start + 1; from < end; from++) {
    if (!isEnough(ground, start, from)) continue;
    for (let to = from + 1; to < end; to++) {
      if (!isEnough(ground, from, to) || !isEnough(ground, to, end)) continue;
      const { n, mean } = stretch(from, to);
      // The difference to the rest over its standard error, squared.
      most = Math.max(most, (n * (mean - whole.mean) ** 2 * whole.n) / ((whole.n - n) * spread));
      stretches++;
    }
  }
  if (stretches === 0) return 1;
  const df = end - start - 2;
  const scatter = seen.slice(start, end).reduce((sum, p) => sum + (p.n * (p.mean - whole.mean) ** 2) / spread, 0);
  const left = Math.max(0, scatter - most) / df;
  const byScatter = left > 0 ? 1 - tCdf(Math.sqrt(most / left), df) : 0;
  return Math.min(1, stretches * 2 * Math.max(normalTail(Math.sqrt(most)), byScatter));
}
