import { offsetMs, wallToInstantMs } from './zone.ts';

/** A day of a calendar: `2026-11-22`. Compares as text. */
export type Day = string;

export const INTERVALS = ['day', 'week', 'month', 'quarter'] as const;
export type Interval = (typeof INTERVALS)[number];

/** Days from `from` inclusive to `to` exclusive. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

const DAY_MS = 86_400_000;

/** Whether a text is a real day of the Gregorian calendar, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && toDay(Date.parse(`${text}T00:00:00Z`)) === text;
}

/** The day at an instant (ms since 1970) in a zone. */
export function dayAt(atMs: number, zone: string): Day {
  return toDay(atMs + offsetMs(atMs, zone));
}

/** The first instant of a day in a zone, ms since 1970. */
export function startOfDayMs(day: Day, zone: string): number {
  return wallToInstantMs(utcMs(day), zone);
}

/** The instants a period covers in a zone: `fromMs` inclusive, `toMs` exclusive. */
export function periodToInstants(period: Period, zone: string): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: startOfDayMs(period.from, zone), toMs: startOfDayMs(period.to, zone) };
}

export function addDays(day: Day, days: number): Day {
  return toDay(utcMs(day) + days * DAY_MS);
}

/** Whole days from one to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utcMs(to) - utcMs(from)) / DAY_MS);
}

/** The same day of another month, or its last day where the month is shorter. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, date } = parts(day);
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return toDay(Date.UTC(year, month + months, Math.min(date, last)));
}

/** The first day of the bucket a day lies in. Weeks begin on Monday (ISO 8601). */
export function bucketOf(day: Day, interval: Interval): Day {
  if (interval === 'day') return day;
  if (interval === 'week') return addDays(day, -((new Date(utcMs(day)).getUTCDay() + 6) % 7));
  const { year, month } = parts(day);
  return toDay(Date.UTC(year, interval === 'month' ? month : month - (month % 3), 1));
}

/** The first day of the bucket after the one a day lies in. */
export function nextBucket(day: Day, interval: Interval): Day {
  const start = bucketOf(day, interval);
  if (interval === 'day') return addDays(start, 1);
  if (interval === 'week') return addDays(start, 7);
  return addMonths(start, interval === 'month' ? 1 : 3);
}

/** First days of all buckets a period touches, in order. */
export function bucketsOf(period: Period, interval: Interval): Day[] {
  const found: Day[] = [];
  for (let b = bucketOf(period.from, interval); b < period.to; b = nextBucket(b, interval)) found.push(b);
  return found;
}

/** The period just before, of the same length: whole months before whole months, else as many days. */
export function previousPeriod(period: Period): Period {
  const { from, to } = period;
  if (bucketOf(from, 'month') === from && bucketOf(to, 'month') === to && from < to) {
    const [a, b] = [parts(from), parts(to)];
    return { from: addMonths(from, -((b.year - a.year) * 12 + b.month - a.month)), to: from };
  }
  return { from: addDays(from, -daysBetween(from, to)), to: from };
}

/** What a period is compared with: the period before, the same days a year before, or nothing. */
export const COMPARISONS = ['previous', 'year', 'none'] as const;
export type ComparedWith = (typeof COMPARISONS)[number];

/** The same days a year before; what ends with a month ends with it then too. */
export function yearBefore({ from, to }: Period): Period {
  const wholeMonths = bucketOf(to, 'month') === to;
  return {
    from: addMonths(from, -12),
    to: wholeMonths ? addMonths(to, -12) : addDays(addMonths(addDays(to, -1), -12), 1),
  };
}

/** The days a period is compared with; undefined: with none. */
export function comparedPeriod(period: Period, way: ComparedWith): Period | undefined {
  if (way === 'none') return undefined;
  return way === 'year' ? yearBefore(period) : previousPeriod(period);
}

/** Buckets that make between a dozen and a few dozen points of a period. */
export function usualInterval(period: Period): Interval {
  const days = daysBetween(period.from, period.to);
  if (days <= 45) return 'day';
  if (days <= 280) return 'week';
  return days <= 1500 ? 'month' : 'quarter';
}

const USUAL_MONTHS = [12, 6, 3];
const USUAL_DAYS = 30;

/**
 * What is looked at where nobody chose a period: the last twelve months, six, three or thirty days of the days that have
 * data, whichever is the longest that as long a time of data lies before. Months begin with their first day. Undefined:
 * there is too little for that, and all of it is looked at.
 * @param known first and last day with data, both inclusive
 */
export function usualPeriod(known: { readonly from: Day; readonly to: Day }): Period | undefined {
  const to = addDays(known.to, 1);
  const begins = [...USUAL_MONTHS.map((months) => bucketOf(addMonths(to, -months), 'month')), addDays(to, -USUAL_DAYS)];
  const periods = begins.map((from) => ({ from, to }));
  return periods.find((period) => previousPeriod(period).from >= known.from);
}

function utcMs(day: Day): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`"${day}" is no day: a day is written YYYY-MM-DD.`);
  return ms;
}

function parts(day: Day): { readonly year: number; readonly month: number; readonly date: number } {
  const at = new Date(utcMs(day));
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), date: at.getUTCDate() };
}

function toDay(ms: number): Day {
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 10);
}
