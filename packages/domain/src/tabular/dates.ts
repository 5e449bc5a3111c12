import { wallToInstantMs } from '../calendar/index.ts';
import { latinDigits } from './numbers.ts';

/**
 * How a column writes its times. `ymd`, `dmy`, `mdy`: numbers parted by - / or . and an optional time; `named`: a month
 * by its name; `compact`: 20261122 or 20261122093000; `unix`, `unix-ms`: seconds or milliseconds since 1970.
 */
export const DATE_FORMATS = ['ymd', 'dmy', 'mdy', 'named', 'compact', 'unix', 'unix-ms'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** What a cell says: the wall time as if it were UTC, in ms, and its own offset where it names one. */
export interface WallTime {
  readonly wallMs: number;
  readonly offsetMs: number | null;
}

const TIME =
  '(?:[T ,]+(\\d{1,2})[:.h](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,9}))?)?\\s*([AaPp]\\.?[Mm]\\.?)?\\s*(Z|UTC|GMT|[+-]\\d{2}:?(?:\\d{2})?)?)?';
const YMD = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})\\.?${TIME}$`);
const DMY = new RegExp(`^(\\d{1,2})\\s?[-/.]\\s?(\\d{1,2})\\s?[-/.]\\s?(\\d{4}|\\d{2})\\.?${TIME}$`);
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$/;
const NAMED_DAY = new RegExp(
  `^(?:\\p{L}+\\.?,?\\s+)?(\\d{1,2})[-. ]\\s?(\\p{L}+)\\.?[-,. ]\\s?(\\d{4}|\\d{2})${TIME}$`,
  'u',
);
const NAMED_MONTH = new RegExp(
  `^(?:\\p{L}+,\\s+)?(\\p{L}+)\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${TIME}$`,
  'u',
);

/** Beginnings of the months' names in en, de/sl, pl, ru, pt/es; all of one month together. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'sty', 'янв', 'ene'],
  ['feb', 'lut', 'фев', 'fev'],
  ['mar', 'мар', 'mär'],
  ['apr', 'kwi', 'апр', 'abr'],
  ['may', 'maj', 'мая', 'май', 'mai'],
  ['jun', 'cze', 'июн'],
  ['jul', 'lip', 'июл'],
  ['aug', 'avg', 'sie', 'авг', 'ago'],
  ['sep', 'wrz', 'сен', 'set'],
  ['oct', 'okt', 'paź', 'paz', 'окт', 'out'],
  ['nov', 'lis', 'ноя'],
  ['dec', 'dez', 'gru', 'дек', 'dic'],
];

/** Reads a cell in a format; null when it is none of that format or no day of the calendar. */
export function parseDate(cell: string, format: DateFormat): WallTime | null {
  const text = latinDigits(cell).trim();
  switch (format) {
    case 'ymd':
      return plainYmd(text) ?? fromMatch(YMD.exec(text), 1, 2, 3);
    case 'dmy':
      return fromMatch(DMY.exec(text), 3, 2, 1);
    case 'mdy':
      return fromMatch(DMY.exec(text), 3, 1, 2);
    case 'compact': {
      const m = COMPACT.exec(text);
      return m === null ? null : wall(m[1], m[2], m[3], [m[4], m[5], m[6]]);
    }
    case 'named': {
      const day = NAMED_DAY.exec(text);
      if (day !== null) return fromMatch(day, 3, 2, 1, monthNo(day[2]));
      const month = NAMED_MONTH.exec(text);
      return month === null ? null : fromMatch(month, 3, 1, 2, monthNo(month[1]));
    }
    case 'unix':
      return /^\d{9,10}(\.\d+)?$/.test(text) ? { wallMs: Math.round(Number(text) * 1000), offsetMs: 0 } : null;
    case 'unix-ms':
      return /^\d{12,13}$/.test(text) ? { wallMs: Number(text), offsetMs: 0 } : null;
  }
}

/** `2026-11-22 09:30:00` and `2026-11-22`, digit by digit: what most files hold, at a fraction of the cost. */
function plainYmd(text: string): WallTime | null {
  const n = text.length;
  if ((n !== 19 && n !== 10) || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const pair = (i: number): number => {
    const tens = text.charCodeAt(i) - 48;
    const ones = text.charCodeAt(i + 1) - 48;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
  };
  const year = pair(0) * 100 + pair(2);
  const month = pair(5);
  const day = pair(8);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 28)) return null;
  const dayMs = Date.UTC(year, month - 1, day);
  if (n === 10) return Number.isNaN(dayMs) ? null : { wallMs: dayMs, offsetMs: null };
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  const wallMs = dayMs + ((pair(11) * 60 + pair(14)) * 60 + pair(17)) * 1000;
  const inClock = pair(11) < 24 && pair(14) < 60 && pair(17) < 60;
  return inClock && !Number.isNaN(wallMs) ? { wallMs, offsetMs: null } : null;
}

function monthNo(name: string | undefined): string {
  const start = (name ?? '').toLowerCase();
  const found = MONTHS.findIndex((names) => names.some((n) => start.startsWith(n)));
  return String(found + 1);
}

function fromMatch(m: RegExpExecArray | null, y: number, mo: number, d: number, month?: string): WallTime | null {
  if (m === null) return null;
  return wall(m[y], month ?? m[mo], m[d], [m[4], m[5], m[6]], m[7], m[8], m[9]);
}

function wall(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  [h, mi, s]: readonly [string | undefined, string | undefined, string | undefined],
  fraction?: string,
  half?: string,
  zone?: string,
): WallTime | null {
  const y = Number(year) + (year?.length === 2 ? (Number(year) < 70 ? 2000 : 1900) : 0);
  const mo = Number(month);
  const d = Number(day);
  let hour = Number(h ?? 0);
  const minute = Number(mi ?? 0);
  const second = Number(s ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || hour > 23 || minute > 59 || second > 60) return null;
  const dayMs = Date.UTC(y, mo - 1, d);
  if (d > 28 && new Date(dayMs).getUTCDate() !== d) return null;
  const ms = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  return {
    wallMs: dayMs + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000 + ms,
    offsetMs: zone === undefined ? null : offset(zone),
  };
}

function offset(zone: string): number {
  if (/^[A-Z]/.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const ms = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
  return zone.startsWith('-') ? -ms : ms;
}

export interface DateGuess {
  /** Null when no format reads most of the cells. */
  readonly format: DateFormat | null;
  /** Day and month could as well stand the other way round. */
  readonly ambiguous: boolean;
  /** Formats that read at least one cell the chosen one does not, with how many they read. */
  readonly others: readonly { readonly format: DateFormat; readonly cells: number }[];
  /** How many of the cells the format reads, 0–1. */
  readonly share: number;
}

/**
 * The format that reads most cells, if it reads more than half. Between day-first and month-first, cells that only one
 * of them reads decide; where none does, `prefer`.
 * @param cells cells that are not empty
 * @param named whether the column's name says that it holds times: then half of the cells is enough, where no other format
 *   reads as many
 */
export function guessDateFormat(
  cells: readonly string[],
  prefer: 'dmy' | 'mdy' = 'dmy',
  named: boolean = false,
): DateGuess {
  const reads = DATE_FORMATS.map((format) => ({ format, read: cells.map((c) => parseDate(c, format) !== null) }));
  const counted = reads.map(({ format, read }) => ({ format, read, cells: read.filter(Boolean).length }));
  const dmy = counted.find((c) => c.format === 'dmy')?.cells ?? 0;
  const mdy = counted.find((c) => c.format === 'mdy')?.cells ?? 0;
  const ambiguous = dmy > 0 && dmy === mdy;
  const rank = (f: DateFormat): number => (ambiguous && f === prefer ? 0 : DATE_FORMATS.indexOf(f) + 1);
  const best = counted.toSorted((a, b) => b.cells - a.cells || rank(a.format) - rank(b.format))[0];
  const ordered = (f: DateFormat): boolean => f === 'dmy' || f === 'mdy';
  const half =
    named &&
    best !== undefined &&
    best.cells * 2 === cells.length &&
    counted.every((c) => c.cells < best.cells || c === best || (ordered(c.format) && ordered(best.format)));
  if (best === undefined || cells.length === 0 || (best.cells * 2 <= cells.length && !half)) {
    const others = counted.filter((c) => c.cells > 0).map(({ format, cells: n }) => ({ format, cells: n }));
    return { format: null, ambiguous: false, others, share: 0 };
  }
  const others = counted
    .filter((c) => c !== best && c.read.some((r, i) => r && best.read[i] !== true))
    .map(({ format, cells: n }) => ({ format, cells: n }));
  return {
    format: best.format,
    ambiguous: ambiguous && ordered(best.format),
    others,
    share: best.cells / cells.length,
  };
}

const HOUR_MS = 3_600_000;
const shifts = new Map<string, Map<number, number>>();

/** The instant, in ms since 1970; a time without its own offset is the zone's. */
export function toInstantMs(time: WallTime, zone: string): number {
  if (time.offsetMs !== null) return time.wallMs - time.offsetMs;
  let known = shifts.get(zone);
  if (known === undefined) {
    known = new Map();
    shifts.set(zone, known);
  }
  const quarter = Math.floor((time.wallMs * 4) / HOUR_MS);
  let shift = known.get(quarter);
  if (shift === undefined) {
    if (known.size > 200_000) known.clear();
    shift = wallToInstantMs(time.wallMs, zone) - time.wallMs;
    known.set(quarter, shift);
  }
  return time.wallMs + shift;
}
