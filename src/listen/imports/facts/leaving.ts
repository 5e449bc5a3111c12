import { z } from 'zod';
import { toFactsTime } from '@touchstone/domain/calendar';
import { deleteFacts } from '../../../platform/stores/deleting.ts';
import { idLists } from '../../../platform/stores/id-lists.ts';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import type { Loading } from '../facts.ts';

/** Rows whose content leaves: of these imports, of all kinds or some. */
export interface RowsLeaving {
  readonly workspaceId: string;
  readonly importIds: readonly string[];
  readonly kinds?: readonly string[];
  /** Only those that tell of a time before a moment; where they tell none, those of imports that were made before it. */
  readonly told?: { readonly before: Date; readonly loadedBefore: readonly string[] };
}

const AT = `JSONExtractString(body, 'fields', 'at')`;

/** Conditions with their parameters, each with as many imports as a statement takes. */
function* portions(leaving: RowsLeaving): Generator<{ readonly where: string; readonly params: FactsParams }> {
  const { workspaceId, kinds, told } = leaving;
  const own = `workspace = {workspace:String} AND import_id IN {ids:Array(String)} AND notEmpty(body)`;
  const where = kinds === undefined ? own : `${own} AND kind IN {kinds:Array(String)}`;
  const params = { workspace: workspaceId, ...(kinds === undefined ? {} : { kinds }) };
  if (told === undefined) {
    for (const ids of idLists(leaving.importIds)) yield { where, params: { ...params, ids } };
    return;
  }
  const before = toFactsTime(told.before.getTime());
  for (const ids of idLists(leaving.importIds)) {
    yield { where: `${where} AND ${AT} != '' AND ${AT} < {before:String}`, params: { ...params, ids, before } };
  }
  const made = new Set(told.loadedBefore);
  for (const ids of idLists(leaving.importIds.filter((id) => made.has(id)))) {
    yield { where: `${where} AND ${AT} = ''`, params: { ...params, ids } };
  }
}

const foundRow = z.object({ import_id: z.string(), n: z.coerce.number() });

/** Which imports have such rows and how many; at most so many of them. */
export async function selectRowsLeaving(
  facts: Facts,
  leaving: RowsLeaving,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly importId: string; readonly rows: number }[]> {
  const found = new Map<string, number>();
  for (const { where, params } of portions(leaving)) {
    const rows = await facts.query(
      foundRow,
      `SELECT import_id, count() AS n FROM import_rows WHERE ${where} GROUP BY import_id ORDER BY import_id`,
      params,
    );
    for (const row of rows) found.set(row.import_id, (found.get(row.import_id) ?? 0) + row.n);
  }
  return [...found].slice(0, most).map(([importId, rows]) => ({ importId, rows }));
}

/** Takes the content out of such rows; their keys, hashes and versions stay. */
export async function emptyRows(facts: Facts, leaving: RowsLeaving): Promise<void> {
  for (const { where, params } of portions(leaving)) {
    await facts.command(`ALTER TABLE import_rows UPDATE body = '' WHERE ${where}`, params, {
      settings: { mutations_sync: 2 },
    });
  }
}

export async function deleteErrors(facts: Facts, workspaceId: string, importIds: readonly string[]): Promise<void> {
  for (const ids of idLists(importIds)) {
    const where = 'workspace = {workspace:String} AND import_id IN {ids:Array(String)}';
    await deleteFacts(facts, 'import_errors', where, { workspace: workspaceId, ids });
  }
}

const countRow = z.object({ n: z.coerce.number() });

/** Whether any version of the rows an import brought has lost its content: what was there before it cannot be put again. */
export async function hasRowsLeft(facts: Facts, { workspaceId, importId, kind }: Loading): Promise<boolean> {
  const own = 'workspace = {workspace:String} AND kind = {kind:String}';
  const [row] = await facts.query(
    countRow,
    `SELECT count() AS n FROM (
       SELECT 1 FROM import_rows WHERE ${own} AND empty(body)
         AND key IN (SELECT key FROM import_rows WHERE ${own} AND import_id = {importId:String}) LIMIT 1)`,
    { workspace: workspaceId, kind, importId },
  );
  return (row?.n ?? 0) > 0;
}
