import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { handleJob, type JobHandler, type JobKind } from '../../platform/jobs/ports.ts';
import { readWorkspace } from '../../platform/workspaces/facade.ts';
import { projectOrders } from './facade.ts';

/** Makes all orders of a workspace anew: what they are made of is read otherwise than before. */
export const projectAnew: JobKind<{ readonly workspaceId: string }> = {
  name: 'orders.project',
  input: z.object({ workspaceId: z.string() }),
  key: ({ workspaceId }) => workspaceId,
  retries: 5,
  expireInSeconds: 6 * 3_600,
};

/** By then no process remembers the workspace as it was. */
const FORGOTTEN_SECONDS = 6;

export function sendProjectAnew(house: House, workspaceId: string): Promise<string | null> {
  return house.jobs.send(projectAnew, { workspaceId }, { startAfterSeconds: FORGOTTEN_SECONDS });
}

export function orderJobs(house: House): JobHandler[] {
  return [
    handleJob(projectAnew, async ({ workspaceId }, { log, signal }) => {
      const workspace = await readWorkspace(house, workspaceId);
      if (workspace === null) return;
      await projectOrders(house, workspace, 'all', (done, of) => {
        log.info({ workspaceId, done, of }, 'orders are made anew, part by part');
        signal.throwIfAborted();
      });
    }),
  ];
}
