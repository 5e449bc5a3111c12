import { z } from 'zod';
import { idLists } from '../../platform/stores/id-lists.ts';
import { inPieces } from '../../platform/stores/pieces.ts';
import type { Facts, FactsParams } from '../../platform/stores/ports.ts';

const WAITED = { lightweight_deletes_sync: 2 };
/** Of lines that come piece by piece one thread reads as many as they bring. */
const ONE_READER = { input_format_parallel_parsing: 0 };

/** Appends rows under their columns' names; the same token inserts once. */
export async function insertFeedback(facts: Facts, rows: readonly object[], token: string): Promise<void> {
  if (rows.length > 0)
    await facts.insert('feedback', inPieces(rows), { token: `feedback:${token}`, settings: ONE_READER });
}

const orderIdentity = z.object({ order_id: z.string(), identity_no: z.number() });

/** Whose these orders are; orders of nobody are left out. */
export async function identitiesOfOrders(
  facts: Facts,
  workspaceId: string,
  orderIds: readonly string[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const ids of idLists(orderIds)) {
    const rows = await facts.query(
      orderIdentity,
      `SELECT order_id, identity_no FROM v_orders
       WHERE workspace = {workspace:String} AND order_id IN {ids:Array(String)} AND identity_no != 0`,
      { workspace: workspaceId, ids },
    );
    for (const row of rows) found.set(row.order_id, row.identity_no);
  }
  return found;
}

const countRow = z.object({ n: z.coerce.number() });

async function deleteWhere(facts: Facts, where: string, params: FactsParams): Promise<void> {
  const [there] = await facts.query(countRow, `SELECT count() AS n FROM feedback WHERE ${where}`, params);
  // A deletion takes half a second even where there is nothing to delete.
  if ((there?.n ?? 0) > 0) await facts.command(`DELETE FROM feedback WHERE ${where}`, params, { settings: WAITED });
}

/** Deletes answers with these ids that another origin brought: their newer version is about to stand there. */
export async function deleteReplaced(
  facts: Facts,
  workspaceId: string,
  feedbackIds: readonly string[],
  origin: string,
): Promise<void> {
  const [others] = await facts.query(
    countRow,
    `SELECT count() AS n FROM (
       SELECT 1 FROM feedback WHERE workspace = {workspace:String} AND origin != {origin:String} LIMIT 1)`,
    { workspace: workspaceId, origin },
  );
  if (others === undefined || others.n === 0) return;
  for (const ids of idLists(feedbackIds)) {
    await deleteWhere(
      facts,
      'workspace = {workspace:String} AND feedback_id IN {ids:Array(UUID)} AND origin != {origin:String}',
      { workspace: workspaceId, ids, origin },
    );
  }
}

/** Deletes what an origin brought: all of it, or these answers. */
export async function deleteOrigin(
  facts: Facts,
  workspaceId: string,
  origin: string,
  feedbackIds?: readonly string[],
): Promise<void> {
  const where = 'workspace = {workspace:String} AND origin = {origin:String}';
  const params = { workspace: workspaceId, origin };
  if (feedbackIds === undefined) return deleteWhere(facts, where, params);
  for (const ids of idLists(feedbackIds)) {
    await deleteWhere(facts, `${where} AND feedback_id IN {ids:Array(UUID)}`, { ...params, ids });
  }
}

async function settle(facts: Facts, workspaceId: string, scope: string, ids: readonly string[]): Promise<void> {
  const params = { workspace: workspaceId, ids };
  const waiting = `workspace = {workspace:String} AND identity_no = 0 AND order_id != '' AND ${scope}`;
  const owners = `SELECT order_id, identity_no AS owner FROM v_orders
    WHERE workspace = {workspace:String} AND identity_no != 0 AND ${scope}
      AND order_id IN (SELECT order_id FROM feedback WHERE ${waiting})`;
  const [stale] = await facts.query(
    countRow,
    `SELECT count() AS n FROM (SELECT order_id, order_identity_no FROM feedback WHERE ${waiting}) AS f
     LEFT ANY JOIN (${owners}) AS o ON f.order_id = o.order_id
     WHERE f.order_identity_no != o.owner`,
    params,
  );
  if ((stale?.n ?? 0) === 0) return;
  // The two lists are read as one, so that they stay in step; the empty id keeps them from being empty.
  const pairs = `(SELECT (arrayPushBack(groupArray(order_id), ''), arrayPushBack(groupArray(owner), toUInt32(0))) FROM (${owners}))`;
  await facts.command(
    `ALTER TABLE feedback
     UPDATE order_identity_no = transform(order_id, tupleElement(${pairs}, 1), tupleElement(${pairs}, 2), toUInt32(0))
     WHERE ${waiting}`,
    params,
    { settings: { mutations_sync: 1 } },
  );
}

