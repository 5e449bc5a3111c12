import { and, asc, desc, eq, gt, lt, lte, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db, Records } from '../../platform/stores/ports.ts';
import type { Portion, RefusedMessage } from './committer.ts';
import { cleanText } from './measure.ts';
import { BODY_FORMAT } from './vocabulary.ts';
import { journal, journalBatches, journalRejected } from './tables.ts';

/** Most journal rows and, about, most bytes that one batch takes. */
const BATCH_JOURNAL_ROWS = 5_000;
const BATCH_BYTES = 12_000_000;

/** Appends portions: one row per workspace that is among them. Durable when it resolves. */
export async function appendPortions(
  records: Records,
  portions: readonly Portion[],
  receivedAt: Date,
): Promise<(number | null)[]> {
  const bodies = new Map<string, { body: string; rows: number }>();
  for (const { workspaceId, body, rows } of portions) {
    if (rows === 0) continue;
    const so = bodies.get(workspaceId);
    bodies.set(workspaceId, so === undefined ? { body, rows } : { body: so.body + body, rows: so.rows + rows });
  }
  const refused = portions.flatMap((p) => p.refused.map((r) => rejectedRow(p.workspaceId, r)));
  const rows = [...bodies].map(([workspaceId, b]) => ({
    workspaceId,
    format: BODY_FORMAT,
    body: b.body,
    rows: b.rows,
    bytes: Buffer.byteLength(b.body),
    receivedAt,
  }));
  const insert = async (db: Db) =>
    rows.length === 0
      ? []
      : db.insert(journal).values(rows).returning({ workspaceId: journal.workspaceId, seq: journal.seq });
  const [only] = rows;
  if (only !== undefined && rows.length === 1 && refused.length === 0) {
    const [appended] = await appending(records.db).execute(only);
    return portions.map((p) => (p.rows === 0 ? null : (appended?.seq ?? null)));
  }
  const inserted =
    refused.length === 0
      ? await insert(records.db)
      : await records.transaction(async (tx) => {
          await insertRejected(tx, refused, receivedAt);
          return insert(tx);
        });
  const seqs = new Map(inserted.map((r) => [r.workspaceId, r.seq]));
  return portions.map((p) => (p.rows === 0 ? null : (seqs.get(p.workspaceId) ?? null)));
}

/** One row's append, planned once a connection: by far the most frequent statement of the house. */
function appending(db: Db) {
  const known = appends.get(db) ?? prepareAppend(db);
  appends.set(db, known);
  return known;
}

const appends = new WeakMap<Db, ReturnType<typeof prepareAppend>>();

function prepareAppend(db: Db) {
  const given = (name: string) => sql.placeholder(name);
  return db
    .insert(journal)
    .values({
      workspaceId: given('workspaceId'),
      format: given('format'),
      body: given('body'),
      rows: given('rows'),
      bytes: given('bytes'),
      receivedAt: given('receivedAt'),
    })
    .returning({ seq: journal.seq })
    .prepare('journal_append');
}

function rejectedRow(workspaceId: string, refused: RefusedMessage) {
  const { messageId, field, reason, body } = refused;
  return {
    workspaceId,
    messageId: cleanText(messageId),
    field,
    reason: cleanText(reason),
    body: cleanText(body),
  };
}

/** Any number of rows: as lists, since a statement has room for 65,535 parameters. */
async function insertRejected(db: Db, rows: readonly ReturnType<typeof rejectedRow>[], receivedAt: Date) {
  const list = (column: keyof ReturnType<typeof rejectedRow>) => sql`${sql.param(rows.map((r) => r[column]))}::text[]`;
  await db.execute(sql`
    INSERT INTO journal_rejected (workspace_id, received_at, message_id, field, reason, body)
    SELECT workspace_id, ${receivedAt.toISOString()}::timestamptz, message_id, field, reason, body
    FROM unnest(${list('workspaceId')}, ${list('messageId')}, ${list('field')}, ${list('reason')}, ${list('body')})
      WITH ORDINALITY AS r(workspace_id, message_id, field, reason, body, place)
    ORDER BY place`);
}

/**
 * Bodies live for a second: compressing them costs more than the bytes it saves. No migration can say so in a way that
 * every PostgreSQL since 14 understands.
 */
