import { addDays, addMonths, type Day, daysBetween, startOfDayMs } from '@touchstone/domain/calendar';

/** Promises and parcels reach a little beyond the last day; what would happen after it is never told. */
const BEYOND = 40;
const MONTHS = 18;

/** How much is bought in a month of the year, January first, against an ordinary one. */
const SEASON = [0.8, 0.85, 0.95, 1, 1, 0.95, 0.85, 0.9, 1.05, 1.15, 1.35, 1.8];
const HIGHEST_SEASON = 1.8;
/** Monday first. */
const WEEKDAY = [1, 0.97, 0.95, 0.97, 0.93, 0.86, 0.96];

/** The days of the story, counted from 0. Days are the workspace's; hours are of its clock but on days when it changes. */
export interface Days {
  readonly count: number;
  /** The moment after the last day. */
  readonly endMs: number;
  /** Of days up to 40 beyond the last. */
  day(index: number): Day;
  atMs(index: number, hours: number): number;
  /** The first day of the month that lies so many months before that of the last day. */
  monthsAgo(months: number): number;
  /** How likely somebody who wants something buys it that day, of the best day of the year. */
  mood(index: number): number;
  isDecember(index: number): boolean;
}

/** The eighteen months before a day, which itself is not among them. */
export function daysBefore(today: Day, zone: string): Days {
  const first = addMonths(today, -MONTHS);
  const count = daysBetween(first, today);
  const days = Array.from({ length: count + BEYOND }, (_, i) => addDays(first, i));
  const starts = days.map((day) => startOfDayMs(day, zone));
  const month = days.map((day) => Number(day.slice(5, 7)) - 1);
  const weekday = days.map((day) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7);
  const mood = days.map((_, i) => ((SEASON[month[i] ?? 0] ?? 1) / HIGHEST_SEASON) * (WEEKDAY[weekday[i] ?? 0] ?? 1));
  const lastMonth = `${addDays(today, -1).slice(0, 7)}-01`;
  return {
    count,
    endMs: startOfDayMs(today, zone),
    day: (index) => days[index] ?? addDays(first, index),
    atMs: (index, hours) =>
      (starts[index] ?? startOfDayMs(addDays(first, index), zone)) + Math.floor(hours * 3_600_000),
    monthsAgo: (months) => daysBetween(first, addMonths(lastMonth, -months)),
    mood: (index) => mood[index] ?? 0,
    isDecember: (index) => month[index] === 11,
  };
}
