/** What may be said of a difference: which way it goes, or that nothing is clear. */
export type Verdict = 'higher' | 'lower' | 'unclear';

/**
 * p-values corrected for having been looked for among one another, in the same order: the chance of even one false
 * claim in the family stays below the level. Holm, "A simple sequentially rejective multiple test procedure",
 * Scand. J. Statistics 6 (1979). Chosen over a false-discovery rate because every difference shown as clear is read as a claim of its own.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, i) => ({ p, i })).toSorted((a, b) => a.p - b.p || a.i - b.i);
  const corrected = ps.map(() => 1);
  let least = 0;
  order.forEach(({ p, i }, rank) => {
    least = Math.max(least, Math.min(1, p * (ps.length - rank)));
    corrected[i] = least;
  });
  return corrected;
}

/** The verdict on a difference whose p-value (corrected where it is one of many) stands at a level. */
export function verdictOf(value: number, p: number, level = 0.05): Verdict {
  if (!(p < level) || value === 0) return 'unclear';
  return value > 0 ? 'higher' : 'lower';
}
