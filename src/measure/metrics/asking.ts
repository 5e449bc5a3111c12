import {
  type Day,
  INTERVALS,
  type Interval,
  type Period,
  addDays,
  daysBetween,
  isDay,
  periodToInstants,
  toFactsTime,
} from '@touchstone/domain/calendar';
import type { Predicate } from '@touchstone/domain/predicate';
import type { Workspace } from '../../platform/kernel/context.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import type { Scope } from './facts/rows.ts';
import { definitionOf } from './registry.ts';
import type { MetricKey } from './vocabulary.ts';

/** What an operation was asked, read and found sound. */
export interface Asked {
  readonly workspace: Workspace;
  readonly period: Period;
  readonly filter: Predicate;
}

const FIRST_DAY = '1980-01-01';
const LONGEST_DAYS = 60 * 366;
/** Days of a bucket, at least. */
const BUCKET_DAYS: Readonly<Record<Interval, number>> = { day: 1, week: 7, month: 28, quarter: 90 };
const MOST_BUCKETS = { alone: 4_000, grouped: 1_000 };

export function readPeriod(from: Day, to: Day, fields: readonly [string, string] = ['from', 'to']): Period {
  for (const [i, day] of [from, to].entries()) {
    if (!isDay(day)) throw badInput(fields[i] ?? 'from', day, 'This is no day of the calendar.');
  }
  if (from >= to)
    throw badInput(fields[1], to, 'The end must lie after the beginning; it is exclusive.', `Try ${addDays(from, 1)}.`);
  if (from < FIRST_DAY) throw badInput(fields[0], from, `Nothing before ${FIRST_DAY} is kept.`);
  if (to > addDays(FIRST_DAY, LONGEST_DAYS)) throw badInput(fields[1], to, 'This lies too far ahead.');
  return { from, to };
}

/** Refuses more buckets than a page can draw or an answer should hold. With groups there is a series of each. */
export function refuseManyBuckets(period: Period, interval: Interval | undefined, grouped: boolean): void {
  if (interval === undefined) return;
  const buckets = daysBetween(period.from, period.to) / BUCKET_DAYS[interval];
  const most = grouped ? MOST_BUCKETS.grouped : MOST_BUCKETS.alone;
  if (buckets <= most) return;
  const fits = INTERVALS.find((i) => buckets * (BUCKET_DAYS[interval] / BUCKET_DAYS[i]) <= most);
  throw badInput(
    'interval',
    interval,
    `From ${period.from} to ${period.to} this makes more than ${most} figures in a row.`,
    fits === undefined ? 'Choose a shorter period.' : `Choose ${fits}, or a shorter period.`,
  );
}

/** The days of a period as the facts store knows them. */
export function timesOf(period: Period, zone: string): Scope['period'] {
  const { fromMs, toMs } = periodToInstants(period, zone);
  return { fromTime: toFactsTime(fromMs), toTime: toFactsTime(toMs) };
}

export function scopeOf(asked: Asked, key: MetricKey): Scope {
  const { workspace, period, filter } = asked;
  return { workspace, metric: definitionOf(key), period: timesOf(period, workspace.zone), filter };
}
