import { z } from 'zod';
import { addMonths, fromFactsTimeMs, toFactsTime } from '@touchstone/domain/calendar';
import { deleteFacts } from '../../../platform/stores/deleting.ts';
import { idLists } from '../../../platform/stores/id-lists.ts';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import { ANSWER_EVENTS } from '../../feedback/vocabulary.ts';
import { ORDER_EVENTS } from '../../orders/vocabulary.ts';

const quoted = (names: Readonly<Record<string, unknown>>) =>
  Object.keys(names).map((name) => `'${name}'`).join(', '); // prettier-ignore
const IS_ANSWER = `name IN (${quoted(ANSWER_EVENTS)})`;
const IS_OF_ORDER = `(order_id != '' AND name IN (${quoted(ORDER_EVENTS)}))`;

/** Events that carry an answer leave with the answers, those an order is made of with the order. */
const OF: Readonly<Record<'events' | 'feedback', string>> = {
  events: `NOT ${IS_ANSWER} AND NOT ${IS_OF_ORDER}`,
  feedback: IS_ANSWER,
};

/** What leaves of a workspace: from before a moment, and arrived before another. */
export interface LeavingEvents {
  readonly workspaceId: string;
  readonly of: 'events' | 'feedback';
  readonly before: Date;
  /** Whatever arrived since stays: the same messages sent again are recognised by it. */
  readonly arrivedBefore: Date;
}

const OLD = `workspace = {workspace:String} AND at < {before:DateTime64(3, 'UTC')}`;
const ARRIVED = `received_at < {arrivedBefore:DateTime64(3, 'UTC')}`;

function paramsOf({ workspaceId, before, arrivedBefore }: Omit<LeavingEvents, 'of'>): FactsParams {
  return {
    workspace: workspaceId,
    before: toFactsTime(before.getTime()),
    arrivedBefore: toFactsTime(arrivedBefore.getTime()),
  };
}

const countedRow = z.object({ n: z.coerce.number(), first: z.string() });

/** How many leave, and when the first was. */
export async function countLeaving(
  facts: Facts,
  leaving: LeavingEvents,
): Promise<{ readonly rows: number; readonly oldest: Date | null }> {
  const [row] = await facts.query(
    countedRow,
    `SELECT count() AS n, min(at) AS first FROM events WHERE ${OLD} AND ${ARRIVED} AND ${OF[leaving.of]}`,
    paramsOf(leaving),
  );
  if (row === undefined || row.n === 0) return { rows: 0, oldest: null };
  return { rows: row.n, oldest: new Date(fromFactsTimeMs(row.first)) };
}

/** Deletes those of the month of the first. */
export async function deleteLeaving(
  facts: Facts,
  leaving: LeavingEvents,
): Promise<{ readonly rows: number; readonly more: boolean }> {
  const { rows: all, oldest } = await countLeaving(facts, leaving);
  if (oldest === null) return { rows: 0, more: false };
  const month = Date.parse(`${addMonths(`${oldest.toISOString().slice(0, 7)}-01`, 1)}T00:00:00Z`);
  const before = new Date(Math.min(leaving.before.getTime(), month));
  const where = `${OLD} AND ${ARRIVED} AND ${OF[leaving.of]}`;
  const rows = await deleteFacts(facts, 'events', where, paramsOf({ ...leaving, before }));
  return { rows, more: rows < all };
}

/** Deletes the order events of these orders. */
export async function deleteOrderEvents(
  facts: Facts,
  leaving: Omit<LeavingEvents, 'of'>,
  orderIds: readonly string[],
): Promise<void> {
  for (const ids of idLists(orderIds)) {
    const where = `${OLD} AND ${ARRIVED} AND ${IS_OF_ORDER} AND order_id IN {ids:Array(String)}`;
    await deleteFacts(facts, 'events', where, { ...paramsOf(leaving), ids });
  }
}
