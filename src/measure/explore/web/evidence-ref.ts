import { type Interval, isDay, nextBucket, type Period } from '@touchstone/domain/calendar';
import { withLevel } from '../../metrics/web/facade.ts';
import type { Side } from './sides.ts';

/**
 * Which figure of the page is meant, as the address says it: `all`, `other` (of a comparison the second side),
 * `at 2026-01-01`, `of SP`, `at 2026-01-01 of SP`.
 */
export type FigureRef = string;

export function refTo(figure: {
  readonly at?: string | undefined;
  readonly of?: string | null | undefined;
}): FigureRef {
  const { at, of } = figure;
  const parts = [...(at === undefined ? [] : [`at ${at}`]), ...(of === undefined || of === null ? [] : [`of ${of}`])];
  return parts.length === 0 ? 'all' : parts.join(' ');
}

/** Which rows a figure rests on: its period and filter. Undefined where the text means no figure of this page. */
export function questionOf(
  ref: FigureRef,
  page: {
    readonly asked: Side;
    readonly other: Side | undefined;
    readonly by: string | undefined;
    readonly interval: Interval;
  },
): Side | undefined {
  const { asked, other, by, interval } = page;
  if (ref === 'all') return asked;
  if (ref === 'other') return other;
  const found = /^(?:at (\d{4}-\d{2}-\d{2}))?(?: ?of ([^]*))?$/u.exec(ref);
  if (found === null || ref === '') return undefined;
  const [, at, of] = found;
  if (at !== undefined && !isDay(at)) return undefined;
  if (of !== undefined && by === undefined) return undefined;
  const period = at === undefined ? asked : within(asked, { from: at, to: nextBucket(at, interval) });
  if (period === undefined) return undefined;
  return {
    from: period.from,
    to: period.to,
    filter: of === undefined || by === undefined ? asked.filter : withLevel(asked.filter, by, of),
  };
}

/** What of a bucket lies in the period; undefined for nothing. */
function within(asked: Period, bucket: Period): Period | undefined {
  const from = bucket.from > asked.from ? bucket.from : asked.from;
  const to = bucket.to < asked.to ? bucket.to : asked.to;
  return from < to ? { from, to } : undefined;
}
