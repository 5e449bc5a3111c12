import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { handleJob, type JobHandler, type JobKind } from '../../platform/jobs/ports.ts';
import { deleteBatchesBefore } from './records/batches.ts';
import { deleteRejectedBefore, selectRejectedBefore } from './records/rejected.ts';

const DAY_MS = 86_400_000;
const REJECTED_DAYS = 30;

/** Forgets refused messages after 30 days, and finished batches after one. */
export const trimJournal: JobKind<object> = { name: 'journal.trim', input: z.object({}), key: () => 'trim' };

export function trimming(house: House): JobHandler {
  return handleJob(trimJournal, async () => {
    const now = house.clock.now().getTime();
    await deleteBatchesBefore(house.records.db, new Date(now - DAY_MS));
    const before = new Date(now - REJECTED_DAYS * DAY_MS);
    for (const workspaceId of await selectRejectedBefore(house.records.db, before)) {
      await house.records.transaction((tx) => deleteRejectedBefore(tx, workspaceId, before));
    }
  });
}
