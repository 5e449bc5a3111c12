import { addDays, dayAt, startOfDayMs } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { Setting } from '../workspaces/facade.ts';
import { GRACE_MS, LIMITS, RETENTION_KINDS, type RetentionKind } from './vocabulary.ts';

const days = z.number().int().positive().nullable();
const limit = z.object({
  /** Null: for ever. */
  days,
  /** What holds until `from`, after a shortening. */
  before: days,
  /** RFC 3339. */
  from: z.string(),
});
export type Limit = z.infer<typeof limit>;

export type Limits = Readonly<Partial<Record<RetentionKind, Limit>>>;

/** What a workspace said of how long it keeps what. */
export const retentionSetting: Setting<Limits> = {
  name: 'retention',
  shape: z.partialRecord(z.enum(RETENTION_KINDS), limit),
  usual: {},
};

export interface InForce {
  readonly days: number | null;
  /** What comes, and when. */
  readonly coming: { readonly days: number | null; readonly from: Date } | null;
}

/** What holds at a moment. `knownAt`: since when the usual limit counts here; null where that has not begun. */
export function inForce(limits: Limits, kind: RetentionKind, knownAt: Date | null, now: Date): InForce {
  const { usual } = LIMITS[kind];
  const said = limits[kind];
  if (said === undefined) {
    if (usual === null) return { days: null, coming: null };
    const from = new Date((knownAt ?? now).getTime() + GRACE_MS);
    return from <= now ? { days: usual, coming: null } : { days: null, coming: { days: usual, from } };
  }
  const from = new Date(said.from);
  return from <= now ? { days: said.days, coming: null } : { days: said.before, coming: { days: said.days, from } };
}

/** Whether one limit keeps less than another. */
export function shortens(to: number | null, from: number | null): boolean {
  return to !== null && (from === null || to < from);
}

/** A limit that is said now: one that keeps less counts after the grace, one that keeps more at once. */
export function limitOf(to: number | null, standing: InForce, now: Date): Limit {
  const wait = shortens(to, standing.days) ? GRACE_MS : 0;
  return { days: to, before: standing.days, from: new Date(now.getTime() + wait).toISOString() };
}

/** The moment before which all leaves: so many whole days of the workspace before today. */
export function borderOf(now: Date, kept: number, zone: string): Date {
  return new Date(startOfDayMs(addDays(dayAt(now.getTime(), zone), -kept), zone));
}
