import { z } from 'zod';

/** Most sources of a workspace. */
export const MOST_SOURCES = 100;
/** Every hour at the most, every month at the least. */
export const everyHours = z.number().int().min(1).max(744);

/** How the last look at a source ended. */
export const runState = z.enum(['loaded', 'unchanged', 'failed']);

/** What was loaded last, by file: what the other side calls this version of it, and its SHA-256. */
export const seenFiles = z.record(
  z.string(),
  z.object({ tag: z.string().optional(), since: z.string().optional(), hash: z.string() }),
);
export type SeenFiles = z.infer<typeof seenFiles>;
