import { type Interval, type Period, addDays, nextBucket } from '@touchstone/domain/calendar';
import { type Level, type Point, courseOf } from '@touchstone/domain/changepoint';
import type { CourseFact, FigureFact, PartFact } from '@touchstone/domain/findings';
import { printText } from '@touchstone/domain/predicate';
import { meanOf, meanVariance } from '@touchstone/domain/stats';
import type { Contrast, Figure, GroupFigure, SeriesFigure } from './contract.ts';
import type { LevelFound } from './contrasts.ts';
import type { Measured } from './facts/figures.ts';
import { type MetricDefinition, endsOf } from './registry.ts';
import { FEW_BELOW_ANSWERS } from './vocabulary.ts';

const NOBODY: Point = { n: 0, mean: Number.NaN, variance: Number.NaN };

/**
 * What the course of a metric carries: undefined where it is too short to look. Buckets that are hidden from the reader
 * are left out.
 */
export function courseFactOf(
  metric: MetricDefinition,
  series: readonly SeriesFigure[],
  measured: readonly Measured[],
  of: { readonly period: Period; readonly interval: Interval },
): CourseFact | undefined {
  const buckets = new Map(
    measured.flatMap((m) => (m.level === null && m.at !== null ? [[m.at, m.sums] as const] : [])),
  );
  const found = courseOf(
    series.map((s) => {
      const sums = s.value === null ? undefined : buckets.get(s.at);
      return sums === undefined ? NOBODY : { n: sums.n, mean: meanOf(sums), variance: meanVariance(sums) };
    }),
  );
  if (found === undefined) return undefined;
  const { p, places, change } = found;
  if (change === null) return { p, places, change };
  const { from, to } = of.period;
  const begin = (i: number): string => later(from, series[i]?.at ?? from);
  const last = addDays(nextBucket(series[change.last]?.at ?? from, of.interval), -1);
  const since = {
    at: begin(change.at),
    // A change within a bucket leaves a mixture there, which may fall to either side.
    earliest: begin(change.first - 1),
    latest: last < to ? last : addDays(to, -1),
  };
  const { shape, value, low, high } = change;
  const [before, after] = [levelFact(metric, change.before), levelFact(metric, change.after)];
  return { p, places, change: { shape, since, before, after, value, low, high } };
}

/** The level of one side; its interval ends where the scale does. */
function levelFact(metric: MetricDefinition, { mean, low, high, n }: Level): FigureFact {
  const ends = endsOf(metric);
  return {
    value: mean,
    low: Math.max(low, ends.low ?? low),
    high: Math.min(high, ends.high ?? high),
    n,
    people: null,
    few: n < FEW_BELOW_ANSWERS,
  };
}

export function figureFact({ value, low, high, n, people, few }: Figure): FigureFact {
  return { value, low, high, n, people, few };
}

/** A stage of the journey against all others. */
export function stageFact(
  figure: GroupFigure,
  { rest, difference, among }: Pick<LevelFound, 'rest' | 'difference' | 'among'>,
  n: number,
): PartFact {
  const { key: level, label } = figure;
  return {
    kind: 'stage',
    subject: { field: 'stage', level, label, filter: printText({ field: 'stage', op: 'eq', value: level }) },
    figure: figureFact(figure),
    rest: figureFact(rest),
    change: difference,
    among,
    share: figure.n / n,
  };
}

/** A level of a property against all others. */
export function groupFact(contrast: Contrast, among: number): PartFact {
  const { field, level, label, filter, figure, rest, difference, share } = contrast;
  return {
    kind: 'group',
    subject: { field, level, label, filter },
    figure: figureFact(figure),
    rest: figureFact(rest),
    change: difference,
    among,
    share,
  };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
