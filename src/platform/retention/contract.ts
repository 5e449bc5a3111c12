import { z } from 'zod';
import { instant, operation } from '../kernel/contract.ts';
import { MOST_DAYS, RETENTION_KINDS, RUN_STATES } from './vocabulary.ts';

/** Null: for ever. */
const days = z.number().int().nullable();
const kind = z.enum(RETENTION_KINDS);

export const keptKind = z.object({
  kind,
  /** What holds now. */
  days,
  /** What was said and does not count yet: a shortening waits for a day. */
  coming: z.object({ days, from: instant }).nullable(),
  /** Where nothing was said. */
  usualDays: days,
  /** The fewest that may be said. */
  floorDays: z.number().int(),
  /** The latest removal; null before the first. */
  run: z
    .object({
      state: z.enum(RUN_STATES),
      /** Everything from before this has left, or is leaving. */
      before: instant.nullable(),
      total: z.number().int(),
      removed: z.number().int(),
      startedAt: instant.nullable(),
      finishedAt: instant.nullable(),
    })
    .nullable(),
});
export type KeptKind = z.infer<typeof keptKind>;

export const retentionPreview = z.object({
  kind,
  days,
  /** Whether it keeps less than what holds now: needs `confirm`. */
  shortens: z.boolean(),
  /** When it would begin to count. */
  from: instant,
  /** All from before this would leave, were it done today; null: nothing. */
  before: instant.nullable(),
  /** How much that is, and of when the oldest of it. */
  rows: z.number().int(),
  oldest: instant.nullable(),
});
export type RetentionPreview = z.infer<typeof retentionPreview>;

export const retentionContract = {
  list: operation({
    method: 'GET',
    path: '/retention',
    permission: 'workspace:read',
    audit: { none: 'Limits and counts.' },
    summary: 'How long what is kept, and what was removed last',
  })
    .input(z.object({}))
    .output(z.object({ items: z.array(keptKind) })),
  preview: operation({
    method: 'GET',
    path: '/retention/{kind}/preview',
    permission: 'retention:write',
    audit: { none: 'Counts.' },
    summary: 'What a limit would remove',
    description: 'Without `days`: kept for ever.',
  })
    .input(z.object({ kind: z.string().max(40), days: z.coerce.number().int().min(1).max(MOST_DAYS).optional() }))
    .output(retentionPreview),
  set: operation({
    method: 'PUT',
    path: '/retention/{kind}',
    permission: 'retention:write',
    audit: { change: 'retention', id: 'kind' },
    summary: 'Keep what is of a kind for so many days, or for ever',
    description:
      'A limit that keeps less than before wants `confirm: true`; nothing is removed by it within 24 hours. One that keeps more counts at once; what has left does not come back.',
  })
    .input(
      z.object({
        kind: z.string().max(40),
        days: z.number().int().min(1).max(MOST_DAYS).nullable(),
        confirm: z.boolean().default(false),
      }),
    )
    .output(keptKind),
};
