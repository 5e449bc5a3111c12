import type { House, Teller } from '../house/house.ts';

const MOST = 10;

/** Jobs that failed for good, the latest of each queue: they wait for an owner to look. */
export function operationsTeller(house: House): Teller {
  return {
    permission: 'operations:read',
    tell: async ({ since }) => {
      const failed = (await house.jobs.failed(MOST)).filter(({ failedAt }) => failedAt >= since);
      const queues = [...new Set(failed.map(({ queue }) => queue))];
      return queues.flatMap((queue) => {
        const latest = failed.find((job) => job.queue === queue);
        return latest === undefined
          ? []
          : [
              {
                id: latest.id,
                what: 'operations.job',
                state: 'attention' as const,
                name: queue,
                count: failed.filter((job) => job.queue === queue).length,
                at: latest.failedAt,
              },
            ];
      });
    },
  };
}
