import type { Capability } from '../house/house.ts';
import { activityContract } from './contract.ts';
import { activityHandlers } from './handlers.ts';

/** Long work and what waits for a person, as every capability tells of its own. */
export const activity: Capability = {
  name: 'platform/activity',
  key: 'activity',
  contract: activityContract,
  plug: (house) => ({ handlers: activityHandlers(house) }),
};
