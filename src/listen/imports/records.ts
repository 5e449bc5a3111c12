import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, lt, min, notInArray, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../platform/stores/ports.ts';
import { importMappings, imports, uploads } from './tables.ts';
import {
  counts,
  type Counts,
  formatShape,
  importKind,
  importState,
  type ImportState,
  mappingShape,
  type MappingShape,
  originShape,
} from './vocabulary.ts';

const importRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  uploadId: z.string(),
  kind: importKind,
  fileName: z.string(),
  state: importState,
  problem: z.string().nullable(),
  mapping: mappingShape,
  format: formatShape,
  seq: z.number().nullable(),
  chunk: z.number(),
  offset: z.number(),
  line: z.number(),
  counts,
  bytes: z.number(),
  bytesRead: z.number(),
  tries: z.number(),
  tryFromBytes: z.number(),
  tryStartedAt: z.date().nullable(),
  cutOff: z.boolean(),
  createdBy: z.string(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  rowsLeftAt: z.date().nullable(),
});
export type ImportRow = z.infer<typeof importRow>;
const uploadRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  fileName: z.string(),
  bytes: z.number(),
  origin: originShape.nullable(),
  createdAt: z.date(),
});
export type UploadRow = z.infer<typeof uploadRow>;

export async function insertUpload(db: Db, row: UploadRow): Promise<void> {
  await db.insert(uploads).values(row);
}

export async function selectUpload(db: Db, workspaceId: string, id: string): Promise<UploadRow | null> {
  const rows = await db
    .select()
    .from(uploads)
    .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id)));
  return rows[0] === undefined ? null : uploadRow.parse(rows[0]);
}

/** Whether anybody ever sent a file that is there still, or imported one. */
export async function hasFiles(db: Db, workspaceId: string): Promise<boolean> {
  const sent = await db.select({ id: uploads.id }).from(uploads).where(eq(uploads.workspaceId, workspaceId)).limit(1);
  if (sent.length > 0) return true;
  const rows = await db.select({ id: imports.id }).from(imports).where(eq(imports.workspaceId, workspaceId)).limit(1);
  return rows.length > 0;
}

/** Of uploads those that are there; of any workspace where none is named. */
export async function selectKept(
  db: Db,
  workspaceId: string | null,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const own = workspaceId === null ? undefined : eq(uploads.workspaceId, workspaceId);
  const rows = await db
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(own, inArray(uploads.id, [...ids])));
  return new Set(rows.map(({ id }) => id));
}

const needed = (db: Db) =>
  db
    .select({ id: imports.uploadId })
    .from(imports)
    .where(inArray(imports.state, ['ready', 'queued', 'running']));
const idle = (db: Db, workspaceId: string, before: Date) =>
  and(eq(uploads.workspaceId, workspaceId), lt(uploads.createdAt, before), notInArray(uploads.id, needed(db)));

/** How many uploads from before a moment no import has yet to read or reads, and when the oldest was sent. */
export async function countIdleUploads(
  db: Db,
  workspaceId: string,
  before: Date,
): Promise<{ readonly rows: number; readonly oldest: Date | null }> {
  const [row] = await db
    .select({ rows: count(), oldest: min(uploads.createdAt) })
    .from(uploads)
    .where(idle(db, workspaceId, before));
  return row ?? { rows: 0, oldest: null };
}

/** Some of them. */
export async function selectIdleUploads(db: Db, workspaceId: string, before: Date, most: number): Promise<string[]> {
  const rows = await db
    .select({ id: uploads.id })
    .from(uploads)
    .where(idle(db, workspaceId, before))
    .orderBy(asc(uploads.createdAt), asc(uploads.id))
    .limit(most);
  return rows.map((r) => r.id);
}

const ENDED = ['done', 'cancelled', 'failed', 'undone'] as const;

/** Imports of a workspace that have ended, before a moment where one is given; those whose rows have left too. */
export async function selectEnded(
  db: Db,
  workspaceId: string,
  before?: Date,
): Promise<Pick<ImportRow, 'id' | 'createdAt' | 'rowsLeftAt'>[]> {
  return db
    .select({ id: imports.id, createdAt: imports.createdAt, rowsLeftAt: imports.rowsLeftAt })
    .from(imports)
    .where(
      and(
        eq(imports.workspaceId, workspaceId),
        inArray(imports.state, [...ENDED]),
        before === undefined ? undefined : lt(imports.finishedAt, before),
      ),
    )
    .orderBy(asc(imports.id));
}

/** Says of imports that rows of theirs have left. */
export async function markRowsLeft(db: Db, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(imports)
    .set({ rowsLeftAt: at })
    .where(and(inArray(imports.id, [...ids]), isNull(imports.rowsLeftAt)));
}

export async function deleteUpload(db: Db, id: string): Promise<void> {
  await db.delete(uploads).where(eq(uploads.id, id));
}

/** Deletes one that is idle still; whether it was. Whoever asks for it meanwhile waits for the transaction. */
export async function deleteIdleUpload(tx: Db, workspaceId: string, before: Date, id: string): Promise<boolean> {
  const rows = await tx
    .delete(uploads)
    .where(and(eq(uploads.id, id), idle(tx, workspaceId, before)))
    .returning({ id: uploads.id });
  return rows.length > 0;
}

export async function insertImport(db: Db, row: typeof imports.$inferInsert): Promise<void> {
  await db.insert(imports).values(row);
}