export async function leaveBodiesUncompressed(db: Db): Promise<void> {
  const answer = await db.execute(
    sql`SELECT attstorage::text AS storage FROM pg_attribute WHERE attrelid = 'journal'::regclass AND attname = 'body'`,
  );
  const { storage } = z.object({ storage: z.string() }).parse(answer.rows[0]);
  if (storage !== 'e') await db.execute(sql`ALTER TABLE journal ALTER COLUMN body SET STORAGE EXTERNAL`);
}

const bytesRow = z.object({ bytes: z.coerce.number() });

export async function selectWaitingBytes(db: Db): Promise<number> {
  const found = await db.select({ bytes: sql<string>`coalesce(sum(${journal.bytes}), 0)` }).from(journal);
  return bytesRow.parse(found[0]).bytes;
}

export async function selectIsWaiting(db: Db, workspaceId: string, seq: number): Promise<boolean> {
  const found = await db
    .select({ seq: journal.seq })
    .from(journal)
    .where(and(eq(journal.seq, seq), eq(journal.workspaceId, workspaceId)));
  return found.length > 0;
}

export interface Batch {
  readonly id: number;
  readonly token: string;
  readonly state: string;
  readonly failures: number;
}

const batchColumns = {
  id: journalBatches.id,
  token: journalBatches.token,
  state: journalBatches.state,
  failures: journalBatches.failures,
};

/** The turn of one drain at a time: false when another has it. It ends with the transaction. */
export async function takeTurn(tx: Db): Promise<boolean> {
  const answer = await tx.execute(sql`SELECT pg_try_advisory_xact_lock(7164, hashtext('journal.drain')) AS taken`);
  return z.object({ taken: z.boolean() }).parse(answer.rows[0]).taken;
}

/** The oldest batch that was begun and is due: cut off by a crash, or to be told again. */
export async function selectUnfinished(db: Db, now: Date): Promise<Batch | undefined> {
  const found = await db
    .select(batchColumns)
    .from(journalBatches)
    .where(and(ne(journalBatches.state, 'done'), lte(journalBatches.dueAt, now)))
    .orderBy(asc(journalBatches.id))
    .limit(1);
  return found[0];
}

const claimed = z.object({ id: z.coerce.number(), token: z.string(), state: z.string(), failures: z.number() });

/** Claims what waits, oldest first, and writes the batch down, in one statement. Undefined when nothing waits. */
export async function claimBatch(db: Db, drainId: string, now: Date): Promise<Batch | undefined> {
  const answer = await db.execute(sql`
    WITH waiting AS (
      SELECT seq, rows, bytes, received_at FROM journal
      WHERE batch_id IS NULL ORDER BY seq LIMIT ${BATCH_JOURNAL_ROWS} FOR UPDATE SKIP LOCKED
    ), taken AS (
      SELECT seq, rows, received_at FROM (
        SELECT *, sum(bytes) OVER (ORDER BY seq) - bytes AS before FROM waiting
      ) AS counted WHERE before < ${BATCH_BYTES}
    ), batch AS (
      INSERT INTO journal_batches (state, drain_id, rows, first_seq, last_seq, first_received_at, last_received_at, due_at)
      SELECT 'claimed', ${drainId}, sum(rows), min(seq), max(seq), min(received_at), max(received_at), ${now.toISOString()}::timestamptz
      FROM taken HAVING count(*) > 0
      RETURNING id, token, state, failures
    ), marked AS (
      UPDATE journal SET batch_id = batch.id FROM batch, taken WHERE journal.seq = taken.seq
    )
    SELECT id, token, state, failures FROM batch`);
  return answer.rows[0] === undefined ? undefined : claimed.parse(answer.rows[0]);
}

/** The newest batch whose facts are in; 0 before the first. */
export async function selectLastBatch(db: Db): Promise<number> {
  const found = await db
    .select({ id: journalBatches.id })
    .from(journalBatches)
    .where(ne(journalBatches.state, 'claimed'))
    .orderBy(desc(journalBatches.id))
    .limit(1);
  return found[0]?.id ?? 0;
}

export interface JournalRow {
  readonly seq: number;
  readonly workspaceId: string;
  readonly format: number;
  readonly body: string;
}

