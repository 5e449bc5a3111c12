import type { Answers } from '@touchstone/domain/survey';
import { and, asc, desc, eq, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../platform/stores/ports.ts';
import { around } from '../around.ts';
import { surveyMarks, surveyQuotas, surveyResponses } from '../tables.ts';
import { RESPONSE_STATES, type ResponseState } from '../vocabulary.ts';

const responseRow = z.object({
  id: z.string(),
  token: z.string(),
  workspaceId: z.string(),
  surveyId: z.string(),
  version: z.number(),
  state: z.enum(RESPONSE_STATES),
  // Whatever stands in it is read through `walk`, which takes nothing on trust.
  answers: z.custom<Answers>((value) => typeof value === 'object' && value !== null),
  around,
  startedAt: z.date(),
  changedAt: z.date(),
  dueAt: z.date(),
  endedAt: z.date().nullable(),
  ending: z.string().nullable(),
  batch: z.number().nullable(),
});
export type ResponseRow = z.infer<typeof responseRow>;

/** Whose answers wait to become facts and belong to no batch yet. */
export const WAITING = 0;

export async function selectByToken(db: Db, surveyId: string, token: string): Promise<ResponseRow | null> {
  const [row] = await db
    .select()
    .from(surveyResponses)
    .where(and(eq(surveyResponses.surveyId, surveyId), eq(surveyResponses.token, token)));
  return row === undefined ? null : responseRow.parse(row);
}

/** Whether somebody who may answer once has. */
export async function hasMark(db: Db, surveyId: string, mark: string): Promise<boolean> {
  const rows = await db
    .select({ mark: surveyMarks.mark })
    .from(surveyMarks)
    .where(and(eq(surveyMarks.surveyId, surveyId), eq(surveyMarks.mark, mark)));
  return rows.length > 0;
}

/** Leaves a mark. False: it is there already. */
export async function leaveMark(tx: Db, surveyId: string, mark: string): Promise<boolean> {
  const left = await tx
    .insert(surveyMarks)
    .values({ surveyId, mark })
    .onConflictDoNothing()
    .returning({ mark: surveyMarks.mark });
  return left.length > 0;
}

export interface ResponsesWanted {
  readonly state: ResponseState | undefined;
  readonly before: string | undefined;
  readonly limit: number;
}

export async function selectResponses(
  db: Db,
  { workspaceId, surveyId }: Pick<ResponseRow, 'workspaceId' | 'surveyId'>,
  { state, before, limit }: ResponsesWanted,
): Promise<ResponseRow[]> {
  const rows = await db
    .select()
    .from(surveyResponses)
    .where(
      and(
        eq(surveyResponses.workspaceId, workspaceId),
        eq(surveyResponses.surveyId, surveyId),
        state === undefined ? undefined : eq(surveyResponses.state, state),
        before === undefined ? undefined : lt(surveyResponses.id, before),
      ),
    )
    .orderBy(desc(surveyResponses.id))
    .limit(limit);
  return z.array(responseRow).parse(rows);
}

export async function hasResponses(db: Db, surveyId: string): Promise<boolean> {
  const rows = await db
    .select({ id: surveyResponses.id })
    .from(surveyResponses)
    .where(eq(surveyResponses.surveyId, surveyId))
    .limit(1);
  return rows.length > 0;
}

/**
 * Writes responses, new ones and those gone on with, in one statement; each token once. Answers the tokens that were
 * written: a response that had ended stays as it ended.
 */
export async function saveResponses(db: Db, rows: readonly ResponseRow[]): Promise<ReadonlySet<string>> {
  const written = await db
    .insert(surveyResponses)
    .values([...rows])
    .onConflictDoUpdate({
      target: surveyResponses.token,
      set: {
        state: sql`excluded.state`,
        answers: sql`excluded.answers`,
        around: sql`excluded.around`,
        changedAt: sql`excluded.changed_at`,
        endedAt: sql`excluded.ended_at`,
        ending: sql`excluded.ending`,
        batch: sql`excluded.batch`,
      },
      setWhere: and(
        eq(surveyResponses.state, 'open'),
        sql`${surveyResponses.surveyId} = excluded.survey_id`,
        sql`${surveyResponses.version} = excluded.version`,
      ),
    })
    .returning({ token: surveyResponses.token });
  return new Set(written.map((row) => row.token));
}

/**
 * Ends what is open and whose time is over: what was answered becomes facts as far as it went. Of who may answer once only
 * the first does, and leaves its mark. Answers how many.
 */
export async function endOverdue(db: Db, now: Date, limit: number): Promise<number> {
  const { rows } = await db.execute(sql`
    WITH overdue AS (
      SELECT id, survey_id, around->>'once' AS once FROM survey_responses
      WHERE state = 'open' AND due_at < ${now.toISOString()}::timestamptz
      ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), marked AS (
      INSERT INTO survey_marks (survey_id, mark)
      SELECT DISTINCT survey_id, once FROM overdue WHERE once IS NOT NULL
      ON CONFLICT DO NOTHING RETURNING survey_id, mark
    ), firsts AS (
      SELECT min(o.id) AS id FROM overdue AS o JOIN marked AS m ON m.survey_id = o.survey_id AND m.mark = o.once
      GROUP BY o.survey_id, o.once
    )
    UPDATE survey_responses AS r
    SET state = 'partial', ended_at = ${now.toISOString()}::timestamptz, around = jsonb_set(r.around, '{once}', 'null'),
      batch = CASE WHEN o.once IS NULL OR o.id IN (SELECT id FROM firsts) THEN ${WAITING}::bigint END
    FROM overdue AS o WHERE r.id = o.id
    RETURNING r.id`);
  return rows.length;
}

/** One at a time brings answers among the facts. False: another does. */
export async function tryTelling(tx: Db): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended('survey responses become facts', 0)) AS held`,
  );
  return z.array(z.object({ held: z.boolean() })).parse(rows)[0]?.held === true;
}

/** A batch that was begun and not finished, else a new one of those that wait; empty: nothing waits. */
export async function claimBatch(db: Db, limit: number): Promise<ResponseRow[]> {
  const begun = await db
    .select({ batch: sql<number | null>`min(${surveyResponses.batch})::bigint`.mapWith(Number) })
    .from(surveyResponses)
    .where(sql`${surveyResponses.batch} > ${WAITING}`);
  let batch = begun[0]?.batch ?? 0;
  if (batch === 0) {
    const { rows } = await db.execute(sql`
      UPDATE survey_responses SET batch = (SELECT nextval('survey_batches'))
      WHERE id IN (SELECT id FROM survey_responses WHERE batch = ${WAITING} ORDER BY id LIMIT ${limit})
      RETURNING batch`);
    batch = z.array(z.object({ batch: z.coerce.number() })).parse(rows)[0]?.batch ?? 0;
  }
  if (batch === 0) return [];
  const rows = await db
    .select()
    .from(surveyResponses)
    .where(eq(surveyResponses.batch, batch))
    .orderBy(asc(surveyResponses.id));
  return z.array(responseRow).parse(rows);
}

/** All of a batch is among the facts. */
export async function finishBatch(db: Db, batch: number): Promise<void> {
  await db.update(surveyResponses).set({ batch: null }).where(eq(surveyResponses.batch, batch));
}

/** Quotas of a survey that have let in as many as they may. */
export async function selectQuotas(db: Db, surveyId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db.select().from(surveyQuotas).where(eq(surveyQuotas.surveyId, surveyId));
  return new Map(rows.map((row) => [row.quotaId, row.count]));
}

/** Counts one more, unless there are `limit` already, where that matters. False: there are. */
export async function countIn(
  tx: Db,
  quota: { readonly surveyId: string; readonly quotaId: string; readonly limit: number },
): Promise<boolean> {
  const { surveyId, quotaId, limit } = quota;
  const { rows } = await tx.execute(sql`
    INSERT INTO survey_quotas AS q (survey_id, quota_id, count) VALUES (${surveyId}, ${quotaId}, 1)
    ON CONFLICT (survey_id, quota_id) DO UPDATE SET count = q.count + 1 WHERE q.count < ${limit}
    RETURNING count`);
  return rows.length > 0;
}