/** Gives every answer that does not say whose it is the identity of its order as it stands now, or 0. */
export async function settleOrderIdentities(
  facts: Facts,
  workspaceId: string,
  orderIds: readonly string[] | 'all',
): Promise<void> {
  if (orderIds === 'all') return settle(facts, workspaceId, '1', []);
  for (const ids of idLists(orderIds)) {
    await settle(facts, workspaceId, 'order_id IN {ids:Array(String)}', ids);
  }
}

const feedbackRow = z.object({
  feedback_id: z.string(),
  at: z.string(),
  person_no: z.number(),
  source: z.string(),
  instrument: z.string(),
  score: z.number().nullable(),
  scale_min: z.number().nullable(),
  scale_max: z.number().nullable(),
  choices: z.array(z.string()),
  text: z.string(),
  language: z.string(),
  order_id: z.string(),
  item_id: z.string(),
  survey_id: z.string(),
  question_id: z.string(),
  channel: z.string(),
  touchpoint: z.string(),
  stage: z.string(),
  verified: z.number(),
  props: z.string(),
  origin: z.string(),
});
export type FeedbackRow = z.infer<typeof feedbackRow>;

const COLUMNS = `feedback_id, at, person_no, source, instrument, score, scale_min, scale_max, choices, text, language, order_id,
       item_id, survey_id, question_id, channel, touchpoint, stage, verified, props, origin`;

export async function selectFeedback(facts: Facts, workspaceId: string, id: string): Promise<FeedbackRow | undefined> {
  const [row] = await facts.query(
    feedbackRow,
    `SELECT ${COLUMNS} FROM v_feedback
     WHERE workspace = {workspace:String} AND feedback_id = {id:UUID}
     LIMIT 1`,
    { workspace: workspaceId, id },
  );
  return row;
}

const MOST_OF_ORDER = 100;

/** Answers about an order, the newest first. */
export function selectFeedbackOfOrder(facts: Facts, workspaceId: string, orderId: string): Promise<FeedbackRow[]> {
  return facts.query(
    feedbackRow,
    `SELECT ${COLUMNS} FROM v_feedback
     WHERE workspace = {workspace:String} AND order_id = {orderId:String}
     ORDER BY at DESC, feedback_id LIMIT {limit:UInt32}`,
    { workspace: workspaceId, orderId, limit: MOST_OF_ORDER },
  );
}

/**
 * Answers, the oldest first: the order they lie in, so that each page reads its own rows alone, however many there are.
 * @param period as the store knows moments; `toTime` exclusive
 * @param page `after`: where the page before ended
 */
export function selectFeedbackInOrder(
  facts: Facts,
  workspaceId: string,
  period: { readonly fromTime?: string; readonly toTime?: string },
  page: {
    readonly after: { readonly at: string; readonly id: string } | undefined;
    readonly limit: number;
    readonly signal: AbortSignal;
  },
): Promise<FeedbackRow[]> {
  const { after, limit, signal } = page;
  const { fromTime, toTime } = period;
  const moment = (name: string): string => `toDateTime64({${name}:String}, 3, 'UTC')`;
  const where = [
    'workspace = {workspace:String}',
    ...(fromTime === undefined ? [] : [`at >= ${moment('fromTime')}`]),
    ...(toTime === undefined ? [] : [`at < ${moment('toTime')}`]),
    // Spelled out, the index of the table is used for it.
    ...(after === undefined
      ? []
      : [`(at > ${moment('afterAt')} OR (at = ${moment('afterAt')} AND feedback_id > {afterId:UUID}))`]),
  ];
  const params = {
    workspace: workspaceId,
    limit,
    ...(fromTime === undefined ? {} : { fromTime }),
    ...(toTime === undefined ? {} : { toTime }),
    ...(after === undefined ? {} : { afterAt: after.at, afterId: after.id }),
  };
  return facts.query(
    feedbackRow,
    `SELECT ${COLUMNS} FROM v_feedback WHERE ${where.join(' AND ')} ORDER BY at, feedback_id LIMIT {limit:UInt32}`,
    params,
    { signal },
  );
}
