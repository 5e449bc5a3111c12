import type { Interval } from '@touchstone/domain/calendar';
import type { Format, SeriesPoint } from '../../../platform/web/ui/index.ts';
import type { SeriesFigure } from '../contract.ts';
import { bucketWords } from './writing.ts';

/** The figures of all groups together over time, as a chart draws them. */
export function coursePoints(series: readonly SeriesFigure[], interval: Interval, format: Format): SeriesPoint[] {
  return series
    .filter((s) => s.key === null)
    .map(({ at, value, low, high, n, partial }) => ({
      at,
      label: bucketWords(at, interval, format),
      value,
      low,
      high,
      n,
      partial,
    }));
}
