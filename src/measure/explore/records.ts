import { and, desc, eq, ilike, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../platform/stores/ports.ts';
import { viewState } from './contract.ts';
import { savedViews } from './tables.ts';

const viewRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  name: z.string(),
  state: viewState,
  moving: z.boolean(),
  shared: z.boolean(),
  makerId: z.string(),
  savedAt: z.date(),
});
export type ViewRow = z.infer<typeof viewRow>;

/** Whose views are read: those of the workspace that are shared or the reader's own. */
interface Reading {
  readonly workspaceId: string;
  readonly readerId: string;
}

const seenBy = ({ workspaceId, readerId }: Reading) =>
  and(eq(savedViews.workspaceId, workspaceId), or(eq(savedViews.shared, true), eq(savedViews.makerId, readerId)));

/** The newest first: ids are made in the order of time. */
export async function selectViews(
  db: Db,
  reading: Reading,
  { search, before, limit }: { readonly search: string; readonly before: string | undefined; readonly limit: number },
): Promise<ViewRow[]> {
  const words = search.trim().replaceAll(/[\\%_]/g, (mark) => `\\${mark}`);
  const rows = await db
    .select()
    .from(savedViews)
    .where(
      and(
        seenBy(reading),
        words === '' ? undefined : ilike(savedViews.name, `%${words}%`),
        before === undefined ? undefined : lt(savedViews.id, before),
      ),
    )
    .orderBy(desc(savedViews.id))
    .limit(limit);
  return z.array(viewRow).parse(rows);
}

export async function selectView(db: Db, reading: Reading, id: string): Promise<ViewRow | null> {
  const [row] = await db
    .select()
    .from(savedViews)
    .where(and(seenBy(reading), eq(savedViews.id, id)));
  return row === undefined ? null : viewRow.parse(row);
}

/** Views of a workspace are made one after the other, so that none exceeds their number. */
export async function lockViews(tx: Db, workspaceId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`saved views ${workspaceId}`}, 0))`);
}

/** How many the maker has, and how many the workspace shares: those that others keep to themselves take nobody's room. */
export async function countViews(
  db: Db,
  { workspaceId, readerId }: Reading,
): Promise<{ readonly shared: number; readonly maker: number }> {
  const [row] = await db
    .select({
      shared: sql<number>`count(*) FILTER (WHERE ${savedViews.shared})::int`,
      maker: sql<number>`count(*) FILTER (WHERE ${savedViews.makerId} = ${readerId})::int`,
    })
    .from(savedViews)
    .where(eq(savedViews.workspaceId, workspaceId));
  return { shared: row?.shared ?? 0, maker: row?.maker ?? 0 };
}

export async function insertView(db: Db, row: ViewRow): Promise<void> {
  await db.insert(savedViews).values(row);
}

export async function updateView(
  db: Db,
  { workspaceId, id }: Pick<ViewRow, 'workspaceId' | 'id'>,
  change: Partial<Pick<ViewRow, 'name' | 'state' | 'moving' | 'shared' | 'savedAt'>>,
): Promise<void> {
  await db
    .update(savedViews)
    .set(change)
    .where(and(eq(savedViews.workspaceId, workspaceId), eq(savedViews.id, id)));
}

export async function deleteView(db: Db, { workspaceId, id }: Pick<ViewRow, 'workspaceId' | 'id'>): Promise<void> {
  await db.delete(savedViews).where(and(eq(savedViews.workspaceId, workspaceId), eq(savedViews.id, id)));
}

/** Whether anybody saved one. */
export async function hasViews(db: Db, workspaceId: string): Promise<boolean> {
  const rows = await db
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(eq(savedViews.workspaceId, workspaceId))
    .limit(1);
  return rows.length > 0;
}
