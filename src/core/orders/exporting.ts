import { z } from 'zod';
import type { Column } from '../../platform/files/tables/table.ts';
import { exportRoutes, inPages, periodInput } from '../../platform/house/exporting.ts';
import type { House, Route } from '../../platform/house/house.ts';
import { placeNames } from '../catalogue/facade.ts';
import { type OrderItem, ordersFilter } from './contract.ts';
import { selectOrdersById } from './facts/reading.ts';
import { filterOf, itemsOf } from './handlers.ts';

const PAGE = 5_000;

function columns(nameOf: (id: string) => string): readonly Column<OrderItem>[] {
  return [
    { name: 'order_id', kind: 'text', of: (o) => o.id },
    { name: 'person_id', kind: 'text', of: (o) => o.personId },
    { name: 'placed_at', kind: 'moment', of: (o) => o.placedAt },
    { name: 'promised', kind: 'day', of: (o) => o.promised },
    { name: 'shipped_at', kind: 'moment', of: (o) => o.shippedAt },
    { name: 'delivered_at', kind: 'moment', of: (o) => o.deliveredAt },
    { name: 'cancelled_at', kind: 'moment', of: (o) => o.cancelledAt },
    { name: 'returned_at', kind: 'moment', of: (o) => o.returnedAt },
    { name: 'late', kind: 'boolean', of: (o) => o.late },
    { name: 'status', kind: 'text', of: (o) => o.status },
    { name: 'value', kind: 'decimal', of: (o) => o.value },
    { name: 'currency', kind: 'text', of: (o) => o.currency },
    { name: 'items', kind: 'number', of: (o) => o.items },
    { name: 'categories', kind: 'json', of: (o) => o.categories },
    { name: 'channel', kind: 'text', of: (o) => o.channel },
    { name: 'touchpoint', kind: 'text', of: (o) => nameOf(o.touchpointId) },
    { name: 'stage', kind: 'text', of: (o) => nameOf(o.stageId) },
    { name: 'props', kind: 'json', of: (o) => o.props },
  ];
}

/** Orders as files, narrowed as their listing is and by the days they were placed on; by their id. */
export function ordersRoutes(house: House): Route[] {
  return exportRoutes({
    path: '/api/v1/orders',
    permission: 'orders:read',
    audit: { look: 'orders' },
    filter: z.object({ ...ordersFilter, ...periodInput }),
    open: async (asked, context, signal) => {
      const { workspace } = context;
      const filter = filterOf(asked, context);
      return {
        name: 'orders',
        zone: workspace.zone,
        columns: columns(await placeNames(house, workspace.id)),
        rows: inPages(PAGE, async (last: OrderItem | undefined, limit) =>
          itemsOf(
            house,
            context,
            await selectOrdersById(house.facts, workspace, filter, { after: last?.id, limit, signal }),
          ),
        ),
      };
    },
  });
}
