import { and, asc, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Db } from '../../../platform/stores/ports.ts';
import { surveyResponses } from '../tables.ts';

/** Deletes responses that ended before, at most `limit`, unless they are still to become facts. Answers how many. */
export async function deleteResponses(db: Db, workspaceId: string, before: Date, limit: number): Promise<number> {
  const leaving = db
    .select({ id: surveyResponses.id })
    .from(surveyResponses)
    .where(
      and(
        eq(surveyResponses.workspaceId, workspaceId),
        lt(surveyResponses.endedAt, before),
        isNull(surveyResponses.batch),
      ),
    )
    .orderBy(asc(surveyResponses.id))
    .limit(limit);
  const gone = await db
    .delete(surveyResponses)
    .where(inArray(surveyResponses.id, leaving))
    .returning({ id: surveyResponses.id });
  return gone.length;
}
