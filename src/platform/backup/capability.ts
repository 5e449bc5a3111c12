import type { Capability } from '../house/house.ts';
import { backupContract } from './contract.ts';
import { examineBackups } from './examine.ts';
import { backupHandlers } from './handlers.ts';
import { backupJobs, takeScheduled } from './jobs.ts';
import { backupTeller } from './telling.ts';

/** The whole installation, taken while it serves and put back elsewhere. */
export const backup: Capability = {
  name: 'platform/backup',
  key: 'backups',
  contract: backupContract,
  plug: (house) => ({
    handlers: backupHandlers(house),
    jobs: backupJobs(house),
    tells: backupTeller(house),
    examine: () => examineBackups(house),
    start: async () => {
      if (house.config.backupTo === undefined) return;
      await house.jobs.schedule(takeScheduled, house.config.backupSchedule, {});
    },
  }),
};
