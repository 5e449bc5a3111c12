import type { House } from '../../platform/house/house.ts';
import type { Db } from '../../platform/stores/ports.ts';
import { forgetUnit, isUnitOpen, openNames } from '../../platform/stores/units.ts';
import { hasRowsLeft } from './facts/leaving.ts';
import { wantsEarlier } from './project.ts';
import type { ImportRow } from './records.ts';

/**
 * What earlier tries may have left of the chunk at an import's cursor: nothing, as there was none; this very chunk, under
 * the same tokens; or one that another release cut otherwise, under tokens of its own.
 */
export type Left = 'nothing' | 'chunk' | 'other chunk';

/**
 * What the chunks of an import are called, as units of work and in the tokens of their inserts. An earlier release called both by
 * the import's id alone: a unit of that name is a chunk that it was cut off in.
 */
export function chunksOf(importId: string): string {
  return `load:${importId}`;
}

/** @param started the import as it was before this try */
export async function leftOf(db: Db, started: ImportRow): Promise<Left> {
  if (started.startedAt === null) return 'nothing';
  return (await isUnitOpen(db, started.id)) ? 'other chunk' : 'chunk';
}

/** Of imports those that were cut off amid a chunk which has not come to its end. */
export async function cutOffAmong(db: Db, rows: readonly ImportRow[]): Promise<ImportRow[]> {
  const open = await openNames(db);
  return rows.filter(({ id }) => open.has(chunksOf(id)) || open.has(id));
}

/** Imports that are amid a chunk or were cut off in one, of any workspace; among them names of other units. */
export async function amidChunk(db: Db): Promise<string[]> {
  return [...(await openNames(db))].map((name) => name.replace(chunksOf(''), ''));
}

/** The chunk that this import may have been cut off in is no unit any more: it came to its end, or nobody goes on with it. */
export async function forgetChunk(db: Db, importId: string): Promise<void> {
  await forgetUnit(db, chunksOf(importId));
  await forgetUnit(db, importId);
}

/** Whether an import can no longer be undone, as content has left by retention: of its rows, or of what was there before them. */
export async function isUndoLost(house: House, { id, workspaceId, kind, rowsLeftAt }: ImportRow): Promise<boolean> {
  if (rowsLeftAt !== null) return true;
  return wantsEarlier(kind) && hasRowsLeft(house.facts, { workspaceId, importId: id, kind });
}
