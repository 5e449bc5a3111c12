import { isDay } from './days.ts';
import { wallToInstantMs } from './zone.ts';

/** Year, month and day with an optional time and an optional zone: ISO 8601 and RFC 3339, a space for the T allowed. */
const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s?(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?$/u;

/**
 * The instant (ms since 1970) a timestamp means. Without a zone of its own it is read in `zone`; a day alone is its
 * first instant. Undefined when it is no timestamp: an impossible day or hour, words, another order of its parts.
 */
export function parseTimestampMs(text: string, zone: string): number | undefined {
  const match = TIMESTAMP.exec(text.trim());
  if (match === null) return undefined;
  const [, day = '', hour = '0', minute = '0', second = '0', fraction = '', offset] = match;
  const wall = wallMs(day, Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0').slice(0, 3)));
  if (wall === undefined || offset === undefined) return wall === undefined ? undefined : wallToInstantMs(wall, zone);
  const ahead = parseOffsetMs(offset);
  return ahead === undefined ? undefined : wall - ahead;
}

/**
 * A wall time as if it were UTC, in ms, for `wallToInstantMs`; undefined where no clock shows it.
 * A leap second counts as the second before it.
 */
export function wallMs(day: string, hour: number, minute: number, second: number, ms: number): number | undefined {
  if (!isDay(day) || hour > 23 || minute > 59 || second > 60) return undefined;
  return Date.parse(`${day}T00:00:00Z`) + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000 + ms;
}

function parseOffsetMs(offset: string): number | undefined {
  if (/^(z|utc)$/iu.test(offset)) return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 18 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const DAY_MS = 86_400_000;
/** Days written lately: some years of them, since moments that are written together lie on few days. */
const MOST_DAYS = 4_096;
const days = new Map<number, string>();
const digits = (count: number, length: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => String(i).padStart(length, '0'));
const TWO = digits(60, 2);
const THREE = digits(1000, 3);

/** An instant as the facts store takes it: `2026-11-22 09:30:00.000`, UTC. A third of what a Date takes: it is written for every event. */
export function toFactsTime(atMs: number): string {
  const whole = Math.trunc(atMs);
  const day = Math.floor(whole / DAY_MS);
  let written = days.get(day);
  if (written === undefined) {
    written = new Date(day * DAY_MS).toISOString().slice(0, 10);
    if (days.size >= MOST_DAYS) days.clear();
    days.set(day, written);
  }
  const inDay = whole - day * DAY_MS;
  const seconds = Math.floor(inDay / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${written} ${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}.${THREE[inDay % 1000]}`;
}

/** The instant of a time as the facts store gives it, ms since 1970; NaN when it is none. */
export function fromFactsTimeMs(text: string): number {
  return Date.parse(factsTimeToInstant(text));
}

/** A time as the facts store gives it, in RFC 3339: `2026-11-22T09:30:00.000Z`. */
export function factsTimeToInstant(text: string): string {
  return `${text.replace(' ', 'T')}Z`;
}
