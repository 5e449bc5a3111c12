const QUARTER_HOUR_MS = 900_000;
const DAY_MS = 86_400_000;
const CACHE_CAP = 100_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offset by quarter of an hour since 1970: no zone changes its clock inside one. */
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneOf(zone: string): Zone {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const made = { format, offsets: new Map<number, number>() };
  zones.set(zone, made);
  return made;
}

/** Whether this is a time zone of the IANA database. */
export function isZone(zone: string): boolean {
  try {
    zoneOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds by which a zone's clock is ahead of UTC at an instant. Throws RangeError for an unknown zone. */
export function offsetMs(atMs: number, zone: string): number {
  const { format, offsets } = zoneOf(zone);
  const quarter = Math.floor(atMs / QUARTER_HOUR_MS);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const startMs = quarter * QUARTER_HOUR_MS;
  const parts = new Map(format.formatToParts(startMs).map((p) => [p.type, Number(p.value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  if (offsets.size >= CACHE_CAP) offsets.clear();
  offsets.set(quarter, wall - startMs);
  return wall - startMs;
}

/**
 * The instant at which a zone's clock shows a wall time (given as if it were UTC, in ms). A time the clock skips
 * is moved on by the gap; of a time it shows twice the first is taken. So do RFC 5545 and Temporal's "compatible".
 */
export function wallToInstantMs(wallMs: number, zone: string): number {
  const before = offsetMs(wallMs - DAY_MS, zone);
  const after = offsetMs(wallMs + DAY_MS, zone);
  const early = wallMs - Math.max(before, after);
  const late = wallMs - Math.min(before, after);
  if (early + offsetMs(early, zone) === wallMs) return early;
  if (late + offsetMs(late, zone) === wallMs) return late;
  return wallMs - before;
}
