import { z } from 'zod';
import { toFactsTime } from '@touchstone/domain/calendar';
import { deleteFacts } from '../../../platform/stores/deleting.ts';
import { idLists } from '../../../platform/stores/id-lists.ts';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import { ANSWER_EVENTS } from '../../../core/feedback/vocabulary.ts';
import { ORDER_EVENTS } from '../../../core/orders/vocabulary.ts';
import type { Loading } from '../facts.ts';

const quoted = (names: Readonly<Record<string, unknown>>) =>
  Object.keys(names).map((name) => `'${name}'`).join(', '); // prettier-ignore
const fieldOf = (field: string) => `JSONExtractString(body, 'fields', '${field}')`;
const IS_ANSWER = `${fieldOf('name')} IN (${quoted(ANSWER_EVENTS)})`;
const IS_OF_ORDER = `(${fieldOf('order_id')} != '' AND ${fieldOf('name')} IN (${quoted(ORDER_EVENTS)}))`;

/** Rows of events leave as the events do that they made: with answers and orders those that these are made of. */
const OF = {
  events: `kind = 'events' AND NOT ${IS_ANSWER} AND NOT ${IS_OF_ORDER}`,
  answers: `kind = 'events' AND ${IS_ANSWER}`,
  orders: `kind = 'events' AND ${IS_OF_ORDER} AND ${fieldOf('order_id')} IN {orderIds:Array(String)}`,
} as const;

/** Rows whose content leaves: of these imports, of all kinds or some. */
export interface RowsLeaving {
  readonly workspaceId: string;
  readonly importIds: readonly string[];
  readonly kinds?: readonly string[];
  /** Only of these events; those of orders of the orders named. */
  readonly of?: keyof typeof OF;
  readonly orderIds?: readonly string[];
  /** Only those that tell of a time before a moment; where they tell none, those of imports that were made before it. */
  readonly told?: { readonly before: Date; readonly loadedBefore: readonly string[] };
}

const AT = fieldOf('at');

/** Conditions with their parameters, each with as many imports as a statement takes. */
function* portions(leaving: RowsLeaving): Generator<{ readonly where: string; readonly params: FactsParams }> {
  const { workspaceId, kinds, of, orderIds, told } = leaving;
  const where = [
    `workspace = {workspace:String} AND import_id IN {ids:Array(String)} AND notEmpty(body)`,
    ...(kinds === undefined ? [] : ['kind IN {kinds:Array(String)}']),
    ...(of === undefined ? [] : [OF[of]]),
  ].join(' AND ');
  const params = {
    workspace: workspaceId,
    ...(kinds === undefined ? {} : { kinds }),
    ...(orderIds === undefined ? {} : { orderIds }),
  };
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

const orderRow = z.object({ order_id: z.string() });

/**
 * Orders that are gone with all their events, and of which old rows of events tell still: some of those that a few of the
 * imports brought, as many as a statement takes.
 */
export async function selectOrdersGone(
  facts: Facts,
  { workspaceId, importIds, before }: { workspaceId: string; importIds: readonly string[]; before: Date },
  importsAtOnce: number,
): Promise<{ readonly importIds: readonly string[]; readonly orderIds: readonly string[] }> {
  const told = `SELECT DISTINCT ${fieldOf('order_id')} AS id FROM import_rows
    WHERE workspace = {workspace:String} AND import_id IN {ids:Array(String)} AND notEmpty(body)
      AND kind = 'events' AND ${IS_OF_ORDER} AND ${AT} < {before:String}`;
  const standing = (view: string) =>
    `SELECT order_id FROM ${view} WHERE workspace = {workspace:String} AND order_id IN (${told})`;
  for (let at = 0; at < importIds.length; at += importsAtOnce) {
    const ids = importIds.slice(at, at + importsAtOnce);
    const rows = await facts.query(
      orderRow,
      `SELECT told.id AS order_id FROM (${told}) AS told
       WHERE told.id NOT IN (${standing('v_orders')}) AND told.id NOT IN (${standing('v_events')})
       ORDER BY order_id LIMIT 5000`,
      { workspace: workspaceId, ids, before: toFactsTime(before.getTime()) },
    );
    const [orderIds] = idLists(rows.map((row) => row.order_id));
    if (orderIds !== undefined) return { importIds: ids, orderIds };
  }
  return { importIds: [], orderIds: [] };
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

/**
 * Whether what an undo asks for has lost its content: rows that the import itself brought, or the version before it of any,
 * which is to be put again (`streamEarlier` reads the same). Versions further back are asked for by nobody.
 */
export async function hasRowsLeft(facts: Facts, { workspaceId, importId, kind }: Loading): Promise<boolean> {
  const all = 'FROM import_rows WHERE workspace = {workspace:String} AND kind = {kind:String}';
  const own = `${all} AND import_id = {importId:String}`;
  const [row] = await facts.query(
    countRow,
    `SELECT count() AS n FROM (
       SELECT key ${own} AND empty(body) LIMIT 1
       UNION ALL
       SELECT key ${all} AND import_id != {importId:String} AND key IN (SELECT key ${own})
       GROUP BY key
       HAVING max(version) < (SELECT max(version) ${own}) AND empty(argMax(body, version))
       LIMIT 1)`,
    { workspace: workspaceId, kind, importId },
  );
  return (row?.n ?? 0) > 0;
}
