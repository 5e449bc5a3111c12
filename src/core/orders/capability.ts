import { type Capability, subscribe } from '../../platform/house/house.ts';
import { zoneChanged } from '../../platform/workspaces/events.ts';
import { ordersContract } from './contract.ts';
import tables from './facts/0001_orders.sql?raw';
import { ordersRoutes } from './exporting.ts';
import { ordersHandlers } from './handlers.ts';
import { orderJobs, sendProjectAnew } from './jobs.ts';
import { orderKeepers } from './keeping.ts';

/** One row per order, made of its events and of what files say; reading them. */
export const orders: Capability = {
  name: 'core/orders',
  key: 'orders',
  contract: ordersContract,
  facts: [{ name: 'core/orders/0001_orders', sql: tables }],
  plug: (house) => ({
    handlers: ordersHandlers(house),
    routes: ordersRoutes(house),
    jobs: orderJobs(house),
    keeps: orderKeepers(house),
    subscriptions: [
      subscribe(zoneChanged, async ({ workspaceId }) => {
        await sendProjectAnew(house, workspaceId);
      }),
    ],
  }),
};
