import { and, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../platform/stores/ports.ts';
import { type CatalogueBody, catalogueBody } from './contract.ts';
import { catalogueRuns, catalogues } from './tables.ts';
import { RUN_STATES } from './vocabulary.ts';

const stored = z.object({
  version: z.number(),
  rulesVersion: z.number(),
  body: catalogueBody,
  savedAt: z.date(),
});
export type StoredCatalogue = z.infer<typeof stored>;

export async function selectCatalogue(db: Db, workspaceId: string): Promise<StoredCatalogue | undefined> {
  const rows = await db.select().from(catalogues).where(eq(catalogues.workspaceId, workspaceId));
  return z.array(stored).parse(rows)[0];
}

/** Which catalogue holds now; undefined before there is any. */
export async function selectCatalogueVersion(db: Db, workspaceId: string): Promise<number | undefined> {
  const rows = await db
    .select({ version: catalogues.version })
    .from(catalogues)
    .where(eq(catalogues.workspaceId, workspaceId));
  return rows[0]?.version;
}

/** Workspaces that have a catalogue. */
export async function selectWorkspaces(db: Db): Promise<string[]> {
  const rows = await db.select({ id: catalogues.workspaceId }).from(catalogues).orderBy(catalogues.workspaceId);
  return rows.map((r) => r.id);
}

/** Lays the first catalogue where there is none. */
export async function insertCatalogue(db: Db, workspaceId: string, body: CatalogueBody, at: Date): Promise<void> {
  await db
    .insert(catalogues)
    .values({ workspaceId, version: 1, rulesVersion: 1, body, savedAt: at, savedBy: 'touchstone' })
    .onConflictDoNothing();
}

/** Saves over a version. False when that is no longer the latest. */
export async function updateCatalogue(
  db: Db,
  workspaceId: string,
  over: number,
  next: { readonly body: CatalogueBody; readonly rulesVersion: number; readonly at: Date; readonly by: string },
): Promise<boolean> {
  const rows = await db
    .update(catalogues)
    .set({
      version: over + 1,
      rulesVersion: next.rulesVersion,
      body: next.body,
      savedAt: next.at,
      savedBy: next.by,
    })
    .where(and(eq(catalogues.workspaceId, workspaceId), eq(catalogues.version, over)))
    .returning({ version: catalogues.version });
  return rows.length > 0;
}

const storedRun = z.object({
  rulesVersion: z.number(),
  state: z.enum(RUN_STATES),
  total: z.number(),
  done: z.number(),
  changed: z.number(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type StoredRun = z.infer<typeof storedRun>;

export async function selectRun(db: Db, workspaceId: string): Promise<StoredRun | undefined> {
  const rows = await db.select().from(catalogueRuns).where(eq(catalogueRuns.workspaceId, workspaceId));
  return z.array(storedRun).parse(rows)[0];
}

/** A run begins anew, or the counts of one that goes on are kept. */
export async function beginRun(db: Db, workspaceId: string, rulesVersion: number, at: Date): Promise<void> {
  const fresh = { rulesVersion, state: 'waiting', total: 0, done: 0, changed: 0, startedAt: at, finishedAt: null };
  await db
    .insert(catalogueRuns)
    .values({ workspaceId, ...fresh })
    .onConflictDoUpdate({
      target: catalogueRuns.workspaceId,
      set: fresh,
      setWhere: ne(catalogueRuns.rulesVersion, rulesVersion),
    });
}

/** Notes how far a run is; one that was overtaken by newer rules is left alone. */
export async function updateRun(
  db: Db,
  workspaceId: string,
  rulesVersion: number,
  run: Partial<Pick<StoredRun, 'state' | 'total' | 'done' | 'finishedAt'>> & { readonly moreChanged?: number },
): Promise<void> {
  const { moreChanged, ...set } = run;
  await db
    .update(catalogueRuns)
    .set({ ...set, ...(moreChanged === undefined ? {} : { changed: sql`${catalogueRuns.changed} + ${moreChanged}` }) })
    .where(and(eq(catalogueRuns.workspaceId, workspaceId), eq(catalogueRuns.rulesVersion, rulesVersion)));
}
