import { z } from 'zod';
import { inPieces } from '../../platform/stores/pieces.ts';
import type { Facts } from '../../platform/stores/ports.ts';
import { lateSql } from '../fields/facade.ts';
import { orderLines } from './facts/items.ts';

type OrderTable = 'order_rows' | 'order_items' | 'products';

/** Appends rows, each as its values in the order of the columns; the same token inserts once. */
export async function insertRows<T>(
  facts: Facts,
  table: OrderTable,
  columns: readonly string[],
  rows: readonly T[],
  values: (row: T) => readonly unknown[],
  token: string,
): Promise<void> {
  if (rows.length === 0) return;
  await facts.insert(
    table,
    inPieces(rows, (row) => JSON.stringify(values(row))),
    { token, columns },
  );
}

const countRow = z.object({ n: z.coerce.number() });

/** Deletes all that a source brought. */
export async function deleteSource(facts: Facts, workspaceId: string, source: string): Promise<void> {
  for (const table of ['order_rows', 'order_items', 'products'] satisfies OrderTable[]) {
    const where = 'workspace = {workspace:String} AND source = {source:String}';
    const params = { workspace: workspaceId, source };
    const [there] = await facts.query(countRow, `SELECT count() AS n FROM ${table} WHERE ${where}`, params);
    if (there === undefined || there.n === 0) continue;
    await facts.command(`DELETE FROM ${table} WHERE ${where}`, params, { settings: { lightweight_deletes_sync: 2 } });
  }
}

const orderRow = z.object({
  order_id: z.string(),
  person_no: z.number(),
  user_id: z.string(),
  placed: z.string().nullable(),
  promised: z.string().nullable(),
  shipped: z.string().nullable(),
  delivered: z.string().nullable(),
  cancelled: z.string().nullable(),
  returned: z.string().nullable(),
  late: z.number().nullable(),
  status: z.string(),
  value: z.string().nullable(),
  currency: z.string(),
  items: z.number(),
  categories: z.array(z.string()),
  props: z.string(),
  channel: z.string(),
  touchpoint: z.string(),
  stage: z.string(),
});
export type OrderRow = z.infer<typeof orderRow>;

export interface OrdersFilter {
  readonly orderId?: string;
  readonly status?: string | undefined;
  readonly late?: boolean | undefined;
  /** When they were placed, as the store knows moments; `toTime` exclusive. */
  readonly fromTime?: string | undefined;
  readonly toTime?: string | undefined;
}

export interface OrdersWanted extends OrdersFilter {
  /** Where the last page ended. */
  readonly before?: { readonly placed: string; readonly orderId: string } | undefined;
  readonly limit: number;
}

/** The moment orders are listed by, in ms since 1970 (a time of 1970 itself is not read back by another server): those of unknown moment come last. */
const LISTED_AT = 'ifNull(toUnixTimestamp64Milli(placed), 0)';
export const UNPLACED = '1970-01-01 00:00:00.000';

interface OrdersOf {
  readonly id: string;
  readonly zone: string;
}

function narrowed(workspace: OrdersOf, wanted: OrdersFilter) {
  const where = ['workspace = {workspace:String}'];
  const params: Record<string, string | number> = { workspace: workspace.id, zone: workspace.zone };
  const add = (clause: string, values: Record<string, string | number | undefined>) => {
    if (Object.values(values).includes(undefined)) return;
    where.push(clause);
    Object.assign(params, values);
  };
  const { orderId, status, late, fromTime, toTime } = wanted;
  add('order_id = {orderId:String}', { orderId });
  add('status = {status:String}', { status });
  add(`${lateSql()} = {late:UInt8}`, { late: late === undefined ? undefined : Number(late) });
  add(`placed >= toDateTime64({fromTime:String}, 3, 'UTC')`, { fromTime });
  add(`placed < toDateTime64({toTime:String}, 3, 'UTC')`, { toTime });
  return { where, params, add };
}

function ordersSql(where: readonly string[], order: string): string {
  return `SELECT order_id, person_no, user_id, placed, promised, shipped, delivered, cancelled, returned, ${lateSql()} AS late,
       status, toString(value) AS value, currency, items, categories, props, channel, touchpoint, stage
     FROM v_orders
     WHERE ${where.join(' AND ')}
     ORDER BY ${order}
     LIMIT {limit:UInt32}`;
}

/** Orders, last placed first; the order's id settles ties. */
export function selectOrders(facts: Facts, workspace: OrdersOf, wanted: OrdersWanted): Promise<OrderRow[]> {
  const { where, params, add } = narrowed(workspace, wanted);
  if (wanted.before !== undefined) {
    add(
      `(${LISTED_AT}, order_id) < (toUnixTimestamp64Milli(toDateTime64({placed:String}, 3, 'UTC')), {beforeId:String})`,
      {
        placed: wanted.before.placed,
        beforeId: wanted.before.orderId,
      },
    );
  }
  const sql = ordersSql(where, `${LISTED_AT} DESC, order_id DESC`);
  return facts.query(orderRow, sql, { ...params, limit: wanted.limit });
}

/** How many there are. */
export async function countOrders(facts: Facts, workspace: OrdersOf, filter: OrdersFilter): Promise<number> {
  const { where, params } = narrowed(workspace, filter);
  const [found] = await facts.query(countRow, `SELECT count() AS n FROM v_orders WHERE ${where.join(' AND ')}`, params);
  return found?.n ?? 0;
}

/** Orders by their id: the order they lie in, so that each page reads its own rows alone, however many there are. */
export function selectOrdersById(
  facts: Facts,
  workspace: OrdersOf,
  filter: OrdersFilter,
  {
    after,
    limit,
    signal,
  }: { readonly after: string | undefined; readonly limit: number; readonly signal: AbortSignal },
): Promise<OrderRow[]> {
  const { where, params, add } = narrowed(workspace, filter);
  add('order_id > {after:String}', { after });
  return facts.query(orderRow, ordersSql(where, 'order_id'), { ...params, limit }, { signal });
}

const lineRow = z.object({
  product_id: z.string(),
  named: z.string(),
  kind: z.string(),
  quantity: z.string(),
  price: z.string().nullable(),
  freight: z.string().nullable(),
});
export type LineRow = z.infer<typeof lineRow>;

/** What was bought in one order, in the files' order. */
export function selectLines(facts: Facts, workspaceId: string, orderId: string): Promise<LineRow[]> {
  return facts.query(
    lineRow,
    `SELECT product_id, named, kind, toString(quantity) AS quantity, toString(price) AS price, toString(freight) AS freight
     FROM (${orderLines({ scope: 'order_id = {orderId:String}', without: '1' })})
     ORDER BY line`,
    { workspace: workspaceId, orderId },
  );
}
