import { and, desc, eq, isNotNull, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db, Records } from '../../../platform/stores/ports.ts';
import { journal, journalBatches } from '../tables.ts';
import { type Batch, type Failed, finish } from './batches.ts';

/**
 * Sets aside what of a batch could not be told, a batch of its own for each of these workspaces, and finishes the rest.
 * @param reasons by workspace
 */
export async function setAside(
  records: Records,
  batch: Batch,
  failed: Omit<Failed, 'reason'>,
  reasons: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  await records.transaction(async (tx) => {
    for (const [workspaceId, reason] of reasons) {
      await moveRows(tx, batch.id, workspaceId, sql`true`, { ...failed, state: 'inserted', reason }, now);
    }
    await finish(tx, batch.id);
  });
}

/** Sets journal rows aside that cannot be read, before anything of them is among the facts. */
export async function setRowsAside(
  records: Records,
  batchId: number,
  workspaceId: string,
  seqs: readonly number[],
  reason: string,
  now: Date,
): Promise<void> {
  const some = sql`seq = ANY(${sql.param([...seqs])}::bigint[])`;
  await records.transaction((tx) =>
    moveRows(tx, batchId, workspaceId, some, { state: 'claimed', failures: 1, told: [], reason }, now),
  );
}

/** Gives some rows of a batch one of their own that is set aside; it keeps the token, under which their facts came in. */
async function moveRows(
  tx: Db,
  batchId: number,
  workspaceId: string,
  which: ReturnType<typeof sql>,
  as: Failed & { readonly state: Batch['state'] },
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await tx.execute(sql`
    WITH own AS (
      SELECT seq, rows, received_at FROM journal
      WHERE batch_id = ${batchId} AND workspace_id = ${workspaceId} AND ${which}
    ), aside AS (
      INSERT INTO journal_batches (token, state, drain_id, rows, first_seq, last_seq, first_received_at, last_received_at,
        due_at, failures, told, workspace_id, set_aside_at, reason)
      SELECT b.token, ${as.state}, b.drain_id, sum(own.rows), min(own.seq), max(own.seq), min(own.received_at), max(own.received_at),
        ${at}::timestamptz, ${as.failures}, ${sql.param([...as.told])}::text[], ${workspaceId}, ${at}::timestamptz, ${as.reason}
      FROM own, journal_batches b WHERE b.id = ${batchId} GROUP BY b.id
      RETURNING id
    )
    UPDATE journal SET batch_id = aside.id FROM aside, own WHERE journal.seq = own.seq`);
}

const asideRow = z.object({
  id: z.number(),
  state: z.enum(['claimed', 'inserted']),
  rows: z.number(),
  failures: z.number(),
  told: z.array(z.string()),
  reason: z.string(),
  setAsideAt: z.date(),
  firstReceivedAt: z.date(),
});
export type AsideRow = z.infer<typeof asideRow>;

/** What was set aside, newest first; `beforeId` is where the last page ended. */
export async function selectAside(
  db: Db,
  workspaceId: string,
  limit: number,
  beforeId: number | undefined,
): Promise<AsideRow[]> {
  const { id, state, rows, failures, told, reason, setAsideAt, firstReceivedAt } = journalBatches;
  const mine = and(eq(journalBatches.workspaceId, workspaceId), isNotNull(setAsideAt), sql`${state} <> 'done'`);
  const found = await db
    .select({ id, state, rows, failures, told, reason, setAsideAt, firstReceivedAt })
    .from(journalBatches)
    .where(beforeId === undefined ? mine : and(mine, lt(id, beforeId)))
    .orderBy(desc(id))
    .limit(limit);
  return z.array(asideRow).parse(found);
}

/**
 * Lets a batch that was set aside be tried again: its open steps, or, where nothing of it could be read, all of it, as
 * if it came now. False where the workspace has no such batch.
 */
export async function retryAside(records: Records, workspaceId: string, batchId: number, now: Date): Promise<boolean> {
  const own = and(
    eq(journalBatches.id, batchId),
    eq(journalBatches.workspaceId, workspaceId),
    isNotNull(journalBatches.setAsideAt),
  );
  return records.transaction(async (tx) => {
    const again = await tx
      .update(journalBatches)
      .set({ setAsideAt: null, failures: 0, dueAt: now })
      .where(and(own, eq(journalBatches.state, 'inserted')))
      .returning({ id: journalBatches.id });
    if (again.length > 0) return true;
    const unread = await tx
      .delete(journalBatches)
      .where(and(own, eq(journalBatches.state, 'claimed')))
      .returning({ id: journalBatches.id });
    if (unread.length > 0) await tx.update(journal).set({ batchId: null }).where(eq(journal.batchId, batchId));
    return unread.length > 0;
  });
}
