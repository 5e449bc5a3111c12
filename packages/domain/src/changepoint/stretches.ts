/** A point that has answers, and its place in the series. */
export interface Seen {
  readonly index: number;
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

export interface Mean {
  readonly n: number;
  readonly mean: number;
}

/** A series with its sums, so that the mean of any stretch of it is at hand. Places count its points, from 0. */
export interface Ground {
  readonly seen: readonly Seen[];
  readonly whole: Mean;
  /** Variance of a single answer, as the points' own variances tell it together. */
  readonly spread: number;
  /** Squares of the points around the mean of all, in variances of a single answer. */
  readonly scatter: number;
  /** From one place to another, the latter not included. */
  stretch(from: number, to: number): Mean;
}

/** On either side of a change. */
const LEAST = { points: 2, answers: 30 };

/** Undefined without any answer or any spread. */
export function groundOf(points: readonly Omit<Seen, 'index'>[]): Ground | undefined {
  const seen = points.flatMap((point, index) => (point.n > 0 ? [{ ...point, index }] : []));
  const ns = [0];
  const sums = [0];
  for (const [i, p] of seen.entries()) {
    ns.push((ns[i] ?? 0) + p.n);
    sums.push((sums[i] ?? 0) + p.n * p.mean);
  }
  const stretch = (from: number, to: number): Mean => {
    const n = (ns[to] ?? 0) - (ns[from] ?? 0);
    return { n, mean: ((sums[to] ?? 0) - (sums[from] ?? 0)) / n };
  };
  const whole = stretch(0, seen.length);
  const telling = seen.filter((p) => Number.isFinite(p.variance));
  const answers = telling.reduce((sum, p) => sum + p.n, 0);
  const spread = telling.reduce((sum, p) => sum + p.n * p.n * p.variance, 0) / answers;
  if (!(spread > 0)) return undefined;
  const scatter = seen.reduce((sum, p) => sum + (p.n * (p.mean - whole.mean) ** 2) / spread, 0);
  return { seen, whole, spread, scatter, stretch };
}

/** Whether a stretch is long enough to be a level of its own. */
export function isEnough({ stretch }: Ground, from: number, to: number): boolean {
  return to - from >= LEAST.points && stretch(from, to).n >= LEAST.answers;
}

/** A place where a stretch may be parted, with both sides. */
export interface Split {
  /** The first point after it. */
  readonly place: number;
  readonly before: Mean;
  readonly after: Mean;
  /** Standard error of the difference by the answers alone, and the difference over it. */
  readonly error: number;
  readonly z: number;
}

/** Every place of a stretch with enough on either side. */
export function splitsOf(ground: Ground, from: number, to: number): Split[] {
  const found: Split[] = [];
  for (let place = from + LEAST.points; place <= to - LEAST.points; place++) {
    if (isEnough(ground, from, place) && isEnough(ground, place, to)) found.push(splitAt(ground, from, place, to));
  }
  return found;
}

export function splitAt({ stretch, spread }: Ground, from: number, place: number, to: number): Split {
  const [before, after] = [stretch(from, place), stretch(place, to)];
  const error = Math.sqrt(spread * (1 / before.n + 1 / after.n));
  return { place, before, after, error, z: (after.mean - before.mean) / error };
}

/**
 * The places that part a series into so many levels and one more, with the least scatter around them: by dynamic
 * programming, Bai and Perron, "Computation and analysis of multiple structural change models", J. Appl. Econometrics 18
 * (2003). Undefined where there is not enough for so many.
 */
export function partsOf(ground: Ground, changes: number): readonly number[] | undefined {
  const { seen, stretch, whole } = ground;
  const told = (from: number, to: number): number => {
    const { n, mean } = stretch(from, to);
    return n * (mean - whole.mean) ** 2;
  };
  /** By where they end: the best parting of what lies before. */
  let best: ({ readonly told: number; readonly places: readonly number[] } | undefined)[] = [];
  for (let end = 0; end <= seen.length; end++) {
    best.push(isEnough(ground, 0, end) ? { told: told(0, end), places: [] } : undefined);
  }
  for (let k = 1; k <= changes; k++) {
    // Of the last level only the end of all is of interest.
    const ends = k < changes ? seen.map((_, end) => end) : [];
    best = [...ends, seen.length].reduce<typeof best>((next, end) => {
      let most: (typeof best)[number];
      for (let place = LEAST.points; place <= end - LEAST.points; place++) {
        const before = best[place];
        if (before === undefined || !isEnough(ground, place, end)) continue;
        const all = before.told + told(place, end);
        if (most === undefined || all > most.told) most = { told: all, places: [...before.places, place] };
      }
      next[end] = most;
      return next;
    }, []);
  }
  return best[seen.length]?.places;
}

/** The scatter that levels parted at these places leave, in variances of a single answer. */
export function leftBy({ seen, stretch, whole, spread, scatter }: Ground, places: readonly number[]): number {
  const ends = [0, ...places, seen.length];
  const told = ends.slice(1).reduce((sum, to, i) => {
    const { n, mean } = stretch(ends[i] ?? 0, to);
    return sum + n * (mean - whole.mean) ** 2;
  }, 0);
  return Math.max(0, scatter - told / spread);
}

/** The straight line through the points, each weighing as many answers as it has. */
export interface Line {
  readonly slope: number;
  readonly middle: number;
  readonly squares: number;
  readonly z: number;
}

export function lineOf({ seen, whole, spread }: Ground): Line {
  const middle = seen.reduce((sum, p) => sum + p.n * p.index, 0) / whole.n;
  const squares = seen.reduce((sum, p) => sum + p.n * (p.index - middle) ** 2, 0);
  const products = seen.reduce((sum, p) => sum + p.n * (p.index - middle) * (p.mean - whole.mean), 0);
  return { slope: products / squares, middle, squares, z: products / Math.sqrt(squares * spread) };
}
