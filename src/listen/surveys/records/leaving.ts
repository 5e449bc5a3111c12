import { and, asc, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import type { Db } from '../../../platform/stores/ports.ts';
import { surveyResponses, surveys } from '../tables.ts';
import { PUT_ASIDE } from './responses.ts';

/**
 * Deletes responses that ended before, at most `limit`, unless they are still to become facts, and remembers of their
 * surveys that they were answered. Answers their tokens, by which their files are found.
 */
export async function deleteResponses(db: Db, workspaceId: string, before: Date, limit: number): Promise<string[]> {
  const leaving = db
    .select({ id: surveyResponses.id })
    .from(surveyResponses)
    .where(
      and(
        eq(surveyResponses.workspaceId, workspaceId),
        lt(surveyResponses.endedAt, before),
        or(isNull(surveyResponses.batch), eq(surveyResponses.batch, PUT_ASIDE)),
      ),
    )
    .orderBy(asc(surveyResponses.id))
    .limit(limit);
  const gone = await db
    .delete(surveyResponses)
    .where(inArray(surveyResponses.id, leaving))
    .returning({ surveyId: surveyResponses.surveyId, token: surveyResponses.token });
  const answered = [...new Set(gone.map((row) => row.surveyId))];
  if (answered.length > 0) await db.update(surveys).set({ answered: true }).where(inArray(surveys.id, answered));
  return gone.map((row) => row.token);
}

/** Deletes all responses of a survey that goes too. */
export async function deleteAllResponses(tx: Db, surveyId: string): Promise<void> {
  await tx.delete(surveyResponses).where(eq(surveyResponses.surveyId, surveyId));
}
