import type { House, Keeper, Leaving } from '../../platform/house/house.ts';
import { arrivalsKeptSince, forgetOrderEvents } from '../events/facade.ts';
import { settleFeedback } from '../feedback/facade.ts';
import { countLeaving, deleteOrders, deleteSources, selectLeaving } from './facts/leaving.ts';

/**
 * An order leaves when all it tells of itself lies before the border: first what it was made of, then the order, by which
 * the others are found again after a break. Answers that were its customer's by it alone are nobody's then.
 */
export function orderKeepers(house: House): Keeper[] {
  const { facts } = house;
  const lately = (leaving: Leaving) => ({ ...leaving, arrivedBefore: arrivalsKeptSince(house.clock) });
  return [
    {
      kind: 'orders',
      count: (leaving) => countLeaving(facts, lately(leaving)),
      remove: async (leaving) => {
        const { workspaceId, before } = leaving;
        const { orderIds, version } = await selectLeaving(facts, lately(leaving));
        if (orderIds.length === 0) {
          // A part may have been cut off between its orders and their answers.
          await settleFeedback(house, { id: workspaceId }, 'all');
          return { rows: 0, more: false };
        }
        await forgetOrderEvents(house, workspaceId, orderIds, before);
        await deleteSources(facts, workspaceId, orderIds);
        const rows = await deleteOrders(facts, workspaceId, orderIds, version);
        await settleFeedback(house, { id: workspaceId }, orderIds);
        // One that was made anew meanwhile has other news now; the next run looks again.
        return { rows, more: rows > 0 };
      },
      tables: ['orders', 'order_rows', 'order_items'],
    },
  ];
}
