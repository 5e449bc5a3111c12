import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';

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
  readonly productId?: string;
  readonly name?: string;
  /** The product's own, of the products file, stands before it. */
  readonly category?: string;
  /** 1 where left out. */
  readonly quantity?: string;
  /** Of one piece. */
  readonly price?: string;
  readonly freight?: string;
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

/** Appends rows of order files. Nothing is seen of them until `projectOrders`. */
export declare function putOrderRows(
  house: Stores,
  workspace: Place,
  rows: readonly OrderRowInput[],
  put: PutRows,
): Promise<void>;

/** Appends rows of item files. Nothing is seen of them until `projectOrders`. */
export declare function putItems(
  house: Stores,
  workspace: Place,
  rows: readonly ItemInput[],
  put: PutRows,
): Promise<void>;

/** Appends rows of product files. Nothing is seen of them until `projectOrders`. */
export declare function putProducts(
  house: Stores,
  workspace: Place,
  rows: readonly ProductInput[],
  put: PutRows,
): Promise<void>;

/** Appends rows of return files. Nothing is seen of them until `projectOrders`. */
export declare function putReturns(
  house: Stores,
  workspace: Place,
  rows: readonly ReturnInput[],
  put: PutRows,
): Promise<void>;

/**
 * Makes the orders of a scope anew from file rows and order events, in one statement, and gives answers without a person
 * their order's. Repeatable: the same rows make the same orders in any order of arrival. Call it after a load (scope
 * `{source}`) and after a drained batch (scope `{orderIds}`, those of events named in ORDER_EVENTS).
 */
export declare function projectOrders(house: Stores, workspace: Place, scope: OrderScope): Promise<void>;

/**
 * Takes away all rows a source brought and makes its orders anew without them; rows of earlier sources with the same keys
 * count again by themselves. When the source brought events too, call this BEFORE removing those. Repeatable.
 */
export declare function removeOrderRows(house: Stores, workspace: Place, source: string): Promise<void>;

/**
 * The one formula for "late", over columns of `v_orders`: 1 when the day of delivery, in the workspace's zone, is after the
 * promised day; 0 when not; null when either is unknown. Wants the parameter `{zone:String}`, an IANA name.
 * @param alias of v_orders in the query, where it has one
 */
export declare function lateSql(alias?: string): string;
