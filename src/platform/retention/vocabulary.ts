/** What may be kept for a time, in the order in which it leaves. */
export const RETENTION_KINDS = [
  'events',
  'feedback',
  'orders',
  'people',
  'imports',
  'uploads',
  'rejected',
  'audit',
] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/**
 * Days each is kept unless a workspace says otherwise (null: for ever), and the fewest it may say. Facts need their first
 * weeks: what was sent again within seven days is recognised by them.
 */
export const LIMITS: Readonly<Record<RetentionKind, { readonly usual: number | null; readonly floor: number }>> = {
  events: { usual: null, floor: 30 },
  feedback: { usual: null, floor: 30 },
  orders: { usual: null, floor: 90 },
  people: { usual: null, floor: 30 },
  imports: { usual: null, floor: 7 },
  uploads: { usual: 7, floor: 1 },
  rejected: { usual: 30, floor: 1 },
  audit: { usual: null, floor: 365 },
};

export const MOST_DAYS = 36_500;

/** Between a shortening and the first that is removed by it: time to think again. */
export const GRACE_MS = 24 * 3_600_000;

export const RUN_STATES = ['waiting', 'running', 'done', 'failed'] as const;
export type RunState = (typeof RUN_STATES)[number];
