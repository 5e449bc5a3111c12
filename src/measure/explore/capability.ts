import type { Capability } from '../../platform/house/house.ts';
import { exploreContract } from './contract.ts';
import { exploreHandlers } from './handlers.ts';
import { hasViews } from './records.ts';

/** Questions people keep: any metric by anything, over any period, as it was looked at. The figures are those of metrics. */
export const explore: Capability = {
  name: 'measure/explore',
  key: 'explore',
  contract: exploreContract,
  plug: (house) => ({
    handlers: exploreHandlers(house),
    holds: (workspaceId) => hasViews(house.records.db, workspaceId),
  }),
};
