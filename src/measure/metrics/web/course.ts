import type { Interval } from '@touchstone/domain/calendar';
import type { Format, SeriesPoint } from '../../../platform/web/ui/index.ts';
import type { Home, SeriesFigure } from '../contract.ts';
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

/** Its values over time, from the first that is known to the last: other facts may reach further. */
export function courseOf({ course }: Home['figures'][number]): (number | null)[] | undefined {
  const known = (value: number | null): boolean => value !== null;
  const values = course.slice(Math.max(course.findIndex(known), 0), course.findLastIndex(known) + 1);
  return values.length < 2 ? undefined : values;
}
