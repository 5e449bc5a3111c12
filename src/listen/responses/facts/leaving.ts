import { z } from 'zod';
import { addMonths, fromFactsTimeMs, toFactsTime } from '@touchstone/domain/calendar';
import type { Leaving } from '../../../platform/house/house.ts';
import { deleteFacts } from '../../../platform/stores/deleting.ts';
import type { Facts } from '../../../platform/stores/ports.ts';

const OLD = `workspace = {workspace:String} AND ended_at < {before:DateTime64(3, 'UTC')}`;
const countedRow = z.object({ n: z.coerce.number(), first: z.string() });

/** Deletes responses that ended before, those of the month of the first. */
export async function deleteLeaving(
  facts: Facts,
  { workspaceId, before }: Leaving,
): Promise<{ readonly rows: number; readonly more: boolean }> {
  const params = (moment: number) => ({ workspace: workspaceId, before: toFactsTime(moment) });
  const counted = `SELECT count() AS n, min(ended_at) AS first FROM survey_responses WHERE ${OLD}`;
  const [all] = await facts.query(countedRow, counted, params(before.getTime()));
  if (all === undefined || all.n === 0) return { rows: 0, more: false };
  const first = new Date(fromFactsTimeMs(all.first)).toISOString().slice(0, 7);
  const month = Date.parse(`${addMonths(`${first}-01`, 1)}T00:00:00Z`);
  const rows = await deleteFacts(facts, 'survey_responses', OLD, params(Math.min(before.getTime(), month)));
  return { rows, more: rows < all.n };
}

/** Deletes all responses of a survey. */
export function deleteResponsesOf(facts: Facts, workspace: string, survey: string): Promise<number> {
  const where = 'workspace = {workspace:String} AND survey_id = {survey:String}';
  return deleteFacts(facts, 'survey_responses', where, { workspace, survey });
}
