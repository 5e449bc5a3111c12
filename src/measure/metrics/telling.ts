import { type Day, type Interval, type Period, addDays, bucketsOf, nextBucket } from '@touchstone/domain/calendar';
import { type Level, type Point, courseOf, shiftAt } from '@touchstone/domain/changepoint';
import type { CourseChange, CourseFact, FigureFact, PartFact, Subject, WhereFact } from '@touchstone/domain/findings';
import { printText } from '@touchstone/domain/predicate';
import { meanOf, meanVariance } from '@touchstone/domain/stats';
import type { Contrast, Figure, GroupFigure, SeriesFigure } from './contract.ts';
import type { LevelFound } from './contrasts.ts';
import type { Covering } from './covered.ts';
import type { Measured } from './facts/figures.ts';
import { type MetricDefinition, endsOf } from './registry.ts';
import { FEW_BELOW_ANSWERS } from './vocabulary.ts';

const NOBODY: Point = { n: 0, mean: Number.NaN, variance: Number.NaN };

/** The buckets of a metric, and what they rest on. Buckets that are hidden from the reader are left out. */
export interface Course {
  readonly series: readonly SeriesFigure[];
  readonly measured: readonly Measured[];
  readonly period: Period;
  readonly interval: Interval;
}

function pointsOf({ series, measured }: Pick<Course, 'series' | 'measured'>, level: string | null): Point[] {
  const buckets = new Map(
    measured.flatMap((m) => (m.level === level && m.at !== null ? [[m.at, m.sums] as const] : [])),
  );
  return series
    .filter((s) => s.key === level)
    .map((s) => {
      const sums = s.value === null ? undefined : buckets.get(s.at);
      return sums === undefined ? NOBODY : { n: sums.n, mean: meanOf(sums), variance: meanVariance(sums) };
    });
}

/** A course without the buckets that may still change, from this day on. */
export function ripeCourse(course: Course, ripe: Day | null): Course {
  if (ripe === null) return course;
  const isRipe = ({ at }: SeriesFigure): boolean => nextBucket(at, course.interval) <= ripe;
  return { ...course, series: course.series.map((s) => (isRipe(s) ? s : { ...s, value: null })) };
}

/** What the course of a metric carries: undefined where it is too short to look. */
export function courseFactOf(metric: MetricDefinition, course: Course): CourseFact | undefined {
  const { period, interval } = course;
  const series = course.series.filter((s) => s.key === null);
  const found = courseOf(pointsOf(course, null));
  if (found === undefined) return undefined;
  const begin = (i: number): string => later(period.from, series[i]?.at ?? period.from);
  const changes = found.changes.map((change, i): CourseChange => {
    const last = addDays(nextBucket(series[change.last]?.at ?? period.from, interval), -1);
    const next = found.changes[i + 1];
    const since = {
      at: begin(change.at),
      // A change within a bucket leaves a mixture there, which may fall to either side.
      earliest: begin(change.first - 1),
      latest: last < period.to ? last : addDays(period.to, -1),
      until: next === undefined ? null : addDays(begin(next.at), -1),
    };
    const { shape, value, low, high, p, whole } = change;
    const [before, after] = [levelFact(metric, change.before), levelFact(metric, change.after)];
    return { shape, since, before, after, value, low, high, p, whole };
  });
  return { places: found.places, changes, where: [] };
}

/**
 * The stages of the journey that can be asked whether the last change of a course shows in them.
 * @param parted the same course, of each stage
 */
export function whereFactsOf(
  metric: MetricDefinition,
  { changes }: CourseFact,
  parted: Course & { readonly stages: readonly Pick<GroupFigure, 'key' | 'label'>[] },
): WhereFact[] {
  const [last, previous] = changes.toReversed();
  if (last === undefined || last.shape !== 'step') return [];
  const buckets = bucketsOf(parted.period, parted.interval);
  const from = previous === undefined ? 0 : bucketAt(buckets, previous.since.at);
  return parted.stages.flatMap(({ key: level, label }): WhereFact[] => {
    const points = pointsOf(parted, level).map((point, i) => (i < from ? NOBODY : point));
    const shift = level === '' ? undefined : shiftAt(points, bucketAt(buckets, last.since.at));
    if (shift === undefined) return [];
    const { value, low, high, p } = shift;
    return [
      {
        subject: stageSubject(level, label),
        before: levelFact(metric, shift.before),
        after: levelFact(metric, shift.after),
        change: { value, low, high, p },
      },
    ];
  });
}

/** Which bucket a day lies in. */
function bucketAt(buckets: readonly string[], day: string): number {
  return Math.max(
    0,
    buckets.findLastIndex((at) => at <= day),
  );
}

function stageSubject(level: string, label: string): Subject {
  return { field: 'stage', level, label, filter: printText({ field: 'stage', op: 'eq', value: level }) };
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
    subject: stageSubject(level, label),
    figure: figureFact(figure),
    rest: figureFact(rest),
    change: difference,
    among,
    share: figure.n / n,
  };
}

/** A level of a property against all others. */
export function groupFact(contrast: Covering, among: number): PartFact {
  const { figure, rest, difference, share, covers } = contrast;
  return {
    kind: 'group',
    subject: subjectOf(contrast),
    covers: covers.map(subjectOf),
    figure: figureFact(figure),
    rest: figureFact(rest),
    change: difference,
    among,
    share,
  };
}

function subjectOf({ field, level, label, filter }: Contrast): Subject {
  return { field, level, label, filter };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
