import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../platform/stores/ports.ts';
import type { RefusedMessage } from '../committer.ts';
import { cleanText } from '../measure.ts';
import { journalRejected, journalRejectedTallies } from '../tables.ts';
import { REJECTED_CAP } from '../vocabulary.ts';

/** A refused message and whose it is. */
export interface NewRejected extends Omit<RefusedMessage, 'taken'> {
  readonly workspaceId: string;
}

/** Room is made for some at once, so that it is seldom made. */
const LEFT_SHARE = 0.9;

const tally = z.object({ workspace_id: z.string(), rows: z.coerce.number(), bytes: z.coerce.number() });

/**
 * Lists refused messages, any number of them; the oldest of a workspace that has too many are let go and counted. Wants a
 * transaction: what is counted is what stands there.
 */
export async function insertRejected(
  tx: Db,
  rows: readonly NewRejected[],
  receivedAt: Date,
  cap: typeof REJECTED_CAP = REJECTED_CAP,
): Promise<void> {
  const clean = rows.map((r) => ({
    ...r,
    messageId: cleanText(r.messageId),
    reason: cleanText(r.reason),
    body: cleanText(r.body),
  }));
  const list = (of: (row: NewRejected) => string) => sql`${sql.param(clean.map(of))}::text[]`;
  // As lists, since a statement has room for 65,535 parameters.
  await tx.execute(sql`
    INSERT INTO journal_rejected (workspace_id, received_at, message_id, field, reason, body)
    SELECT workspace_id, ${receivedAt.toISOString()}::timestamptz, message_id, field, reason, body
    FROM unnest(${list((r) => r.workspaceId)}, ${list((r) => r.messageId)}, ${list((r) => r.field)}, ${list((r) => r.reason)},
      ${list((r) => r.body)}) WITH ORDINALITY AS r(workspace_id, message_id, field, reason, body, place)
    ORDER BY place`);
  // In the order of workspaces, so that two of these at once wait for each other in one order.
  const ids = [...new Set(clean.map((r) => r.workspaceId))].sort();
  const own = ids.map((id) => clean.filter((r) => r.workspaceId === id));
  const counts = own.map((those) => those.length);
  const bytes = own.map((those) => those.reduce((sum, row) => sum + bytesOf(row), 0));
  const answer = await tx.execute(sql`
    INSERT INTO journal_rejected_tallies AS t (workspace_id, rows, bytes)
    SELECT * FROM unnest(${sql.param(ids)}::text[], ${sql.param(counts)}::int[], ${sql.param(bytes)}::bigint[])
    ON CONFLICT (workspace_id) DO UPDATE SET rows = t.rows + excluded.rows, bytes = t.bytes + excluded.bytes
    RETURNING workspace_id, rows, bytes`);
  for (const { workspace_id, ...kept } of z.array(tally).parse(answer.rows)) {
    if (kept.rows > cap.rows || kept.bytes > cap.bytes) await letGo(tx, workspace_id, receivedAt, cap);
  }
}

function bytesOf({ messageId, field, reason, body }: NewRejected): number {
  return Buffer.byteLength(messageId) + Buffer.byteLength(field) + Buffer.byteLength(reason) + Buffer.byteLength(body);
}

const BYTES = sql`(octet_length(message_id) + octet_length(field) + octet_length(reason) + octet_length(body))`;

/** Lets the oldest go until there is room again. Whoever adds others waits for us at the tally, so the count is true. */
async function letGo(tx: Db, workspaceId: string, now: Date, cap: typeof REJECTED_CAP): Promise<void> {
  await tx.execute(sql`
    WITH ranked AS (
      SELECT id, ${BYTES} AS bytes, row_number() OVER newest AS place, sum(${BYTES}) OVER newest AS upto
      FROM journal_rejected WHERE workspace_id = ${workspaceId} WINDOW newest AS (ORDER BY id DESC)
    ), kept AS (
      SELECT * FROM ranked WHERE place <= ${Math.floor(cap.rows * LEFT_SHARE)} AND upto <= ${Math.floor(cap.bytes * LEFT_SHARE)}
    ), gone AS (
      DELETE FROM journal_rejected WHERE id IN (SELECT id FROM ranked EXCEPT SELECT id FROM kept) RETURNING 1
    )
    UPDATE journal_rejected_tallies SET
      rows = (SELECT count(*) FROM kept), bytes = (SELECT coalesce(sum(bytes), 0) FROM kept),
      let_go = let_go + (SELECT count(*) FROM gone), let_go_at = ${now.toISOString()}::timestamptz
    WHERE workspace_id = ${workspaceId}`);
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

/** How many refused messages stand there, and how many were let go for newer ones. */
export async function countRejected(db: Db, workspaceId: string): Promise<{ rows: number; letGo: number }> {
  const [standing] = await db
    .select({ rows: sql<number>`count(*)::int` })
    .from(journalRejected)
    .where(eq(journalRejected.workspaceId, workspaceId));
  const [tallied] = await db
    .select({ letGo: journalRejectedTallies.letGo })
    .from(journalRejectedTallies)
    .where(eq(journalRejectedTallies.workspaceId, workspaceId));
  return { rows: standing?.rows ?? 0, letGo: tallied?.letGo ?? 0 };
}

const leavingRow = z.object({ rows: z.coerce.number(), oldest: z.coerce.date().nullable() });

/** How many of a workspace's refused messages are from before a moment, and when the oldest came. */
export async function countRejectedBefore(
  db: Db,
  workspaceId: string,
  before: Date,
): Promise<z.infer<typeof leavingRow>> {
  const { rows } = await db.execute(sql`
    SELECT count(*) AS rows, min(received_at) AS oldest FROM journal_rejected
    WHERE workspace_id = ${workspaceId} AND received_at < ${before.toISOString()}::timestamptz`);
  return leavingRow.parse(rows[0]);
}

/** Forgets a workspace's refused messages from before a moment; how many. The tally first, as whoever adds takes it. */
export async function deleteRejectedBefore(tx: Db, workspaceId: string, before: Date): Promise<number> {
  const { rows } = await countRejectedBefore(tx, workspaceId, before);
  if (rows === 0) return 0;
  await tx.execute(sql`SELECT 1 FROM journal_rejected_tallies WHERE workspace_id = ${workspaceId} FOR UPDATE`);
  await tx.execute(sql`
    WITH gone AS (
      DELETE FROM journal_rejected WHERE workspace_id = ${workspaceId} AND received_at < ${before.toISOString()}::timestamptz
      RETURNING ${BYTES} AS bytes
    )
    UPDATE journal_rejected_tallies SET
      rows = greatest(0, rows - (SELECT count(*) FROM gone)), bytes = greatest(0, bytes - (SELECT coalesce(sum(bytes), 0) FROM gone))
    WHERE workspace_id = ${workspaceId}`);
  return rows;
}
