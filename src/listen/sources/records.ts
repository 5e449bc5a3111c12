import { and, asc, count, eq, isNotNull, lte } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../platform/stores/ports.ts';
import { importKind, mappingShape } from '../imports/vocabulary.ts';
import { importSources } from './tables.ts';
import { runState, seenFiles } from './vocabulary.ts';

const sourceRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  name: z.string(),
  place: z.enum(['folder', 'url']),
  shown: z.string(),
  sealed: z.string().nullable(),
  part: z.string().nullable(),
  kind: importKind,
  mapping: mappingShape.nullable(),
  everyHours: z.number().nullable(),
  cron: z.string().nullable(),
  paused: z.boolean(),
  nextRunAt: z.date(),
  lastRunAt: z.date().nullable(),
  lastState: runState.nullable(),
  lastProblem: z.string().nullable(),
  lastImportId: z.string().nullable(),
  seen: seenFiles,
  createdAt: z.date(),
});
export type SourceRow = z.infer<typeof sourceRow>;

export async function insertSource(db: Db, row: typeof importSources.$inferInsert): Promise<void> {
  await db.insert(importSources).values(row);
}

export async function selectSources(db: Db, workspaceId: string): Promise<SourceRow[]> {
  const rows = await db
    .select()
    .from(importSources)
    .where(eq(importSources.workspaceId, workspaceId))
    .orderBy(asc(importSources.id));
  return z.array(sourceRow).parse(rows);
}

export async function countSources(db: Db, workspaceId: string): Promise<number> {
  const rows = await db.select({ n: count() }).from(importSources).where(eq(importSources.workspaceId, workspaceId));
  return rows[0]?.n ?? 0;
}

/** For a job, which knows no workspace but the source's own. */
export async function selectAnySource(db: Db, id: string): Promise<SourceRow | null> {
  const rows = await db.select().from(importSources).where(eq(importSources.id, id));
  return rows[0] === undefined ? null : sourceRow.parse(rows[0]);
}

export async function selectDueSources(
  db: Db,
  now: Date,
): Promise<{ readonly sourceId: string; readonly workspaceId: string }[]> {
  return db
    .select({ sourceId: importSources.id, workspaceId: importSources.workspaceId })
    .from(importSources)
    .where(and(eq(importSources.paused, false), lte(importSources.nextRunAt, now)))
    .orderBy(asc(importSources.nextRunAt))
    .limit(1_000);
}

export async function selectSealed(
  db: Db,
): Promise<{ readonly id: string; readonly workspaceId: string; readonly sealed: string }[]> {
  const rows = await db
    .select({ id: importSources.id, workspaceId: importSources.workspaceId, sealed: importSources.sealed })
    .from(importSources)
    .where(isNotNull(importSources.sealed));
  return rows.flatMap(({ sealed, ...row }) => (sealed === null ? [] : [{ ...row, sealed }]));
}

/** Null where the workspace has no such source. */
export async function updateSource(
  db: Db,
  workspaceId: string,
  id: string,
  change: Partial<typeof importSources.$inferInsert>,
): Promise<SourceRow | null> {
  const rows = await db
    .update(importSources)
    .set(change)
    .where(and(eq(importSources.workspaceId, workspaceId), eq(importSources.id, id)))
    .returning();
  return rows[0] === undefined ? null : sourceRow.parse(rows[0]);
}

export async function deleteSource(db: Db, workspaceId: string, id: string): Promise<boolean> {
  const rows = await db
    .delete(importSources)
    .where(and(eq(importSources.workspaceId, workspaceId), eq(importSources.id, id)))
    .returning({ id: importSources.id });
  return rows.length > 0;
}
