import { and, asc, desc, eq, gt, lt, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db, Records } from '../../../platform/stores/ports.ts';
import { journal, journalBatches } from '../tables.ts';
import { LONGEST_PAUSE_MS } from '../vocabulary.ts';
import { type NewRejected, insertRejected } from './rejected.ts';

/** What one batch takes at most, about. */
export interface BatchSize {
  readonly journalRows: number;
  readonly bytes: number;
}

const batchRow = z.object({
  id: z.coerce.number(),
  token: z.string(),
  state: z.enum(['claimed', 'inserted']),
  failures: z.number(),
  told: z.array(z.string()),
  workspaceId: z.string().nullable(),
  firstReceivedAt: z.coerce.date(),
  lastReceivedAt: z.coerce.date(),
});
export type Batch = z.infer<typeof batchRow>;

const COLUMNS = sql`id, token, state, failures, told, workspace_id AS "workspaceId",
  first_received_at AS "firstReceivedAt", last_received_at AS "lastReceivedAt"`;

/** The turn of one drain at a time: false when another has it. It ends with the transaction. */
export async function takeTurn(tx: Db): Promise<boolean> {
  const answer = await tx.execute(sql`SELECT pg_try_advisory_xact_lock(7164, hashtext('journal.drain')) AS taken`);
  return z.object({ taken: z.boolean() }).parse(answer.rows[0]).taken;
}

/**
 * The oldest batch that was begun and is due: cut off by a crash, or to be told again. One that is due later than any
 * pause lasts was put off before the clock was set back: it is due too.
 */
export async function selectUnfinished(db: Db, now: Date): Promise<Batch | undefined> {
  const latest = new Date(now.getTime() + LONGEST_PAUSE_MS);
  const { rows } = await db.execute(sql`
    SELECT ${COLUMNS} FROM journal_batches
    WHERE state <> 'done' AND set_aside_at IS NULL AND (failures = 0
      OR due_at <= ${now.toISOString()}::timestamptz OR due_at > ${latest.toISOString()}::timestamptz)
    ORDER BY id LIMIT 1`);
  return rows[0] === undefined ? undefined : batchRow.parse(rows[0]);
}

/** Claims what waits, oldest first, and writes the batch down, in one statement. Undefined when nothing waits. */
export async function claimBatch(db: Db, drainId: string, most: BatchSize, now: Date): Promise<Batch | undefined> {
  const { rows } = await db.execute(sql`
    WITH waiting AS (
      SELECT seq, rows, bytes, received_at FROM journal
      WHERE batch_id IS NULL ORDER BY seq LIMIT ${most.journalRows} FOR UPDATE SKIP LOCKED
    ), taken AS (
      SELECT seq, rows, received_at FROM (
        SELECT *, sum(bytes) OVER (ORDER BY seq) - bytes AS before FROM waiting
      ) AS counted WHERE before < ${most.bytes}
    ), batch AS (
      INSERT INTO journal_batches (state, drain_id, rows, first_seq, last_seq, first_received_at, last_received_at, due_at)
      SELECT 'claimed', ${drainId}, sum(rows), min(seq), max(seq), min(received_at), max(received_at), ${now.toISOString()}::timestamptz
      FROM taken HAVING count(*) > 0
      RETURNING *
    ), marked AS (
      UPDATE journal SET batch_id = batch.id FROM batch, taken WHERE journal.seq = taken.seq
    )
    SELECT ${COLUMNS} FROM batch`);
  return rows[0] === undefined ? undefined : batchRow.parse(rows[0]);
}

const momentRow = z.object({ at: z.coerce.date().nullable() });

/** When the oldest came in that waits or is on its way. What was set aside may be a year old: it is looked up by itself. */
export async function selectOldestWaiting(db: Db): Promise<Date | null> {
  const { rows } = await db.execute(sql`
    SELECT min(j.received_at) AS at FROM journal j LEFT JOIN journal_batches b ON b.id = j.batch_id
    WHERE b.set_aside_at IS NULL`);
  return momentRow.parse(rows[0]).at;
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

/** The facts of the batch are in, but for lines that the facts store refused: those are listed. */
export async function markInserted(
  records: Records,
  batchId: number,
  drainId: string,
  refused: readonly NewRejected[],
  now: Date,
): Promise<void> {
  await records.transaction(async (tx) => {
    if (refused.length > 0) await insertRejected(tx, refused, now);
    await tx.update(journalBatches).set({ state: 'inserted', drainId }).where(eq(journalBatches.id, batchId));
  });
}

/** How a try to tell those who live on its facts ended: what need not be told again, how often it failed, and why. */
export interface Failed {
  readonly failures: number;
  readonly told: readonly string[];
  readonly reason: string;
}

/** Some who live on its facts could not be told; again at `dueAt`. */
export async function markFailed(db: Db, batchId: number, failed: Failed, dueAt: Date): Promise<void> {
  const { failures, told, reason } = failed;
  await db
    .update(journalBatches)
    .set({ failures, told: [...told], reason, dueAt })
    .where(eq(journalBatches.id, batchId));
}

/** The batch is through: its journal rows go, and what is left of it says which facts it brought. */
export async function finishBatch(records: Records, batchId: number): Promise<void> {
  await records.transaction((tx) => finish(tx, batchId));
}

export async function finish(tx: Db, batchId: number): Promise<void> {
  await tx.delete(journal).where(eq(journal.batchId, batchId));
  await tx.update(journalBatches).set({ state: 'done' }).where(eq(journalBatches.id, batchId));
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

/** Forgets finished batches from before a moment. */
export async function deleteBatchesBefore(db: Db, before: Date): Promise<void> {
  await db
    .delete(journalBatches)
    .where(and(eq(journalBatches.state, 'done'), lt(journalBatches.lastReceivedAt, before)));
}

const standingRow = z.object({
  rows: z.coerce.number(),
  bytes: z.coerce.number(),
  oldest: z.coerce.date().nullable(),
  aside: z.coerce.number(),
});

export type JournalStanding = z.infer<typeof standingRow>;

/** What of a workspace waits or is on its way, and how many messages were set aside. */
export async function selectStanding(db: Db, workspaceId: string): Promise<JournalStanding> {
  const { rows } = await db.execute(sql`
    SELECT coalesce(sum(j.rows) FILTER (WHERE b.set_aside_at IS NULL), 0) AS rows,
      coalesce(sum(j.bytes) FILTER (WHERE b.set_aside_at IS NULL), 0) AS bytes,
      min(j.received_at) FILTER (WHERE b.set_aside_at IS NULL) AS oldest,
      coalesce(sum(j.rows) FILTER (WHERE b.set_aside_at IS NOT NULL), 0) AS aside
    FROM journal j LEFT JOIN journal_batches b ON b.id = j.batch_id
    WHERE j.workspace_id = ${workspaceId}`);
  return standingRow.parse(rows[0]);
}
