import { and, count, desc, eq, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../platform/stores/ports.ts';
import { reportScope } from './shapes.ts';
import { surveyReports } from './tables.ts';

const reportRow = z.object({
  id: z.string(),
  token: z.string(),
  workspaceId: z.string(),
  surveyId: z.string(),
  name: z.string(),
  texts: z.boolean(),
  scope: reportScope,
  expiresAt: z.date().nullable(),
  createdAt: z.date(),
});
export type ReportRow = z.infer<typeof reportRow>;

type Place = Pick<ReportRow, 'workspaceId' | 'surveyId'>;

const ofSurvey = ({ workspaceId, surveyId }: Place) =>
  and(eq(surveyReports.workspaceId, workspaceId), eq(surveyReports.surveyId, surveyId));

/** The newest first: ids are made in the order of time. */
export async function selectReports(db: Db, place: Place): Promise<ReportRow[]> {
  const rows = await db.select().from(surveyReports).where(ofSurvey(place)).orderBy(desc(surveyReports.id));
  return z.array(reportRow).parse(rows);
}

/** Whoever comes by a link knows nothing but its token. */
export async function selectReport(db: Db, token: string): Promise<ReportRow | null> {
  const [row] = await db.select().from(surveyReports).where(eq(surveyReports.token, token));
  return row === undefined ? null : reportRow.parse(row);
}

/** Links of one survey are made one after the other; those that have expired go. False: there are `most` already. */
export async function insertReport(tx: Db, row: ReportRow, most: number): Promise<boolean> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`survey reports ${row.surveyId}`}, 0))`);
  await tx.delete(surveyReports).where(and(ofSurvey(row), lt(surveyReports.expiresAt, row.createdAt)));
  const [there] = await tx.select({ n: count() }).from(surveyReports).where(ofSurvey(row));
  if ((there?.n ?? 0) >= most) return false;
  await tx.insert(surveyReports).values(row);
  return true;
}

/** The name of the one that was taken away; null where there was none. */
export async function deleteReport(db: Db, place: Place, id: string): Promise<string | null> {
  const [gone] = await db
    .delete(surveyReports)
    .where(and(ofSurvey(place), eq(surveyReports.id, id)))
    .returning({ name: surveyReports.name });
  return gone?.name ?? null;
}

export async function deleteReports(db: Db, place: Place): Promise<void> {
  await db.delete(surveyReports).where(ofSurvey(place));
}
