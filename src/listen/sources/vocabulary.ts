import { z } from 'zod';

export const HOUR_MS = 3_600_000;

/** Most sources of a workspace. */
export const MOST_SOURCES = 100;
/** Every hour at the most, every month at the least. */
export const everyHours = z.number().int().min(1).max(744);

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** A cron expression in numbers. */
export const timesShape = z.object({
  /** Of the day, by the workspace's clock: `06:30`; empty: every hour. */
  times: z.array(z.string()),
  /** 0 is Sunday; empty: every day, or those of the month. */
  weekdays: z.array(z.number().int()),
  /** Of the month; empty: every day, or the weekdays. */
  days: z.array(z.number().int()),
});
export type Times = z.infer<typeof timesShape>;

/** How the last look at a source ended. */
export const runState = z.enum(['loaded', 'unchanged', 'failed']);

/** What was loaded last, by file. */
export const seenFiles = z.record(
  z.string(),
  z.object({
    /** What the other side calls this version of it: an ETag; of a file its size and time. */
    tag: z.string().optional(),
    since: z.string().optional(),
    /** SHA-256 of what was loaded. */
    hash: z.string().optional(),
    importId: z.string().optional(),
    /** Why this version of it could not be loaded. */
    problem: z.string().optional(),
  }),
);
export type SeenFiles = z.infer<typeof seenFiles>;
