import { normalQuantile, tQuantile } from './quantiles.ts';
import { type Sums, effectiveClusters, meanOf, meanVariance } from './sums.ts';

/**
 * How a figure's answers are to be read.
 * - `share`: each is 0 or 1
 * - `bounded`: each lies on a scale from `low` to `high`
 * - `open`: each is any number
 */
export type Measure =
  | { readonly kind: 'share' }
  | { readonly kind: 'bounded'; readonly low: number; readonly high: number }
  | { readonly kind: 'open' };

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The interval of a mean or share at a confidence (0.95 unless said); undefined where the answers cannot carry one. */
export function intervalOf(sums: Sums, measure: Measure, confidence = 0.95): Interval | undefined {
  if (sums.n === 0) return undefined;
  if (measure.kind === 'open') return openInterval(sums, confidence);
  const [low, high] = measure.kind === 'share' ? [0, 1] : [measure.low, measure.high];
  const unit = scoreInterval(sums, low, high, measure.kind === 'share', confidence);
  return { low: low + unit.low * (high - low), high: low + unit.high * (high - low) };
}

/** Student's t on the cluster-robust variance; none where all answers are alike, since their spread says nothing. */
function openInterval(sums: Sums, confidence: number): Interval | undefined {
  const variance = meanVariance(sums);
  if (!(variance > 0)) return undefined;
  const half = studentT(sums, confidence) * Math.sqrt(variance);
  return { low: meanOf(sums) - half, high: meanOf(sums) + half };
}

/**
 * Wilson's score interval on the unit scale. For answers that resemble one another within a person, and for scores on
 * a scale, the effective sample size stands for n: the variance a share of that height would have, over the
 * cluster-robust one; shrunk by (z / t)² since that variance is estimated. Korn and Graubard, "Confidence intervals for
 * proportions with small expected number of positive counts estimated from survey data", Survey Methodology 24 (1998);
 * Dean and Pagano, Stat. in Medicine 34 (2015). For scores this keeps the interval on the scale and leans it to the
 * middle, as skewed scores near an end need (coverage in SPEC.md). Answers that are all alike show no spread: then the share of
 * answers elsewhere may be as high as Wilson's limit of none seen among the people.
 */
function scoreInterval(sums: Sums, low: number, high: number, isShare: boolean, confidence: number): Interval {
  const range = high - low;
  const height = Math.max(0, Math.min(1, (meanOf(sums) - low) / range));
  const z = normalQuantile((1 + confidence) / 2);
  if (isShare && sums.nn === sums.n) return wilson(height, sums.n, z);
  const variance = meanVariance(sums) / range ** 2;
  if (variance > 0)
    return wilson(height, ((height * (1 - height)) / variance) * (z / studentT(sums, confidence)) ** 2, z);
  const unseen = wilson(0, effectiveClusters(sums), z).high;
  return { low: height - unseen * height, high: height + unseen * (1 - height) };
}

function studentT(sums: Sums, confidence: number): number {
  return tQuantile((1 + confidence) / 2, Math.max(1, effectiveClusters(sums) - 1));
}

/** Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927). */
export function wilson(share: number, n: number, z: number): Interval {
  const shrink = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: share === 0 ? 0 : Math.max(0, centre - half), high: share === 1 ? 1 : Math.min(1, centre + half) };
}
