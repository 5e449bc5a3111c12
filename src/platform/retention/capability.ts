import type { Capability } from '../house/house.ts';
import { retentionContract } from './contract.ts';
import { retentionHandlers } from './handlers.ts';
import { clearRetention, retentionJobs, sweepRetention } from './jobs.ts';
import { retentionTeller } from './telling.ts';

/** How long what is kept, and the work of letting it go. */
export const retention: Capability = {
  name: 'platform/retention',
  key: 'retention',
  contract: retentionContract,
  plug: (house) => ({
    handlers: retentionHandlers(house),
    jobs: retentionJobs(house),
    tells: retentionTeller(house),
    start: async () => {
      await house.jobs.schedule(sweepRetention, '43 2 * * *', {});
      await house.jobs.schedule(clearRetention, '43 4 1 * *', {});
    },
  }),
};
