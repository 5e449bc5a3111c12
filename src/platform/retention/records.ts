import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../stores/ports.ts';
import { retentionRuns } from './tables.ts';
import type { RetentionKind, RunState } from './vocabulary.ts';

export type RunRow = typeof retentionRuns.$inferSelect;

const of = (workspaceId: string, kind: RetentionKind) =>
  and(eq(retentionRuns.workspaceId, workspaceId), eq(retentionRuns.kind, kind));

export async function selectRuns(db: Db, workspaceId: string): Promise<RunRow[]> {
  return db.select().from(retentionRuns).where(eq(retentionRuns.workspaceId, workspaceId));
}

/** The latest run of a kind; where there was none, the note that it is known from now on. */
export async function meetRun(
  db: Db,
  workspaceId: string,
  kind: RetentionKind,
  now: Date,
): Promise<RunRow | undefined> {
  await db.insert(retentionRuns).values({ workspaceId, kind, state: 'waiting', knownAt: now }).onConflictDoNothing();
  const [row] = await db.select().from(retentionRuns).where(of(workspaceId, kind));
  return row;
}

/**
 * Says first what is about to leave: figures tell of it from then on. A run that was cut off goes on counting: what it was to
 * remove and is not there any more, it removed, even where it was cut off before it had said so.
 */
export async function beginRun(
  db: Db,
  workspaceId: string,
  kind: RetentionKind,
  begun: { readonly border: Date; readonly leaving: number; readonly now: Date },
): Promise<void> {
  const { border, leaving, now } = begun;
  const moment = sql`${border.toISOString()}::timestamptz`;
  const gone = sql`CASE WHEN ${retentionRuns.border} <= ${moment} THEN ${retentionRuns.total} - ${leaving}::bigint ELSE 0 END`;
  const removed = sql`CASE WHEN ${retentionRuns.state} IN ('running', 'failed') THEN greatest(${retentionRuns.removed}, ${gone}) ELSE 0 END`;
  await db
    .update(retentionRuns)
    .set({
      state: 'running',
      border: sql`greatest(${retentionRuns.border}, ${moment})`,
      removed,
      total: sql`${removed} + ${leaving}::bigint`,
      startedAt: now,
      finishedAt: null,
    })
    .where(of(workspaceId, kind));
}

export async function addRemoved(db: Db, workspaceId: string, kind: RetentionKind, rows: number): Promise<void> {
  await db
    .update(retentionRuns)
    .set({ removed: sql`${retentionRuns.removed} + ${rows}` })
    .where(of(workspaceId, kind));
}

/** Answers how many it removed, with the tries before that were cut off. */
export async function endRun(
  db: Db,
  workspaceId: string,
  kind: RetentionKind,
  state: Extract<RunState, 'done' | 'failed'>,
  now: Date,
): Promise<number> {
  const [row] = await db
    .update(retentionRuns)
    .set({ state, finishedAt: now })
    .where(of(workspaceId, kind))
    .returning({ removed: retentionRuns.removed });
  return row?.removed ?? 0;
}

/** The moment before which things of a kind have left; null where nothing has. */
export async function selectBorder(db: Db, workspaceId: string, kind: RetentionKind): Promise<Date | null> {
  const [row] = await db.select({ border: retentionRuns.border }).from(retentionRuns).where(of(workspaceId, kind));
  return row?.border ?? null;
}
