import { z } from 'zod';
import { toFactsTime } from '@touchstone/domain/calendar';
import type { Leaving } from '../../../platform/house/house.ts';
import { deleteFacts } from '../../../platform/stores/deleting.ts';
import { idLists } from '../../../platform/stores/id-lists.ts';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import { NAMED } from './sources.ts';

/** So many leave in one part. */
const AT_ONCE = 10_000;

const MOMENTS = ['placed', 'shipped', 'delivered', 'cancelled', 'returned'];
/**
 * The last that an order tells of itself, in ms since 1970 (a time of 1970 itself is not read back by another server:
 * decisions/0011). One that tells no moment, 0, stays: nobody knows how old it is.
 */
const LAST = `greatest(${MOMENTS.map((moment) => `ifNull(toUnixTimestamp64Milli(${moment}), 0)`).join(', ')})`;
const TOLD = `workspace = {workspace:String} AND ${LAST} > 0 AND ${LAST} < toUnixTimestamp64Milli({before:DateTime64(3, 'UTC')})`;
/** Any event of its own that is newer, as a refund, or that arrived lately keeps an order and all it is made of. */
const OLD = `${TOLD} AND order_id NOT IN (
  SELECT order_id FROM v_events
  WHERE workspace = {workspace:String} AND ${NAMED} AND order_id != ''
    AND (at >= {before:DateTime64(3, 'UTC')} OR received_at >= {arrivedBefore:DateTime64(3, 'UTC')})
    AND order_id IN (SELECT order_id FROM v_orders WHERE ${TOLD}))`;

/** Orders whose last is from before a moment, and none of whose events arrived since another. */
export interface LeavingOrders extends Leaving {
  readonly arrivedBefore: Date;
}

function paramsOf({ workspaceId, before, arrivedBefore }: LeavingOrders): FactsParams {
  return {
    workspace: workspaceId,
    before: toFactsTime(before.getTime()),
    arrivedBefore: toFactsTime(arrivedBefore.getTime()),
  };
}

const countedRow = z.object({ n: z.coerce.number(), first: z.coerce.number() });

/** How many orders leave, and the last moment of the one that rests longest. */
export async function countLeaving(
  facts: Facts,
  leaving: LeavingOrders,
): Promise<{ readonly rows: number; readonly oldest: Date | null }> {
  const counted = `SELECT count() AS n, min(${LAST}) AS first FROM v_orders WHERE ${OLD}`;
  const [row] = await facts.query(countedRow, counted, paramsOf(leaving));
  if (row === undefined || row.n === 0) return { rows: 0, oldest: null };
  return { rows: row.n, oldest: new Date(row.first) };
}

const orderRow = z.object({ order_id: z.string(), version: z.string() });

/** Some of the orders that leave, and the latest version of any: what was made later is not known of here. */
export async function selectLeaving(
  facts: Facts,
  leaving: LeavingOrders,
): Promise<{ readonly orderIds: readonly string[]; readonly version: string }> {
  const rows = await facts.query(
    orderRow,
    `SELECT order_id, version FROM v_orders WHERE ${OLD} ORDER BY order_id LIMIT {most:UInt32}`,
    { ...paramsOf(leaving), most: AT_ONCE },
  );
  const version = rows.reduce((most, row) => (BigInt(row.version) > most ? BigInt(row.version) : most), 0n);
  return { orderIds: rows.map((row) => row.order_id), version: String(version) };
}

/** Deletes what files said of these orders. */
export async function deleteSources(facts: Facts, workspaceId: string, orderIds: readonly string[]): Promise<void> {
  for (const ids of idLists(orderIds)) {
    const where = 'workspace = {workspace:String} AND order_id IN {ids:Array(String)}';
    for (const table of ['order_rows', 'order_items'] as const) {
      await deleteFacts(facts, table, where, { workspace: workspaceId, ids });
    }
  }
}

/** Deletes these orders, every version up to one; how many orders that were. */
export async function deleteOrders(
  facts: Facts,
  workspaceId: string,
  orderIds: readonly string[],
  version: string,
): Promise<number> {
  let gone = 0;
  for (const ids of idLists(orderIds)) {
    const where = 'workspace = {workspace:String} AND order_id IN {ids:Array(String)} AND version <= {version:UInt64}';
    const rows = await deleteFacts(facts, 'orders', where, { workspace: workspaceId, ids, version });
    if (rows > 0) gone += ids.length;
  }
  return gone;
}
