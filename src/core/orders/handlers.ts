import { implement } from '@orpc/server';
import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { factsPeriod } from '../../platform/house/exporting.ts';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import { notFound } from '../../platform/kernel/problem.ts';
import { answersOfOrder } from '../feedback/facade.ts';
import { readRowFilter } from '../fields/facade.ts';
import { personLabels } from '../people/facade.ts';
import { type OrderItem, ordersContract } from './contract.ts';
import {
  countOrders,
  type OrderPlace,
  type OrderRow,
  type OrdersFilter,
  selectLines,
  selectOrder,
  selectOrders,
} from './facts/reading.ts';
import { ORDER_SORTS, type OrderSort } from './vocabulary.ts';

const cursorShape = z.tuple([
  z.enum(ORDER_SORTS),
  z.literal([0, 1]),
  z.string().regex(/^-?\d{1,14}(\.\d{1,4})?$/),
  z.string().max(256),
]);
const propsShape = z.record(z.string(), z.unknown());

function instantOf(stored: string | null): string | null {
  return stored === null ? null : factsTimeToInstant(stored);
}

/** Where a page of this sort ended. Throws Problem. */
function placeOf(cursor: string, sort: OrderSort): OrderPlace {
  const shape = cursorShape.refine(([sorted]) => sorted === sort);
  const [, known, key, orderId] = readCursor(shape, cursor);
  return { known, key, orderId };
}

/** Which orders are asked for. Throws Problem for a filter that cannot be asked, or asks what the caller may not read. */
export function filterOf(
  asked: {
    readonly q?: string | undefined;
    readonly filter?: string | undefined;
    readonly status?: string | undefined;
    readonly late?: boolean | undefined;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
  },
  { workspace, permissions }: Pick<RequestContext, 'workspace' | 'permissions'>,
): OrdersFilter {
  const { q, status, late } = asked;
  const filter = readRowFilter(asked.filter, permissions, () => ['orders']);
  return { begins: q, status, late, filter, ...factsPeriod(asked, workspace.zone) };
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
    personLabel: labels.get(row.person_no)?.label ?? null,
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
      const { workspace } = context;
      const { sort, limit } = input;
      const after = input.cursor === undefined ? undefined : placeOf(input.cursor, sort);
      const filter = filterOf(input, context);
      const [rows, counted] = await Promise.all([
        selectOrders(house.facts, workspace, filter, { sort, after, limit: limit + 1 }),
        after === undefined ? countOrders(house.facts, workspace, filter) : null,
      ]);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const more = rows.length > page.length && last !== undefined;
      return {
        items: await itemsOf(house, context, page),
        nextCursor: more ? writeCursor([sort, last.known, last.key, last.order_id]) : null,
        total: counted?.n ?? null,
        arrived: counted === null ? null : { promised: counted.promised, late: counted.late },
      };
    }),
    get: os.get.handler(async ({ input, context }) => {
      const row = await selectOrder(house.facts, context.workspace, input.orderId);
      const [item] = await itemsOf(house, context, row === undefined ? [] : [row]);
      if (item === undefined) throw notFound('order');
      const { workspace, permissions } = context;
      const [lines, answers] = await Promise.all([
        selectLines(house.facts, workspace.id, input.orderId),
        permissions.has('comments:read') ? answersOfOrder(house, context, input.orderId) : undefined,
      ]);
      return {
        ...item,
        ...(answers === undefined ? {} : { answers }),
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
