import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { handleJob, type JobHandler, type JobKind } from '../../platform/jobs/ports.ts';
import { work } from './filling.ts';
import { tryDemoLock } from './records.ts';
import type { DemoCompany } from './story.ts';

/** Brings the demo company into a workspace, or takes it out: whatever its standing asks for. */
export const workOnDemo: JobKind<{ readonly workspaceId: string }> = {
  name: 'demo.work',
  input: z.object({ workspaceId: z.string() }),
  key: ({ workspaceId }) => workspaceId,
  retries: 5,
  expireInSeconds: 3_600,
};

const BUSY_SECONDS = 3;

export function demoJobs(house: House, company: DemoCompany): JobHandler[] {
  return [
    handleJob(workOnDemo, (input, context) =>
      house.records.transaction(async (tx) => {
        if (!(await tryDemoLock(tx, input.workspaceId))) {
          await house.jobs.send(workOnDemo, input, { startAfterSeconds: BUSY_SECONDS });
          return;
        }
        const stopped = await work(house, company, input.workspaceId, context);
        // A job that returns is done: whoever starts next needs one of its own.
        if (stopped === 'leave') await house.jobs.send(workOnDemo, input, { tx });
      }),
    ),
  ];
}
