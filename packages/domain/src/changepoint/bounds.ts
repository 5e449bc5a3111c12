import { normalTail, tCdf, tQuantile } from '../stats/index.ts';

/** Where a change was looked for. */
export interface Search {
  /** How many places. */
  readonly places: number;
  /** The share of all answers that lies before the first place, and before the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * The chance, at most, that the greatest of all standardised differences exceeds `bound` though nothing changed: Bonferroni's
 * bound or, for many places, that of Miller and Siegmund, "Maximally selected chi square statistics", Biometrics 38
 * (1982), whichever is less.
 */
export function chanceOfExceeding(bound: number, { places, from, to }: Search): number {
  const apart = Math.min(1, places * 2 * normalTail(bound));
  if (bound <= 1) return apart;
  const density = Math.exp((-bound * bound) / 2) / Math.sqrt(2 * Math.PI);
  const reach = Math.log((to * (1 - from)) / ((1 - to) * from));
  return Math.min(apart, density * ((bound - 1 / bound) * reach + 4 / bound));
}

/** The same for differences over an estimated scatter, by Bonferroni: Worsley, JASA 74 (1979). */
export function chanceOfExceedingT(bound: number, { places }: Search, df: number): number {
  return Math.min(1, places * 2 * (1 - tCdf(bound, df)));
}

/** The bound that is exceeded by chance with a probability of at most `level`. */
export function boundAt(level: number, search: Search): number {
  let [low, high] = [1, 12];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (chanceOfExceeding(middle, search) > level) low = middle;
    else high = middle;
  }
  return high;
}

export function boundAtT(level: number, { places }: Search, df: number): number {
  return tQuantile(1 - level / (2 * places), df);
}
