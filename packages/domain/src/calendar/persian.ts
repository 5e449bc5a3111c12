import { type Day, addDays } from './days.ts';

/** A day of the Persian (Solar Hijri) calendar, months from 1. */
export interface PersianDay {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

const DAYS_A_YEAR = 365.2422;
const FIRST_DAY = '0622-03-22';

let format: Intl.DateTimeFormat | undefined;

/** The day in the Persian calendar, as CLDR has it. */
export function toPersian(day: Day): PersianDay {
  format ??= new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const parts = format.formatToParts(new Date(`${day}T00:00:00Z`));
  const part = (type: string): number => Number(parts.find((p) => p.type === type)?.value);
  return { year: part('year'), month: part('month'), date: part('day') };
}

/** The Gregorian day of a Persian one; undefined where that year has no such day. */
export function fromPersian({ year, month, date }: PersianDay): Day | undefined {
  if (year < 1 || year > 3000 || month < 1 || month > 12 || date < 1 || date > 31) return undefined;
  const before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const guess = addDays(FIRST_DAY, Math.floor((year - 1) * DAYS_A_YEAR) + before + date - 1);
  // The mean year is at most two days off.
  return [0, 1, -1, 2, -2]
    .map((shift) => addDays(guess, shift))
    .find((day) => {
      const found = toPersian(day);
      return found.year === year && found.month === month && found.date === date;
    });
}

/** A Persian day as it is typed, `1405/9/1` or `۱۴۰۵-۰۹-۰۱`; undefined for what is none. */
export function readPersian(text: string): Day | undefined {
  const latin = text.trim().replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));
  const [, year, month, date] = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(latin) ?? [];
  return year === undefined ? undefined : fromPersian({ year: Number(year), month: Number(month), date: Number(date) });
}
