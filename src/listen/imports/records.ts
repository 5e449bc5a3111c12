import { and, desc, eq, inArray, lt, notInArray, sql } from 'drizzle-orm';
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
  createdBy: z.string(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
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

/** Uploads from before a moment that no import waits for or reads. */
export async function selectIdleUploads(db: Db, before: Date): Promise<string[]> {
  const needed = db
    .select({ id: imports.uploadId })
    .from(imports)
    .where(inArray(imports.state, ['queued', 'running']));
  const rows = await db
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(lt(uploads.createdAt, before), notInArray(uploads.id, needed)))
    .limit(1000);
  return rows.map((r) => r.id);
}

export async function deleteUpload(db: Db, id: string): Promise<void> {
  await db.delete(uploads).where(eq(uploads.id, id));
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

/** For a job, which knows no workspace but the import's own. */
export async function selectAnyImport(db: Db, id: string): Promise<ImportRow | null> {
  const rows = await db.select().from(imports).where(eq(imports.id, id));
  return rows[0] === undefined ? null : importRow.parse(rows[0]);
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
