import type { Capability } from '../../platform/house/house.ts';
import { metricsContract } from './contract.ts';
import { metricsRoutes } from './exporting.ts';
import { metricsHandlers } from './handlers.ts';

/** Every figure there is: one definition each, one compiler, one statement per question. Keeps nothing of its own. */
export const metrics: Capability = {
  name: 'measure/metrics',
  key: 'metrics',
  contract: metricsContract,
  plug: (house) => ({ handlers: metricsHandlers(house), routes: metricsRoutes(house) }),
};