export async function selectImport(db: Db, workspaceId: string, id: string): Promise<ImportRow | null> {
  const rows = await db
    .select()
    .from(imports)
    .where(and(eq(imports.workspaceId, workspaceId), eq(imports.id, id)));
  return rows[0] === undefined ? null : importRow.parse(rows[0]);
}

/** How imports of a workspace stand; those that are gone are left out. */
export async function selectStates(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly state: ImportState }[]> {
  const rows = await db
    .select({ id: imports.id, state: imports.state })
    .from(imports)
    .where(and(eq(imports.workspaceId, workspaceId), inArray(imports.id, [...ids])));
  return rows.map(({ id, state }) => ({ id, state: importState.parse(state) }));
}

/** For a job, which knows no workspace but the import's own. */
export async function selectAnyImport(db: Db, id: string): Promise<ImportRow | null> {
  const rows = await db.select().from(imports).where(eq(imports.id, id));
  return rows[0] === undefined ? null : importRow.parse(rows[0]);
}

/** Imports of a kind that were stopped after they had begun and may stand half, of these or said to be, the oldest first. */
export async function selectStopped(
  db: Db,
  { workspaceId, kind }: Pick<ImportRow, 'workspaceId' | 'kind'>,
  ids: readonly string[],
): Promise<ImportRow[]> {
  const rows = await db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.workspaceId, workspaceId),
        eq(imports.kind, kind),
        inArray(imports.state, ['cancelled', 'failed']),
        isNotNull(imports.startedAt),
        or(imports.cutOff, inArray(imports.id, [...ids])),
      ),
    )
    .orderBy(asc(imports.id));
  return z.array(importRow).parse(rows);
}

/** Newest first; ids rise with time. */
export async function selectImports(
  db: Db,
  workspaceId: string,
  page: { readonly before?: string | undefined; readonly limit: number },
): Promise<ImportRow[]> {
  const older = page.before === undefined ? undefined : lt(imports.id, page.before);
  const rows = await db
    .select()
    .from(imports)
    .where(and(eq(imports.workspaceId, workspaceId), older))
    .orderBy(desc(imports.id))
    .limit(page.limit);
  return z.array(importRow).parse(rows);
}

const LATELY = 25;

/** Imports that go on, and those that were done or failed since a moment; newest first, some of them. */
export async function selectLately(db: Db, workspaceId: string, since: Date): Promise<ImportRow[]> {
  const rows = await db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.workspaceId, workspaceId),
        or(
          inArray(imports.state, ['queued', 'running', 'undoing']),
          and(inArray(imports.state, ['done', 'failed']), gte(imports.finishedAt, since)),
        ),
      ),
    )
    .orderBy(desc(imports.id))
    .limit(LATELY);
  return z.array(importRow).parse(rows);
}

/** Changes an import that is in one of these states; null when it is in none of them any more. */
export async function moveImport(
  db: Db,
  id: string,
  from: readonly ImportState[],
  change: Partial<typeof imports.$inferInsert>,
): Promise<ImportRow | null> {
  const rows = await db
    .update(imports)
    .set(change)
    .where(and(eq(imports.id, id), inArray(imports.state, [...from])))
    .returning();
  return rows[0] === undefined ? null : importRow.parse(rows[0]);
}

/** The next place in the order of imports. */
export async function nextSeq(db: Db): Promise<number> {
  const found = await db.execute(sql`SELECT nextval('import_seq')::int AS seq`);
  return z.object({ seq: z.number() }).parse(found.rows[0]).seq;
}

export interface Progress {
  readonly chunk: number;
  readonly offset: number;
  readonly line: number;
  readonly counts: Counts;
  readonly bytesRead: number;
}

/** A chunk is in. Returns the state, which may have been changed meanwhile. */
export async function saveProgress(db: Db, id: string, progress: Progress): Promise<ImportState> {
  const rows = await db
    .update(imports)
    .set({ ...progress, tries: 0 })
    .where(eq(imports.id, id))
    .returning({ state: imports.state });
  return importState.parse(rows[0]?.state);
}

export async function selectMapping(
  db: Db,
  workspaceId: string,
  kind: string,
  fingerprint: string,
): Promise<MappingShape | null> {
  const rows = await db
    .select({ mapping: importMappings.mapping })
    .from(importMappings)
    .where(
      and(
        eq(importMappings.workspaceId, workspaceId),
        eq(importMappings.kind, kind),
        eq(importMappings.fingerprint, fingerprint),
      ),
    );
  return rows[0] === undefined ? null : mappingShape.parse(rows[0].mapping);
}

export async function saveMapping(db: Db, row: typeof importMappings.$inferInsert): Promise<void> {
  await db
    .insert(importMappings)
    .values(row)
    .onConflictDoUpdate({
      target: [importMappings.workspaceId, importMappings.kind, importMappings.fingerprint],
      set: { mapping: row.mapping, updatedAt: row.updatedAt },
    });
}

/** One process at a time loads into a workspace: held until the transaction ends, freed when its process dies. */
export async function tryWorkspaceLock(tx: Db, workspaceId: string): Promise<boolean> {
  const found = await tx.execute(
    sql`SELECT pg_try_advisory_xact_lock(hashtext('imports'), hashtext(${workspaceId})) AS held`,
  );
  return z.object({ held: z.boolean() }).parse(found.rows[0]).held;
}
