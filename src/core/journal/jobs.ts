import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { handleJob, type JobHandler, type JobKind } from '../../platform/jobs/ports.ts';
import { deleteBefore } from './records.ts';

const DAY_MS = 86_400_000;
const REJECTED_DAYS = 30;

/** Forgets refused messages after 30 days, and finished batches after one. */
export const trimJournal: JobKind<object> = { name: 'journal.trim', input: z.object({}), key: () => 'trim' };

export function trimming(house: House): JobHandler {
  return handleJob(trimJournal, async () => {
    const now = house.clock.now().getTime();
    await deleteBefore(house.records.db, new Date(now - REJECTED_DAYS * DAY_MS), new Date(now - DAY_MS));
  });
}
