import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { handleJob, type JobHandler, type JobKind } from '../../platform/jobs/ports.ts';
import { lookAt } from './looking.ts';
import { selectDueSources } from './records.ts';

/** Looks at one source. A failure is told of at the source, and tried again at its next time. */
export const lookAtSource: JobKind<{ readonly sourceId: string; readonly workspaceId: string }> = {
  name: 'sources.look',
  input: z.object({ sourceId: z.string(), workspaceId: z.string() }),
  key: ({ sourceId }) => sourceId,
  retries: 1,
  // Addresses that are slow to answer keep no other workspace waiting.
  concurrency: 4,
  group: ({ workspaceId }) => workspaceId,
  expireInSeconds: 7_200,
};

/** Finds the sources whose time has come. */
export const findDue: JobKind<Record<string, never>> = { name: 'sources.due', input: z.object({}).strict() };

export function sourceJobs(house: House): JobHandler[] {
  return [
    handleJob(lookAtSource, ({ sourceId }, context) => lookAt(house, sourceId, context)),
    handleJob(findDue, async () => {
      for (const due of await selectDueSources(house.records.db, house.clock.now())) {
        await house.jobs.send(lookAtSource, due);
      }
    }),
  ];
}
