import { z } from 'zod';
import { addMonths, fromFactsTimeMs, toFactsTime } from '@touchstone/domain/calendar';
import type { Leaving } from '../../../platform/house/house.ts';
import { deleteFacts } from '../../../platform/stores/deleting.ts';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';

const OLD = `workspace = {workspace:String} AND at < {before:DateTime64(3, 'UTC')}`;

function paramsOf({ workspaceId, before }: Leaving): FactsParams {
  return { workspace: workspaceId, before: toFactsTime(before.getTime()) };
}

const countedRow = z.object({ n: z.coerce.number(), first: z.string() });

/** How many answers leave, and when the first was given. */
export async function countLeaving(
  facts: Facts,
  leaving: Leaving,
): Promise<{ readonly rows: number; readonly oldest: Date | null }> {
  const counted = `SELECT count() AS n, min(at) AS first FROM feedback WHERE ${OLD}`;
  const [row] = await facts.query(countedRow, counted, paramsOf(leaving));
  if (row === undefined || row.n === 0) return { rows: 0, oldest: null };
  return { rows: row.n, oldest: new Date(fromFactsTimeMs(row.first)) };
}

/** Deletes those of the month of the first. */
export async function deleteLeaving(
  facts: Facts,
  leaving: Leaving,
): Promise<{ readonly rows: number; readonly more: boolean }> {
  const { rows: all, oldest } = await countLeaving(facts, leaving);
  if (oldest === null) return { rows: 0, more: false };
  const month = Date.parse(`${addMonths(`${oldest.toISOString().slice(0, 7)}-01`, 1)}T00:00:00Z`);
  const before = new Date(Math.min(leaving.before.getTime(), month));
  const rows = await deleteFacts(facts, 'feedback', OLD, paramsOf({ ...leaving, before }));
  return { rows, more: rows < all };
}
