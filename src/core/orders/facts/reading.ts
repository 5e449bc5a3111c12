import type { Predicate } from '@touchstone/domain/predicate';
import { z } from 'zod';
import type { Facts } from '../../../platform/stores/ports.ts';
import { type Bounds, Statement, lateSql } from '../../fields/facade.ts';
import type { OrderSort } from '../vocabulary.ts';
import { orderLines } from './items.ts';

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

const COLUMNS = [
  ...['order_id', 'person_no', 'user_id', 'placed', 'promised', 'shipped', 'delivered', 'cancelled', 'returned'],
  ...['status', 'currency', 'items', 'categories', 'props', 'channel', 'touchpoint', 'stage'],
];
const SELECTED = [...COLUMNS.map((c) => `f.${c} AS ${c}`), `${lateSql('f')} AS late`, 'toString(f.value) AS value'];

interface OrdersOf {
  readonly id: string;
  readonly zone: string;
}

/** Which orders; `fromTime` and `toTime` bound when they were placed. */
export interface OrdersFilter extends Bounds {
  readonly orderId?: string;
  /** How their number begins. */
  readonly begins?: string | undefined;
  readonly status?: string | undefined;
  readonly late?: boolean | undefined;
  readonly filter?: Predicate;
}

/** Where a page ended: whether its last order has what is sorted by, that as text, and its number. */
export interface OrderPlace {
  readonly known: number;
  readonly key: string;
  readonly orderId: string;
}

/**
 * What orders are sorted by: a column, its number, and that number read again from its text. Moments in ms since 1970: a
 * time of 1970 itself is not read back by another server.
 */
const PLACED = { of: 'f.placed', key: 'ifNull(toUnixTimestamp64Milli(f.placed), 0)', read: readMoment };
const DELIVERED = { of: 'f.delivered', key: 'ifNull(toUnixTimestamp64Milli(f.delivered), 0)', read: readMoment };
const VALUE = { of: 'f.value', key: 'ifNull(f.value, 0)', read: (text: string) => `toDecimal64OrZero(${text}, 4)` };
const SORT_KEYS = {
  ...{ placed: PLACED, '-placed': PLACED },
  ...{ delivered: DELIVERED, '-delivered': DELIVERED },
  ...{ value: VALUE, '-value': VALUE },
} as const satisfies Readonly<Record<OrderSort, unknown>>;

function readMoment(text: string): string {
  return `toInt64OrZero(${text})`;
}

function narrowed(workspace: OrdersOf, wanted: OrdersFilter) {
  const statement = new Statement('orders', workspace);
  const { orderId, begins, status, late, filter } = wanted;
  const where = [
    ...(orderId === undefined ? [] : [`f.order_id = ${statement.bind(orderId)}`]),
    ...(begins === undefined ? [] : [`startsWith(f.order_id, ${statement.bind(begins)})`]),
    ...(status === undefined ? [] : [`f.status = ${statement.bind(status)}`]),
    ...(late === undefined ? [] : [`${lateSql('f')} = ${Number(late)}`]),
    statement.during('f.placed', wanted),
    ...(filter === undefined ? [] : [statement.where(filter)]),
  ];
  return { statement, where };
}

const listedRow = orderRow.extend({ known: z.number(), key: z.string() });

/** Orders by what is wanted, those without it last; the order's number settles ties. */
export function selectOrders(
  facts: Facts,
  workspace: OrdersOf,
  wanted: OrdersFilter,
  page: { readonly sort: OrderSort; readonly after: OrderPlace | undefined; readonly limit: number },
): Promise<z.infer<typeof listedRow>[]> {
  const { statement, where } = narrowed(workspace, wanted);
  const { sort, after, limit } = page;
  const { of, key, read } = SORT_KEYS[sort];
  const [turn, behind] = sort.startsWith('-') ? ['DESC', '<'] : ['ASC', '>'];
  const known = `isNotNull(${of})`;
  if (after !== undefined) {
    const place = `(${read(statement.bind(after.key))}, ${statement.bind(after.orderId)})`;
    const later = `(${key}, f.order_id) ${behind} ${place}`;
    where.push(after.known === 0 ? `NOT ${known} AND ${later}` : `(NOT ${known} OR ${later})`);
  }
  return facts.query(
    listedRow,
    `SELECT ${SELECTED.join(', ')}, ${known} AS known, toString(${key}) AS key
     FROM ${statement.from()} AND ${where.join(' AND ')}
     ORDER BY ${known} DESC, ${key} ${turn}, f.order_id ${turn}
     LIMIT {limit:UInt32}`,
    { ...statement.params, limit },
  );
}

/** One order; undefined where there is none. */
export async function selectOrder(facts: Facts, workspace: OrdersOf, orderId: string): Promise<OrderRow | undefined> {
  const { statement, where } = narrowed(workspace, { orderId });
  const sql = `SELECT ${SELECTED.join(', ')} FROM ${statement.from()} AND ${where.join(' AND ')} LIMIT 1`;
  return (await facts.query(orderRow, sql, statement.params))[0];
}

const countRow = z.object({ n: z.coerce.number(), promised: z.coerce.number(), late: z.coerce.number() });
export type OrderCounts = z.infer<typeof countRow>;

/** How many there are, how many of them arrived that had a promised day, and how many of these late. */
export async function countOrders(facts: Facts, workspace: OrdersOf, filter: OrdersFilter): Promise<OrderCounts> {
  const { statement, where } = narrowed(workspace, filter);
  const sql = `SELECT count() AS n, countIf(isNotNull(was_late)) AS promised, countIf(was_late = 1) AS late
    FROM (SELECT ${lateSql('f')} AS was_late FROM ${statement.from()} AND ${where.join(' AND ')})`;
  return (await facts.query(countRow, sql, statement.params))[0] ?? { n: 0, promised: 0, late: 0 };
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
  const { statement, where } = narrowed(workspace, filter);
  if (after !== undefined) where.push(`f.order_id > ${statement.bind(after)}`);
  const sql = `SELECT ${SELECTED.join(', ')} FROM ${statement.from()} AND ${where.join(' AND ')}
    ORDER BY f.order_id LIMIT {limit:UInt32}`;
  return facts.query(orderRow, sql, { ...statement.params, limit }, { signal });
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
