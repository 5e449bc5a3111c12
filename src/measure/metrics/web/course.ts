import type { Interval } from '@touchstone/domain/calendar';
import type { Format, SeriesPoint } from '../../../platform/web/ui/index.ts';
import type { SeriesFigure } from '../contract.ts';
import { bucketWords } from './writing.ts';

/**
 * The figures of all groups together over time, as a chart draws them.
 * @param before those of the period it is compared with: the first lies beside the first
 */
export function coursePoints(
  series: readonly SeriesFigure[],
  interval: Interval,
  format: Format,
  before?: readonly SeriesFigure[],
): SeriesPoint[] {
  const beside = before?.filter((s) => s.key === null);
  return series
    .filter((s) => s.key === null)
    .map(({ at, value, low, high, n, partial }, place) => ({
      at,
      label: bucketWords(at, interval, format),
      value,
      low,
      high,
      n,
      partial,
      ...(beside === undefined ? {} : { before: beside[place]?.value ?? null }),
    }));
}
