import { z } from 'zod';
import { idLists } from '../../../platform/stores/id-lists.ts';
import type { Facts } from '../../../platform/stores/ports.ts';
import { lateSql } from '../../fields/facade.ts';
import { MOMENTS } from '../vocabulary.ts';
import type { Whose } from './whose.ts';

/** Where a page ended: what came later is left out, and of what came at the same time what `id` and later ids name. */
export interface Before {
  readonly at: string;
  /** Undefined where nothing of that moment was shown yet; null where all of it was. */
  readonly id: string | null | undefined;
}

/** Three of these run beside one another: threads of their own would only wait for each other. */
const SETTINGS = { max_threads: 1 };

const LAST = 'ORDER BY at DESC, id DESC LIMIT {limit:UInt32}';

/** The latest rows of a selection with columns `at` and `id`. */
function latest<T>(
  facts: Facts,
  row: z.ZodType<T>,
  selection: string,
  { params }: Whose,
  before: Before | undefined,
  limit: number,
): Promise<T[]> {
  const moment = "toDateTime64({beforeAt:String}, 3, 'UTC')";
  const earlier =
    before === undefined
      ? ''
      : before.id === undefined
        ? `WHERE at <= ${moment}`
        : before.id === null
          ? `WHERE at < ${moment}`
          : `WHERE at <= ${moment} AND (at, id) < (${moment}, {beforeId:String})`;
  const asked = {
    ...params,
    limit,
    ...(before === undefined ? {} : { beforeAt: before.at }),
    ...(typeof before?.id === 'string' ? { beforeId: before.id } : {}),
  };
  return facts.query(row, `SELECT * FROM (${selection}) ${earlier} ${LAST}`, asked, { settings: SETTINGS });
}

const event = z.object({
  id: z.string(),
  at: z.string(),
  name: z.string(),
  order_id: z.string(),
  channel: z.string(),
  url: z.string(),
  value: z.string(),
  currency: z.string(),
  touchpoint: z.string(),
  stage: z.string(),
  props: z.string(),
});
export type EventRow = z.infer<typeof event>;

export function selectEvents(facts: Facts, whose: Whose, before: Before | undefined, limit: number) {
  const selection = `
    SELECT toString(event_id) AS id, at, name, order_id, channel, url, ifNull(toString(value), '') AS value, currency,
      touchpoint, stage, props
    FROM v_events WHERE ${whose.sql}`;
  return latest(facts, event, selection, whose, before, limit);
}

const answer = z.object({
  id: z.string(),
  at: z.string(),
  source: z.string(),
  instrument: z.string(),
  order_id: z.string(),
  item_id: z.string(),
  score: z.number().nullable(),
  scale_min: z.number().nullable(),
  scale_max: z.number().nullable(),
  text: z.string(),
  language: z.string(),
  choices: z.array(z.string()),
  touchpoint: z.string(),
  stage: z.string(),
});
export type AnswerRow = z.infer<typeof answer>;

export function selectAnswers(facts: Facts, whose: Whose, before: Before | undefined, limit: number) {
  const selection = `
    SELECT toString(feedback_id) AS id, at, source, instrument, order_id, item_id, score, scale_min, scale_max, text, language,
      choices, touchpoint, stage
    FROM v_feedback WHERE ${whose.sql}`;
  return latest(facts, answer, selection, whose, before, limit);
}

const moment = z.object({
  id: z.string(),
  at: z.string(),
  moment: z.enum(MOMENTS),
  order_id: z.string(),
  status: z.string(),
  value: z.string(),
  currency: z.string(),
  late: z.number().nullable(),
  touchpoint: z.string(),
  stage: z.string(),
});
export type MomentRow = z.infer<typeof moment>;

const MOMENT_LIST = `[${MOMENTS.map((m) => `('${m}', ${m})`).join(', ')}]`;

/** Moments of orders, a row each. */
export function selectMoments(facts: Facts, whose: Whose, zone: string, before: Before | undefined, limit: number) {
  const selection = `
    SELECT concat(order_id, ' ', m.1) AS id, assumeNotNull(m.2) AS at, m.1 AS moment, order_id, status,
      ifNull(toString(value), '') AS value, currency, if(moment = 'delivered', late, NULL) AS late,
      if(moment = 'placed', toString(touchpoint), '') AS touchpoint, if(moment = 'placed', toString(stage), '') AS stage
    FROM (
      SELECT order_id, arrayJoin(${MOMENT_LIST}) AS m, status, value, currency, ${lateSql()} AS late, touchpoint, stage
      FROM v_orders WHERE ${whose.sql}
    ) WHERE m.2 IS NOT NULL`;
  const zoned = { ...whose, params: { ...whose.params, zone } };
  return latest(facts, moment, selection, zoned, before, limit);
}

const told = z.object({ order_id: z.string(), at: z.string() });

/** All moments of these orders, where they are the persons'. */
export async function selectMomentsOf(facts: Facts, whose: Whose, orderIds: readonly string[]) {
  const found: z.infer<typeof told>[] = [];
  for (const ids of idLists(orderIds)) {
    const rows = await facts.query(
      told,
      `SELECT order_id, assumeNotNull(arrayJoin([${MOMENTS.join(', ')}]) AS m) AS at
       FROM v_orders WHERE ${whose.sql} AND order_id IN {ids:Array(String)} AND m IS NOT NULL`,
      { ...whose.params, ids },
    );
    found.push(...rows);
  }
  return found;
}

const answeredAt = z.object({ at: z.string() });

/** At which of these moments the persons gave an answer. */
export async function selectAnsweredAt(facts: Facts, whose: Whose, moments: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const ats of idLists(moments)) {
    const rows = await facts.query(
      answeredAt,
      `SELECT DISTINCT at FROM v_feedback WHERE ${whose.sql} AND at IN {ats:Array(DateTime64(3, 'UTC'))}`,
      { ...whose.params, ats },
    );
    for (const { at } of rows) found.push(at);
  }
  return found;
}
