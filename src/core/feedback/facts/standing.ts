import { z } from 'zod';
import { idLists } from '../../../platform/stores/id-lists.ts';
import type { Facts } from '../../../platform/stores/ports.ts';

const row = z.object({ feedback_id: z.string() });

/** Which of these answers stand there already, brought by this origin. */
export async function selectStanding(
  facts: Facts,
  workspaceId: string,
  feedbackIds: readonly string[],
  origin: string,
): Promise<Set<string>> {
  const standing = new Set<string>();
  for (const ids of idLists(feedbackIds)) {
    const rows = await facts.query(
      row,
      `SELECT feedback_id FROM feedback
       WHERE workspace = {workspace:String} AND feedback_id IN {ids:Array(UUID)} AND origin = {origin:String}`,
      { workspace: workspaceId, ids, origin },
    );
    for (const { feedback_id } of rows) standing.add(feedback_id);
  }
  return standing;
}
