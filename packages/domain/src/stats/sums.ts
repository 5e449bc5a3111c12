/**
 * What one query says of a group of answers so that its mean and interval can be computed: sums over the people who
 * gave them. With n_g answers of person g and their sum s_g:
 * a person is a cluster; an answer of nobody known is a cluster of its own.
 */
export interface Sums {
  /** Σ n_g: answers. */
  readonly n: number;
  /** Clusters. */
  readonly clusters: number;
  /** Σ s_g. */
  readonly x: number;
  /** Σ s_g². */
  readonly xx: number;
  /** Σ s_g n_g. */
  readonly xn: number;
  /** Σ n_g². */
  readonly nn: number;
}

/** Sums over the clusters two groups share: what makes their means move together. */
export interface CrossSums {
  /** Σ s_gA s_gB. */
  readonly xx: number;
  /** Σ s_gA n_gB. */
  readonly xn: number;
  /** Σ n_gA s_gB. */
  readonly nx: number;
  /** Σ n_gA n_gB. */
  readonly nn: number;
}

export const NOTHING: Sums = { n: 0, clusters: 0, x: 0, xx: 0, xn: 0, nn: 0 };
export const NO_OVERLAP: CrossSums = { xx: 0, xn: 0, nx: 0, nn: 0 };

/** Sums of clusters given as `[n_g, s_g]`: for tests and simulations; a query delivers them otherwise. */
export function sumsOf(clusters: Iterable<readonly [number, number]>): Sums {
  let [n, count, x, xx, xn, nn] = [0, 0, 0, 0, 0, 0];
  for (const [size, sum] of clusters) {
    n += size;
    count++;
    x += sum;
    xx += sum * sum;
    xn += sum * size;
    nn += size * size;
  }
  return { n, clusters: count, x, xx, xn, nn };
}

/** Of clusters that are alike, told by how many there are: `n` answers each, with this sum. */
export function sumsOfGroups(
  groups: Iterable<{ readonly n: number; readonly sum: number; readonly times: number }>,
): Sums {
  let [n, clusters, x, xx, xn, nn] = [0, 0, 0, 0, 0, 0];
  for (const { n: size, sum, times } of groups) {
    n += times * size;
    clusters += times;
    x += times * sum;
    xx += times * sum * sum;
    xn += times * sum * size;
    nn += times * size * size;
  }
  return { n, clusters, x, xx, xn, nn };
}

/** Of single answers, told by how many gave each value: `[value, how many]`. */
export function sumsOfCounts(counts: Iterable<readonly [value: number, times: number]>): Sums {
  return sumsOfGroups(Array.from(counts, ([value, times]) => ({ n: 1, sum: value, times })));
}

/** The mean of the answers; NaN of none. */
export function meanOf(sums: Sums): number {
  return sums.x / sums.n;
}

/**
 * Variance of the mean, linearised by cluster with the factor G / (G − 1): Σ (s_g − x̄ n_g)² · G / (G − 1) / n².
 * Binder, "On the variances of asymptotically normal estimators from complex surveys", Int. Stat. Review 51 (1983);
 * Cameron and Miller, "A practitioner's guide to cluster-robust inference", J. Human Resources 50 (2015). NaN below two clusters.
 */
export function meanVariance(sums: Sums): number {
  if (sums.clusters < 2) return Number.NaN;
  const mean = meanOf(sums);
  const squares = sums.xx - 2 * mean * sums.xn + mean * mean * sums.nn;
  const variance = (Math.max(0, squares) * (sums.clusters / (sums.clusters - 1))) / sums.n ** 2;
  // What is left where all answers are alike is rounding.
  return squares <= 1e-12 * (sums.xx + mean * mean * sums.nn) ? 0 : variance;
}

/** Covariance of the means of two groups that share clusters, with the factor of their variances. */
export function meanCovariance(a: Sums, b: Sums, cross: CrossSums): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const products = cross.xx - meanB * cross.xn - meanA * cross.nx + meanA * meanB * cross.nn;
  const factor = Math.sqrt((a.clusters / (a.clusters - 1)) * (b.clusters / (b.clusters - 1)));
  return (products * factor) / (a.n * b.n);
}

/**
 * How many clusters of equal size would weigh as much: (Σ n_g)² / Σ n_g². Kish, "Survey Sampling" (1965).
 * One less of it are the degrees of freedom of the variance.
 */
export function effectiveClusters(sums: Sums): number {
  return sums.nn === 0 ? 0 : sums.n ** 2 / sums.nn;
}
