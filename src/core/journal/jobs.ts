import { z } from 'zod';
import type { House, Keeper } from '../../platform/house/house.ts';
import { handleJob, type JobHandler, type JobKind } from '../../platform/jobs/ports.ts';
import { deleteBatchesBefore } from './records/batches.ts';
import { countRejectedBefore, deleteRejectedBefore } from './records/rejected.ts';

const DAY_MS = 86_400_000;

/** Forgets finished batches after a day: other drains have learnt of them by then. */
export const trimJournal: JobKind<object> = { name: 'journal.trim', input: z.object({}), key: () => 'trim' };

export function trimming(house: House): JobHandler {
  return handleJob(trimJournal, async () => {
    await deleteBatchesBefore(house.records.db, new Date(house.clock.now().getTime() - DAY_MS));
  });
}

/** Refused messages: few enough (`REJECTED_CAP`) to go at once. */
export function rejectedKeeper({ records }: House): Keeper {
  return {
    kind: 'rejected',
    count: ({ workspaceId, before }) => countRejectedBefore(records.db, workspaceId, before),
    remove: async ({ workspaceId, before }) => {
      const rows = await records.transaction((tx) => deleteRejectedBefore(tx, workspaceId, before));
      return { rows, more: false };
    },
  };
}
