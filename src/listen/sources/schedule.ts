import { CronExpressionParser } from 'cron-parser';
import { badInput } from '../../platform/kernel/problem.ts';
import { HOUR_MS, type Times } from './vocabulary.ts';

/** When a source is looked at: every so many hours, or at the times of a cron expression. One of both. */
export interface Schedule {
  readonly everyHours: number | null;
  /** Five fields: minute, hour, day of the month, month, weekday; by the clock of the workspace. */
  readonly cron: string | null;
}

const NAME = 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|SUN|MON|TUE|WED|THU|FRI|SAT';
const VALUE = `(?:\\d{1,2}|${NAME})`;
const RANGE = `(?:\\*|${VALUE}(?:-${VALUE})?)(?:/\\d{1,2})?`;
/** What is read alike everywhere: no `@daily`, no `H`, no `?`. */
const FIELD = new RegExp(`^${RANGE}(?:,${RANGE})*$`);

/**
 * A cron expression as it is kept: in capitals, with single blanks. Throws Problem `bad-input` for one that is none, that
 * names no day there is, or that comes more than once an hour.
 */
export function cronOf(text: string): string {
  // Copied out of a sentence it may carry marks that keep it in one piece there, and are not seen.
  const cron = text
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toUpperCase()
    .split(/\s+/)
    .join(' ');
  const fields = cron.split(' ');
  const [minute = ''] = fields;
  // `L`: the last day of the month.
  const known = fields.every((field, i) => FIELD.test(field) || (i === 2 && field === 'L'));
  if (fields.length !== 5 || !known) {
    throw badInput(
      'cron',
      text,
      'This is no cron expression of five fields.',
      'Minute, hour, day of the month, month and weekday: `30 6 * * 1-5` is half past six on Monday to Friday.',
      { code: 'cron-unread' },
    );
  }
  if (!/^\d{1,2}$/.test(minute)) {
    throw badInput('cron', text, 'A source is looked at once an hour at the most.', 'Let the minute be one number.', {
      code: 'cron-too-often',
    });
  }
  try {
    CronExpressionParser.parse(cron, { tz: 'UTC' }).next();
  } catch {
    throw badInput('cron', text, 'This expression names a time that there is not.', 'Name one that comes.', {
      code: 'cron-no-time',
    });
  }
  return cron;
}

/**
 * The next times after a moment. By the clock of the zone: a time that a change of the clock leaves out comes as much later
 * as was left out, one that comes twice counts the first time.
 */
export function nextTimes({ everyHours, cron }: Schedule, after: Date, zone: string, count: number): Date[] {
  if (cron === null) {
    const step = (everyHours ?? 24) * HOUR_MS;
    return Array.from({ length: count }, (_, i) => new Date(after.getTime() + (i + 1) * step));
  }
  const times = CronExpressionParser.parse(cron, { currentDate: after, tz: zone });
  return Array.from({ length: count }, () => times.next().toDate());
}

export function nextTime(schedule: Schedule, after: Date, zone: string): Date {
  const [next = after] = nextTimes(schedule, after, zone, 1);
  return next;
}

/** What an expression says in numbers, where it says no more than times of day, on weekdays or on days of the month. */
export function timesOf(cron: string): Times | null {
  const [minute = '', hour = '', dayOfMonth = '', month = '', weekday = ''] = cron.split(' ');
  if (month !== '*' || (dayOfMonth !== '*' && weekday !== '*')) return null;
  const { fields } = CronExpressionParser.parse(cron, { tz: 'UTC' });
  if (hour === '*') return dayOfMonth === weekday ? { times: [], weekdays: [], days: [] } : null;
  const two = (n: number): string => String(n).padStart(2, '0');
  const numbers = (values: readonly unknown[]): number[] => values.filter((v) => typeof v === 'number');
  const times = numbers(fields.hour.values).map((h) => `${two(h)}:${two(Number(minute))}`);
  if (times.length > 4 || dayOfMonth === 'L') return null;
  const weekdays = weekday === '*' ? [] : [...new Set(numbers(fields.dayOfWeek.values).map((d) => d % 7))].sort();
  const days = dayOfMonth === '*' ? [] : numbers(fields.dayOfMonth.values);
  return { times, weekdays: weekdays.length === 7 ? [] : weekdays, days };
}
