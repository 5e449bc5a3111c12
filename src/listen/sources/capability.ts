import { type Capability, subscribe } from '../../platform/house/house.ts';
import { zoneChanged } from '../../platform/workspaces/events.ts';
import { sourcesContract } from './contract.ts';
import { moveToZone, resealSources, sourcesHandlers } from './handlers.ts';
import { findDue, sourceJobs } from './jobs.ts';
import { countSources } from './records.ts';
import { sourceTeller } from './telling.ts';

/** Files that come by themselves: from a folder of the server, or from an address. */
export const sources: Capability = {
  name: 'listen/sources',
  key: 'sources',
  contract: sourcesContract,
  plug: (house) => ({
    handlers: sourcesHandlers(house),
    jobs: sourceJobs(house),
    tells: sourceTeller(house),
    holds: async (workspaceId) => (await countSources(house.records.db, workspaceId)) > 0,
    subscriptions: [subscribe(zoneChanged, ({ workspaceId }) => moveToZone(house, workspaceId))],
    start: () => house.jobs.schedule(findDue, '*/5 * * * *', {}),
    reseal: (vault) => resealSources(house, vault),
  }),
};
