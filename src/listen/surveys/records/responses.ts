import type { Answers } from '@touchstone/domain/survey';
import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { mapInTurns } from '../../../platform/kernel/turns.ts';
import type { Db } from '../../../platform/stores/ports.ts';
import { around, onceMarks } from '../around.ts';
import { surveyMarks, surveyQuotas, surveyResponses } from '../tables.ts';
import { RESPONSE_STATES, type ResponseState } from '../vocabulary.ts';

const responseRow = z.object({
  id: z.string(),
  token: z.string(),
  workspaceId: z.string(),
  surveyId: z.string(),
  version: z.number(),
  state: z.enum(RESPONSE_STATES),
  /** Of the row that was read; 0 before it is kept. */
  revision: z.number(),
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
  const [row] = await prepared(db).byToken.execute({ surveyId, token });
  return row === undefined ? null : responseRow.parse(row);
}

/** Whether somebody who may answer once has, by any of the names they came with. */
export async function hasMark(db: Db, surveyId: string, marks: readonly string[]): Promise<boolean> {
  const rows = await db
    .select({ mark: surveyMarks.mark })
    .from(surveyMarks)
    .where(and(eq(surveyMarks.surveyId, surveyId), inArray(surveyMarks.mark, [...marks])));
  return rows.length > 0;
}

/** Leaves marks. False: one of them was there already. */
export async function leaveMarks(tx: Db, surveyId: string, marks: readonly string[]): Promise<boolean> {
  // In one order, so that two who leave the same do not wait for one another.
  const left = await tx
    .insert(surveyMarks)
    .values(marks.toSorted().map((mark) => ({ surveyId, mark })))
    .onConflictDoNothing()
    .returning({ mark: surveyMarks.mark });
  return left.length === marks.length;
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
 * written: not one that is no longer what was read (`revision`), that has ended, or whose survey is there no more.
 */
export async function saveResponses(db: Db, rows: readonly ResponseRow[]): Promise<ReadonlySet<string>> {
  const written = await prepared(db).save.execute({ rows: JSON.stringify(rows) });
  return new Set(written.map((row) => row.token));
}

/** Planned once a connection, and written once a process: what is asked for with every page that is handed in. */
function prepared(db: Db) {
  const known = statements.get(db) ?? prepare(db);
  statements.set(db, known);
  return known;
}

const statements = new WeakMap<Db, ReturnType<typeof prepare>>();

function prepare(db: Db) {
  const { surveyId, token, state, revision, version } = surveyResponses;
  const given = (column: PgColumn): SQL => sql.raw(`excluded."${column.name}"`);
  const of = `id text, token text, "workspaceId" text, "surveyId" text, version integer, state text, revision integer,
    answers jsonb, around jsonb, "startedAt" timestamptz, "changedAt" timestamptz, "dueAt" timestamptz,
    "endedAt" timestamptz, ending text, batch bigint`;
  return {
    byToken: db
      .select()
      .from(surveyResponses)
      .where(and(eq(surveyId, sql.placeholder('surveyId')), eq(token, sql.placeholder('token'))))
      .prepare('survey_response_by_token'),
    save: db
      .insert(surveyResponses)
      .select(
        sql`SELECT r.id, r.token, r."workspaceId", r."surveyId", r.version, r.state, r.revision + 1, r.answers, r.around,
          r."startedAt", r."changedAt", r."dueAt", r."endedAt", r.ending, r.batch
        FROM jsonb_to_recordset(${sql.placeholder('rows')}::jsonb) AS r(${sql.raw(of)})
        JOIN surveys AS s ON s.id = r."surveyId" FOR KEY SHARE OF s`,
      )
      .onConflictDoUpdate({
        target: token,
        set: Object.fromEntries(CHANGING.map((name) => [name, given(surveyResponses[name])])),
        setWhere: sql`${state} = 'open' AND ${revision} = ${given(revision)} - 1 AND ${surveyId} = ${given(surveyId)}
          AND ${version} = ${given(version)}`,
      })
      .returning({ token })
      .prepare('survey_responses_save'),
  };
}

const CHANGING = ['state', 'revision', 'answers', 'around', 'changedAt', 'endedAt', 'ending', 'batch'] as const;

const overdue = z.object({ id: z.string(), surveyId: z.string(), once: onceMarks });

/**
 * Ends what is open and whose time is over: what was answered becomes facts as far as it went. Of who may answer once only
 * the first does, and leaves its marks. Answers how many.
 */
export async function endOverdue(tx: Db, now: Date, limit: number): Promise<number> {
  const { rows } = await tx.execute(sql`
    SELECT id, survey_id AS "surveyId", NULLIF(around->'once', 'null') AS once FROM survey_responses
    WHERE state = 'open' AND due_at < ${now.toISOString()}::timestamptz
    ORDER BY due_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED`);
  const found = z.array(overdue).parse(rows);
  const again: string[] = [];
  for (const { id, surveyId, once } of found) {
    if (once !== null && !(await leaveMarks(tx, surveyId, once))) again.push(id);
  }
  const ids = found.map((row) => row.id);
  if (ids.length > 0) {
    await tx
      .update(surveyResponses)
      .set({
        state: 'partial',
        endedAt: now,
        around: sql`jsonb_set(${surveyResponses.around}, '{once}', 'null')`,
        revision: sql`${surveyResponses.revision} + 1`,
        batch: sql`CASE WHEN ${isAmong(again)} OR ${isApart} THEN NULL ELSE ${WAITING}::bigint END`,
      })
      .where(inArray(surveyResponses.id, ids));
  }
  return ids.length;
}

/** Of what may be a program's, where its survey wants no figure of such. */
const isApart = sql`jsonb_array_length(coalesce(${surveyResponses.around}->'suspect', '[]')) > 0 AND EXISTS (
  SELECT 1 FROM surveys AS s WHERE s.id = ${surveyResponses.surveyId} AND s.settings->'suspectsApart' = 'true')`;

function isAmong(ids: readonly string[]): SQL {
  return ids.length === 0 ? sql`false` : inArray(surveyResponses.id, [...ids]);
}

/** One at a time brings answers among the facts. False: another does. */
export async function tryTelling(tx: Db): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended('survey responses become facts', 0)) AS held`,
  );
  return z.array(z.object({ held: z.boolean() })).parse(rows)[0]?.held === true;
}

/** Of answers that cannot be read: somebody has to look, and nobody else's wait for them. */
export const PUT_ASIDE = -1;

export interface Batch {
  /** WAITING: nothing waits. */
  readonly batch: number;
  /** Whether it was begun before, and some of it may be among the facts. */
  readonly again: boolean;
  readonly rows: readonly ResponseRow[];
  readonly unread: readonly string[];
}

/**
 * A batch that was begun and not finished, else a new one of those that wait, no more than `limit` and some `bytes` of
 * answers; empty: nothing waits. What cannot be read is given by its id alone.
 */
export async function claimBatch(db: Db, limit: number, bytes: number): Promise<Batch> {
  const begun = await db
    .select({ batch: sql<number | null>`min(${surveyResponses.batch})::bigint`.mapWith(Number) })
    .from(surveyResponses)
    .where(sql`${surveyResponses.batch} > ${WAITING}`);
  let batch = begun[0]?.batch ?? WAITING;
  const again = batch !== WAITING;
  const ids = again ? [] : await waitingIds(db, limit, bytes);
  if (!again && ids.length === 0) return { batch, again, rows: [], unread: [] };
  const found = again
    ? await db.select().from(surveyResponses).where(eq(surveyResponses.batch, batch))
    : await db
        .update(surveyResponses)
        .set({ batch: sql`(SELECT nextval('survey_batches'))` })
        .where(sql`${surveyResponses.id} = ANY(${sql.param(ids)}::text[]) AND ${surveyResponses.batch} = ${WAITING}`)
        .returning();
  batch = found[0]?.batch ?? WAITING;
  // Brought again, it is the same rows in the same order.
  found.sort((a, b) => (a.id < b.id ? -1 : 1));
  const read = await mapInTurns(found, (row) => responseRow.safeParse(row));
  return {
    batch,
    again,
    rows: read.flatMap(({ data }) => data ?? []),
    unread: found.flatMap(({ id }, i) => (read[i]?.success === true ? [] : [id])),
  };
}

/** Those that wait, the oldest first, up to `limit` and `bytes`, but at least one. */
async function waitingIds(db: Db, limit: number, bytes: number): Promise<string[]> {
  // By a range and in this order only the index of what waits will do: a plan that was made while nothing was known of a
  // young table went through all of it, for each of a batch.
  const { rows } = await db.execute(sql`
    SELECT id, octet_length(answers::text) AS bytes FROM survey_responses
    WHERE batch BETWEEN ${WAITING} AND ${WAITING} ORDER BY batch, id LIMIT ${limit}`);
  let left = bytes;
  return z
    .array(z.object({ id: z.string(), bytes: z.number() }))
    .parse(rows)
    .filter((row, i) => (left -= row.bytes) >= 0 || i === 0)
    .map((row) => row.id);
}

/** Takes responses out of their batch, for somebody to look at. */
export async function putAside(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(surveyResponses)
    .set({ batch: PUT_ASIDE })
    .where(inArray(surveyResponses.id, [...ids]));
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
    INSERT INTO survey_quotas AS q (survey_id, quota_id, count)
    SELECT ${surveyId}, ${quotaId}, 1 WHERE ${limit}::bigint > 0
    ON CONFLICT (survey_id, quota_id) DO UPDATE SET count = q.count + 1 WHERE q.count < ${limit}
    RETURNING count`);
  return rows.length > 0;
}
