import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../platform/stores/ports.ts';
import { surveyFiles } from '../tables.ts';

const fileRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  surveyId: z.string(),
  token: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.number(),
  createdAt: z.date(),
});
export type SurveyFileRow = z.infer<typeof fileRow>;

export async function insertFile(db: Db, row: SurveyFileRow): Promise<void> {
  await db.insert(surveyFiles).values(row);
}

export async function selectFile(
  db: Db,
  { workspaceId, surveyId, id }: Pick<SurveyFileRow, 'workspaceId' | 'surveyId' | 'id'>,
): Promise<SurveyFileRow | null> {
  const [row] = await db
    .select()
    .from(surveyFiles)
    .where(and(eq(surveyFiles.workspaceId, workspaceId), eq(surveyFiles.surveyId, surveyId), eq(surveyFiles.id, id)));
  return row === undefined ? null : fileRow.parse(row);
}

type Named = Pick<SurveyFileRow, 'id' | 'surveyId'>;
const named = { id: surveyFiles.id, surveyId: surveyFiles.surveyId };

/** Of responses, by their tokens. */
export async function selectFilesOf(db: Db, tokens: readonly string[]): Promise<Named[]> {
  if (tokens.length === 0) return [];
  return db
    .select(named)
    .from(surveyFiles)
    .where(inArray(surveyFiles.token, [...tokens]));
}

/** Files sent before a moment that no response has among its answers: taken back, sent and never handed in. */
export async function selectUnnamed(db: Db, before: Date, limit: number): Promise<Named[]> {
  return db
    .select(named)
    .from(surveyFiles)
    .where(
      and(
        lt(surveyFiles.createdAt, before),
        sql`NOT EXISTS (SELECT 1 FROM survey_responses AS r
          WHERE r.token = ${surveyFiles.token} AND position(${surveyFiles.id} IN r.answers::text) > 0)`,
      ),
    )
    .orderBy(asc(surveyFiles.id))
    .limit(limit);
}

export async function deleteFiles(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.delete(surveyFiles).where(inArray(surveyFiles.id, [...ids]));
}