export async function selectJournalRows(db: Db, batchId: number): Promise<JournalRow[]> {
  return db
    .select({ seq: journal.seq, workspaceId: journal.workspaceId, format: journal.format, body: journal.body })
    .from(journal)
    .where(eq(journal.batchId, batchId))
    .orderBy(asc(journal.seq));
}

/** The facts of the batch are in. */
export async function markInserted(db: Db, batchId: number, drainId: string): Promise<void> {
  await db.update(journalBatches).set({ state: 'inserted', drainId }).where(eq(journalBatches.id, batchId));
}

/** Those who live on its facts could not be told; again at `dueAt`. */
export async function markFailed(db: Db, batchId: number, failures: number, dueAt: Date): Promise<void> {
  await db.update(journalBatches).set({ failures, dueAt }).where(eq(journalBatches.id, batchId));
}

/** The batch is through: its journal rows go, and what is left of it says which facts it brought. */
export async function finishBatch(records: Records, batchId: number): Promise<void> {
  await records.transaction(async (tx) => {
    await tx.delete(journal).where(eq(journal.batchId, batchId));
    await tx.update(journalBatches).set({ state: 'done' }).where(eq(journalBatches.id, batchId));
  });
}

/** Lists a line that the facts store refused. */
export async function insertRefusedLine(db: Db, workspaceId: string, line: string, at: Date): Promise<void> {
  const reason = 'The facts store refused it; this is a defect of ours.';
  await db
    .insert(journalRejected)
    .values({ workspaceId, receivedAt: at, messageId: '', field: '', reason, body: line });
}

export interface BroughtBatch {
  readonly id: number;
  readonly drainId: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly firstReceivedAt: Date;
}

/** Batches after one whose facts are in. */
export async function selectBrought(db: Db, afterId: number): Promise<BroughtBatch[]> {
  return db
    .select({
      id: journalBatches.id,
      drainId: journalBatches.drainId,
      firstSeq: journalBatches.firstSeq,
      lastSeq: journalBatches.lastSeq,
      firstReceivedAt: journalBatches.firstReceivedAt,
    })
    .from(journalBatches)
    .where(and(gt(journalBatches.id, afterId), ne(journalBatches.state, 'claimed')))
    .orderBy(asc(journalBatches.id));
}

export interface JournalStanding {
  readonly rows: number;
  readonly bytes: number;
  readonly oldestAt: Date | null;
  readonly rejected: number;
}

const standingRow = z.object({ rows: z.coerce.number(), bytes: z.coerce.number(), oldest: z.coerce.date().nullable() });

export async function selectStanding(db: Db, workspaceId: string): Promise<JournalStanding> {
  const [found] = await db
    .select({
      rows: sql<string>`coalesce(sum(${journal.rows}), 0)`,
      bytes: sql<string>`coalesce(sum(${journal.bytes}), 0)`,
      oldest: sql<string | null>`min(${journal.receivedAt})`,
    })
    .from(journal)
    .where(eq(journal.workspaceId, workspaceId));
  const [refused] = await db
    .select({ rejected: sql<number>`count(*)::int` })
    .from(journalRejected)
    .where(eq(journalRejected.workspaceId, workspaceId));
  const { rows, bytes, oldest } = standingRow.parse(found);
  return { rows, bytes, oldestAt: oldest, rejected: refused?.rejected ?? 0 };
}

export type RejectedRow = typeof journalRejected.$inferSelect;

/** Refused messages, newest first; `beforeId` is where the last page ended. */
export async function selectRejected(
  db: Db,
  workspaceId: string,
  limit: number,
  beforeId: number | undefined,
): Promise<RejectedRow[]> {
  const mine = eq(journalRejected.workspaceId, workspaceId);
  return db
    .select()
    .from(journalRejected)
    .where(beforeId === undefined ? mine : and(mine, lt(journalRejected.id, beforeId)))
    .orderBy(desc(journalRejected.id))
    .limit(limit);
}

/** Forgets refused messages and finished batches from before a moment. */
export async function deleteBefore(db: Db, rejectedBefore: Date, batchesBefore: Date): Promise<void> {
  await db.delete(journalRejected).where(lt(journalRejected.receivedAt, rejectedBefore));
  await db
    .delete(journalBatches)
    .where(and(eq(journalBatches.state, 'done'), lt(journalBatches.lastReceivedAt, batchesBefore)));
}
