import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { handleJob, type JobHandler, type JobKind } from '../../platform/jobs/ports.ts';
import { inSmallHeap } from './heap.ts';
import { cutOffAmong } from './left.ts';
import { finish, load, projectionOf } from './load.ts';
import { settle } from './project.ts';
import { selectAnyImport, tryWorkspaceLock } from './records.ts';
import { undo } from './undo.ts';
import { sweepFiles } from './uploads.ts';

/** Does what an import's state asks for: loads it, or takes it out again. One at a time in a workspace. */
export const workOnImport: JobKind<{ readonly importId: string }> = {
  name: 'imports.work',
  input: z.object({ importId: z.string() }),
  key: ({ importId }) => importId,
  retries: 8,
  expireInSeconds: 86_000,
};

/** Removes files that nobody knows of any more. Those of uploads are let go by retention. */
export const sweepUploads: JobKind<Record<string, never>> = { name: 'imports.sweep', input: z.object({}).strict() };

const BUSY_SECONDS = 5;

export function importJobs(house: House): JobHandler[] {
  return [
    handleJob(workOnImport, async ({ importId }, context) => {
      const job = await selectAnyImport(house.records.db, importId);
      if (job === null) return;
      await house.records.transaction(async (tx) => {
        if (!(await tryWorkspaceLock(tx, job.workspaceId))) {
          await house.jobs.send(workOnImport, { importId }, { startAfterSeconds: BUSY_SECONDS });
          return;
        }
        const now = await selectAnyImport(house.records.db, importId);
        if (now === null) return;
        if (now.state === 'queued' || now.state === 'running') {
          const stopped = await inSmallHeap(() => load(house, now, context));
          // A job that returns is done: whoever starts next needs one of its own.
          if (stopped === 'leave') await house.jobs.send(workOnImport, { importId }, { tx });
        } else if (now.state === 'undoing') await inSmallHeap(() => undo(house, now));
        // Ended while no process was at it: a chunk that was begun is brought to its end, and what went in is to be seen.
        else if (now.state === 'cancelled' || now.state === 'failed') {
          if ((await cutOffAmong(house.records.db, [now])).length > 0) {
            const stopped = await inSmallHeap(() => finish(house, now, context));
            if (stopped === 'leave') await house.jobs.send(workOnImport, { importId }, { tx });
          } else if (now.chunk > 0) await settle(await projectionOf(house, now));
        }
      });
    }),
    handleJob(sweepUploads, () => sweepFiles(house)),
  ];
}
