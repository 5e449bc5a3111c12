import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { compileRulesSql, loadRules } from '../catalogue/facade.ts';
import { identifyRows, settleFeedback } from '../feedback/facade.ts';
import { deleteSource, insertRows } from './facts.ts';
import { type OnPart, type Projection, projectAll, projectIds, projectSource } from './facts/project.ts';

/** Fields every row from a file has. */
interface FileRow {
  /**
   * Which row of its kind of file it is. The same key with a greater version replaces what the lesser said, whatever import
   * brought either; rows with different keys are merged. Give files of different columns different keys (`orders\n<order id>`,
   * `payments\n<order id>\n<n>`), else the later takes the earlier's place.
   */
  readonly rowKey: string;
  /** Grows with every row loaded (`import_seq`). */
  readonly version: number;
}

/**
 * What one row of a file says of an order; partial. Times are `YYYY-MM-DD hh:mm:ss.mmm` in UTC, `promised` is a day of the
 * workspace's calendar, money is a decimal string.
 */
export interface OrderRowInput extends FileRow {
  readonly orderId: string;
  /** When what it says was so; the latest of its own times where left out. Where two rows speak of one field, the later wins. */
  readonly at?: string;
  /** Where known already; else allotted from the first of user id, e-mail, phone, anonymous id. */
  readonly identityNo?: number;
  readonly userId?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly anonymousId?: string;
  readonly placed?: string;
  readonly promised?: string;
  readonly shipped?: string;
  readonly delivered?: string;
  readonly cancelled?: string;
  readonly returned?: string;
  readonly status?: string;
  /** The whole order's worth. */
  readonly value?: string;
  /** One payment of several: they are summed where no row tells the whole. A property that payments disagree on is the largest one's. */
  readonly payment?: string;
  readonly currency?: string;
  readonly channel?: string;
  readonly locationId?: string;
  /** Anything else, by name: `payment_type`, `state`. */
  readonly props?: Readonly<Record<string, unknown>>;
}

export interface ItemInput extends FileRow {
  readonly orderId: string;
  readonly productId?: string | undefined;
  readonly name?: string | undefined;
  /** The product's own, of the products file, stands before it. */
  readonly category?: string | undefined;
  /** 1 where left out. */
  readonly quantity?: string | undefined;
  /** Of one piece. */
  readonly price?: string | undefined;
  readonly freight?: string | undefined;
  readonly props?: Readonly<Record<string, unknown>>;
}

export interface ProductInput extends FileRow {
  readonly productId: string;
  readonly name?: string;
  readonly category?: string;
  readonly props?: Readonly<Record<string, unknown>>;
}

export interface ReturnInput extends FileRow {
  readonly orderId: string;
  readonly returned: string;
  readonly productId?: string;
  readonly reason?: string;
  readonly props?: Readonly<Record<string, unknown>>;
}

export interface PutRows {
  /** The id of the import that brings them. */
  readonly source: string;
  /** The same token inserts once (`imp_…:12`). */
  readonly token: string;
}

type Stores = Pick<House, 'facts' | 'records' | 'clock'>;
/** A workspace's id and time zone: days are its days. */
type Place = Pick<Workspace, 'id' | 'zone'>;

/**
 * Which orders to make anew: these; all that a source (an import's id) speaks of, with its items, products, returns and order
 * events; or all of the workspace.
 */
export type OrderScope = 'all' | { readonly orderIds: readonly string[] } | { readonly source: string };

const NO_TIME = '1980-01-01 00:00:00.000';

function lastTime(row: OrderRowInput): string {
  const told = [row.placed, row.shipped, row.delivered, row.cancelled, row.returned].filter((t) => t !== undefined);
  return told.reduce((a, b) => (a > b ? a : b), NO_TIME);
}

// In the order of the values below.
const ORDER_ROW_COLUMNS = [
  'workspace',
  'order_id',
  'row_key',
  'source',
  'version',
  'at',
  'identity_no',
  'user_id',
  'placed',
  'promised',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
  'status',
  'value',
  'payment',
  'currency',
  'channel',
  'location_id',
  'props',
];
const ITEM_COLUMNS = [
  'workspace',
  'order_id',
  'row_key',
  'source',
  'version',
  'product_id',
  'name',
  'category',
  'quantity',
  'price',
  'freight',
  'props',
];
const PRODUCT_COLUMNS = ['workspace', 'product_id', 'row_key', 'source', 'version', 'name', 'category', 'props'];

