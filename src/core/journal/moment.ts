import type { Arrival } from './vocabulary.ts';

/** What is wrong with a message, and where. */
export interface Wrong {
  readonly field: string;
  readonly reason: string;
}

const DAY_MS = 86_400_000;
const EARLIEST_MS = Date.UTC(1980, 0, 1);
const ISO = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Milliseconds since 1970, cut to whole ones, as the facts store takes them: `2026-11-22 10:00:00.000`. */
export function storedMoment(ms: number): string {
  const second = Math.floor(ms / 1_000);
  // Messages that come together mostly happened in the same second: it is written once.
  if (second !== lastSecond) {
    lastWritten = new Date(second * 1_000).toISOString().slice(0, 19).replace('T', ' ');
    lastSecond = second;
  }
  return `${lastWritten}.${String(Math.floor(ms) - second * 1_000).padStart(3, '0')}`;
}

let lastSecond = Number.NaN;
let lastWritten = '';

/**
 * When it happened, in milliseconds since 1970, by the server's clock: the sender's clock is corrected by how far its
 * `sentAt` lies from the moment of arrival (Segment spec, "timestamps").
 */
export function readMoment(message: Readonly<Record<string, unknown>>, arrival: Arrival): number | Wrong {
  const field =
    message.timestamp === undefined && message.originalTimestamp !== undefined ? 'originalTimestamp' : 'timestamp';
  const said = message[field];
  if (said === undefined || said === null) return arrival.receivedMs;
  const happened = momentOf(said);
  if (happened === null) {
    return { field, reason: `${field} ${shown(said)} is no moment. Send RFC 3339: 2026-11-22T10:00:00.000Z.` };
  }
  const sent = arrival.correctsClock ? sentMs(message.sentAt, arrival) : null;
  const at = sent === null ? happened : arrival.receivedMs - (sent - happened);
  if (at < EARLIEST_MS)
    return { field, reason: `${field} ${shown(said)} lies before 1980: is the sender's clock set?` };
  if (at > arrival.receivedMs + DAY_MS) {
    return { field, reason: `${field} ${shown(said)} lies more than a day ahead of now: is the sender's clock set?` };
  }
  return at;
}

function sentMs(sentAt: unknown, arrival: Arrival): number | null {
  return sentAt === undefined || sentAt === null ? arrival.sentMs : momentOf(sentAt);
}

/** RFC 3339, or seconds or milliseconds since 1970, as milliseconds since 1970; null when it is none of them. */
export function momentOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? (value > 1e11 ? value : value * 1_000) : null;
  if (typeof value !== 'string') return null;
  // What SDKs send needs no second look: 2026-11-22T10:00:00.000Z.
  if (value.length === 24 && value.charCodeAt(10) === 84 && value.charCodeAt(23) === 90) {
    const ms = Date.parse(value);
    return Number.isNaN(ms) ? null : ms;
  }
  if (!ISO.test(value)) return null;
  const withZone = value.length > 10 && !/(Z|[+-]\d\d:?\d\d)$/.test(value) ? `${value}Z` : value;
  const ms = Date.parse(withZone);
  return Number.isNaN(ms) ? null : ms;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
