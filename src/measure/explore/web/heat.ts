import { daysBetween, type Interval, type Period } from '@touchstone/domain/calendar';
import { apartFromWhole, holm } from '@touchstone/domain/stats';
import type { Figures, SeriesFigure } from '../../metrics/contract.ts';

/** A figure of one group in one stretch of time, and whether it is called different from all together. */
export interface HeatFigure {
  readonly figure: SeriesFigure;
  readonly sure: boolean;
}

export interface Heat {
  /** Stretches of time in which any group has a figure, in order. */
  readonly columns: readonly { readonly at: string; readonly partial: boolean }[];
  /** Of each group, in the order of the groups: a cell for each column. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly (HeatFigure | null)[] }[];
  /** How many were held against the whole. */
  readonly compared: number;
}

/**
 * Groups by stretches of time. Each figure of 30 answers or more is held against the figure of all together, corrected for
 * all that are (Holm): what is left is called different.
 */
export function heatOf({ overall, groups, series }: Pick<Figures, 'overall' | 'groups' | 'series'>): Heat {
  const cells = new Map(series.flatMap((s) => (s.key === null || s.value === null ? [] : [[placeOf(s.at, s.key), s]])));
  const whole = overall.value;
  const held = [...cells.values()].filter((s) => whole !== null && !s.few && s.low !== null && s.high !== null);
  const ps = holm(held.map((s) => apartFromWhole({ value: s.value ?? 0, low: s.low ?? 0, high: s.high ?? 0 }, whole ?? 0))); // prettier-ignore
  const sure = new Set(held.filter((_, i) => (ps[i] ?? 1) < 0.05));
  const filled = new Set([...cells.values()].map((s) => s.at));
  const columns = series.filter((s) => s.key === null && filled.has(s.at)).map(({ at, partial }) => ({ at, partial }));
  const rows = groups
    .filter((g) => columns.some(({ at }) => cells.has(placeOf(at, g.key))))
    .map(({ key }) => ({
      key,
      cells: columns.map(({ at }) => {
        const figure = cells.get(placeOf(at, key));
        return figure === undefined ? null : { figure, sure: sure.has(figure) };
      }),
    }));
  return { columns, rows, compared: held.length };
}

function placeOf(at: string, key: string): string {
  return `${at} ${key}`;
}

/** Stretches that make between some and two dozen columns. */
export function heatInterval(period: Period): Interval {
  const days = daysBetween(period.from, period.to);
  if (days <= 14) return 'day';
  if (days <= 130) return 'week';
  return days <= 800 ? 'month' : 'quarter';
}