/** Appends rows of order files. Nothing is seen of them until `projectOrders`. A row that names its customer in two ways links them. */
export async function putOrderRows(
  house: Stores,
  workspace: Place,
  rows: readonly OrderRowInput[],
  put: PutRows,
): Promise<void> {
  const seen = rows.map((row) => ({ ...row, at: row.at ?? lastTime(row) }));
  const numbers = await identifyRows(house, workspace.id, seen, put.source);
  const stored = seen.map((row, i) => ({ row, identityNo: numbers[i] ?? 0 }));
  const values = ({ row, identityNo }: (typeof stored)[number]) => [
    workspace.id,
    row.orderId,
    row.rowKey,
    put.source,
    row.version,
    row.at,
    identityNo,
    row.userId ?? '',
    row.placed ?? null,
    row.promised ?? null,
    row.shipped ?? null,
    row.delivered ?? null,
    row.cancelled ?? null,
    row.returned ?? null,
    row.status ?? '',
    row.value ?? null,
    row.payment ?? null,
    row.currency ?? '',
    row.channel ?? '',
    row.locationId ?? '',
    JSON.stringify(row.props ?? {}),
  ];
  const token = `orders:${workspace.id}:${put.token}`;
  await insertRows(house.facts, 'order_rows', ORDER_ROW_COLUMNS, stored, values, token);
}

/** Appends rows of item files. Nothing is seen of them until `projectOrders`. */
export async function putItems(
  house: Stores,
  workspace: Place,
  rows: readonly ItemInput[],
  put: PutRows,
): Promise<void> {
  const values = (row: ItemInput) => [
    workspace.id,
    row.orderId,
    row.rowKey,
    put.source,
    row.version,
    row.productId ?? '',
    row.name ?? '',
    row.category ?? '',
    row.quantity ?? '1',
    row.price ?? null,
    row.freight ?? null,
    JSON.stringify(row.props ?? {}),
  ];
  await insertRows(house.facts, 'order_items', ITEM_COLUMNS, rows, values, `items:${workspace.id}:${put.token}`);
}

/** Appends rows of product files. Nothing is seen of them until `projectOrders`. */
export async function putProducts(
  house: Stores,
  workspace: Place,
  rows: readonly ProductInput[],
  put: PutRows,
): Promise<void> {
  const values = (row: ProductInput) => [
    workspace.id,
    row.productId,
    row.rowKey,
    put.source,
    row.version,
    row.name ?? '',
    row.category ?? '',
    JSON.stringify(row.props ?? {}),
  ];
  await insertRows(house.facts, 'products', PRODUCT_COLUMNS, rows, values, `products:${workspace.id}:${put.token}`);
}

/** Appends rows of return files. Nothing is seen of them until `projectOrders`. A reason becomes the order's `return_reason`. */
export function putReturns(house: Stores, workspace: Place, rows: readonly ReturnInput[], put: PutRows): Promise<void> {
  const asOrders = rows.map(({ productId, reason, props, ...row }) => ({
    ...row,
    props: {
      ...props,
      ...(reason === undefined ? {} : { return_reason: reason }),
      ...(productId === undefined ? {} : { return_product_id: productId }),
    },
  }));
  return putOrderRows(house, workspace, asOrders, { ...put, token: `returns:${put.token}` });
}

async function projectionOf(house: Stores, workspace: Place, without?: string): Promise<Projection> {
  const rules = compileRulesSql(await loadRules(house, workspace.id), 'order', 'rule');
  return { workspaceId: workspace.id, zone: workspace.zone, rules, ...(without === undefined ? {} : { without }) };
}

/**
 * Makes the orders of a scope anew from file rows and order events, and gives answers without a person their order's.
 * Repeatable: the same rows make the same orders in any order of arrival. Call it after a load (scope `{source}`) and after
 * a drained batch (scope `{orderIds}`, those of events named in ORDER_EVENTS).
 * @param onPart with scope `all`: told of every part that is done; ends the work by throwing
 */
export async function projectOrders(
  house: Stores,
  workspace: Place,
  scope: OrderScope,
  onPart?: OnPart,
): Promise<void> {
  const projection = await projectionOf(house, workspace);
  if (scope === 'all') await projectAll(house.facts, projection, onPart);
  else if ('orderIds' in scope) await projectIds(house.facts, scope.orderIds, projection);
  else await projectSource(house.facts, scope.source, projection);
  await settleFeedback(house, workspace, scope !== 'all' && 'orderIds' in scope ? scope.orderIds : 'all');
}

/**
 * Takes away all rows a source brought and makes its orders anew without them; rows of earlier sources with the same keys
 * count again by themselves. When the source brought events too, call this BEFORE removing those. Repeatable.
 */
export async function removeOrderRows(house: Stores, workspace: Place, source: string): Promise<void> {
  await projectSource(house.facts, source, await projectionOf(house, workspace, source));
  await deleteSource(house.facts, workspace.id, source);
  await settleFeedback(house, workspace, 'all');
}
