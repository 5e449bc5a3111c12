import { implement } from '@orpc/server';
import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { factsPeriod } from '../../platform/house/exporting.ts';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { cursorMoment, readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import { notFound } from '../../platform/kernel/problem.ts';
import { personLabels } from '../people/facade.ts';
import { type OrderItem, ordersContract } from './contract.ts';
import { countOrders, type OrderRow, selectLines, selectOrders, UNPLACED } from './facts.ts';

const cursorShape = z.tuple([cursorMoment, z.string().max(256)]);
const propsShape = z.record(z.string(), z.unknown());

function instantOf(stored: string | null): string | null {
  return stored === null ? null : factsTimeToInstant(stored);
}

export async function itemsOf(
  house: House,
  context: Pick<RequestContext, 'workspace' | 'permissions'>,
  rows: readonly OrderRow[],
): Promise<OrderItem[]> {
  const { workspace, permissions } = context;
  const named = permissions.has('people:read') ? rows.map((r) => r.person_no) : [];
  const people = [...new Set(named.filter((no) => no !== 0))];
  const labels = await personLabels(house, workspace.id, people);
  return rows.map((row) => ({
    id: row.order_id,
    personId: labels.get(row.person_no)?.id ?? null,
    placedAt: instantOf(row.placed),
    promised: row.promised,
    shippedAt: instantOf(row.shipped),
    deliveredAt: instantOf(row.delivered),
    cancelledAt: instantOf(row.cancelled),
    returnedAt: instantOf(row.returned),
    late: row.late === null ? null : row.late === 1,
    status: row.status,
    value: row.value,
    currency: row.currency,
    items: row.items,
    categories: row.categories,
    channel: row.channel,
    touchpointId: row.touchpoint,
    stageId: row.stage,
    props: propsShape.parse(JSON.parse(row.props)),
  }));
}

export function ordersHandlers(house: House) {
  const os = implement(ordersContract).$context<RequestContext>();
  return os.router({
    list: os.list.handler(async ({ input, context }) => {
      const place = input.cursor === undefined ? undefined : readCursor(cursorShape, input.cursor);
      const { workspace } = context;
      const filter = { status: input.status, late: input.late, ...factsPeriod(input, workspace.zone) };
      const [rows, total] = await Promise.all([
        selectOrders(house.facts, workspace, {
          ...filter,
          before: place === undefined ? undefined : { placed: place[0], orderId: place[1] },
          limit: input.limit + 1,
        }),
        place === undefined ? countOrders(house.facts, workspace, filter) : null,
      ]);
      const page = rows.slice(0, input.limit);
      const last = page.at(-1);
      const more = rows.length > page.length && last !== undefined;
      return {
        items: await itemsOf(house, context, page),
        nextCursor: more ? writeCursor([last.placed ?? UNPLACED, last.order_id]) : null,
        total,
      };
    }),
    get: os.get.handler(async ({ input, context }) => {
      const rows = await selectOrders(house.facts, context.workspace, { orderId: input.orderId, limit: 1 });
      const [item] = await itemsOf(house, context, rows);
      if (item === undefined) throw notFound('order');
      const lines = await selectLines(house.facts, context.workspace.id, input.orderId);
      return {
        ...item,
        lines: lines.map((line) => ({
          productId: line.product_id,
          name: line.named,
          category: line.kind,
          quantity: line.quantity,
          price: line.price,
          freight: line.freight,
        })),
      };
    }),
  });
}
