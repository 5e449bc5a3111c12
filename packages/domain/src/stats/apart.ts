import { normalQuantile, normalTail } from './quantiles.ts';

/** A part of the answers, with the 95 % interval of its figure. */
export interface PartFigure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * How likely a part lies this far from the figure of all answers by chance alone: from its own interval, the side of it
 * that looks towards the whole, as if the whole were known for sure. That claims less than the part against the rest would:
 * with a share w of the answers and like spread, part and rest lie 1 / (1 − w) times as far apart, while the deviation of
 * that difference is only 1 / √(1 − w) times the part's own. Where many parts are looked at it is corrected (`holm`).
 */
export function apartFromWhole({ value, low, high }: PartFigure, whole: number): number {
  const reach = whole > value ? high - value : value - low;
  if (whole === value) return 1;
  return reach > 0 ? Math.min(1, 2 * normalTail((Math.abs(whole - value) / reach) * normalQuantile(0.975))) : 0;
}
