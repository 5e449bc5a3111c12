import { z } from 'zod';
import type { Facts } from '../../../platform/stores/ports.ts';
import { ANSWER_EVENTS } from '../../feedback/vocabulary.ts';
import { lateSql } from '../../orders/facade.ts';
import { ORDER_EVENTS } from '../../orders/vocabulary.ts';
import { MOMENTS, TIMELINE_KINDS, type TimelineKind } from '../vocabulary.ts';

const happening = z.object({
  kind: z.enum(TIMELINE_KINDS),
  id: z.string(),
  at: z.string(),
  /** An event's name, an answer's instrument, an order's moment. */
  what: z.string(),
  source: z.string(),
  order_id: z.string(),
  item_id: z.string(),
  channel: z.string(),
  url: z.string(),
  value: z.string(),
  currency: z.string(),
  status: z.string(),
  late: z.number().nullable(),
  score: z.number().nullable(),
  scale_min: z.number().nullable(),
  scale_max: z.number().nullable(),
  text: z.string(),
  language: z.string(),
  choices: z.array(z.string()),
  touchpoint: z.string(),
  stage: z.string(),
  props: z.string(),
});
export type Happening = z.infer<typeof happening>;

/** Where a page ended. */
export interface TimelinePlace {
  readonly at: string;
  readonly kind: TimelineKind;
  readonly id: string;
}

const WHOSE = 'workspace = {workspace:String} AND identity_no IN {nos:Array(UInt32)}';

const MOMENT_LIST = `[${MOMENTS.map((m) => `('${m}', ${m})`).join(', ')}]`;

/** Moments of the person's orders, one row each. */
const MOMENTS_OF_ORDERS = `
  SELECT order_id, m.1 AS moment, assumeNotNull(m.2) AS at, value, currency, status, late, touchpoint, stage
  FROM (
    SELECT order_id, arrayJoin(${MOMENT_LIST}) AS m, value, currency, status, ${lateSql()} AS late, touchpoint, stage
    FROM v_orders WHERE ${WHOSE}
  ) WHERE m.2 IS NOT NULL`;

/** An event that an order or an answer was made of is seen as that, at its own moment. */
const TOLD_OTHERWISE = `(
  (name IN {orderEvents:Array(String)} AND (order_id, at) IN (SELECT order_id, at FROM (${MOMENTS_OF_ORDERS})))
  OR (name IN {answerEvents:Array(String)} AND at IN (SELECT at FROM v_feedback WHERE ${WHOSE})))`;

const PARTS: Readonly<Record<TimelineKind, string>> = {
  event: `
    SELECT 'event' AS kind, toString(event_id) AS id, at, toString(name) AS what, toString(source) AS source, order_id, '' AS item_id,
      toString(channel) AS channel, url, ifNull(toString(value), '') AS value, toString(currency) AS currency, '' AS status,
      NULL AS late, NULL AS score, NULL AS scale_min, NULL AS scale_max, '' AS text, '' AS language, [] AS choices,
      toString(touchpoint) AS touchpoint, toString(stage) AS stage, props
    FROM v_events WHERE ${WHOSE} AND NOT ${TOLD_OTHERWISE}`,
  answer: `
    SELECT 'answer' AS kind, toString(feedback_id) AS id, at, toString(instrument) AS what, toString(source) AS source, order_id, item_id,
      toString(channel) AS channel, '' AS url, '' AS value, '' AS currency, '' AS status,
      NULL AS late, score, scale_min, scale_max, text, toString(language) AS language, choices,
      toString(touchpoint) AS touchpoint, toString(stage) AS stage, props
    FROM v_feedback WHERE ${WHOSE}`,
  order: `
    SELECT 'order' AS kind, concat(order_id, ' ', moment) AS id, at, moment AS what, '' AS source, order_id, '' AS item_id,
      '' AS channel, '' AS url, ifNull(toString(value), '') AS value, toString(currency) AS currency, toString(status) AS status,
      if(moment = 'delivered', late, NULL) AS late, NULL AS score, NULL AS scale_min, NULL AS scale_max, '' AS text, '' AS language,
      [] AS choices, if(moment = 'placed', toString(touchpoint), '') AS touchpoint, if(moment = 'placed', toString(stage), '') AS stage,
      '' AS props
    FROM (${MOMENTS_OF_ORDERS})`,
};

/** What happened to some identities, newest first; kind and id settle ties, so that pages neither repeat nor skip. */
export async function selectTimeline(
  facts: Facts,
  workspaceId: string,
  zone: string,
  identityNos: readonly number[],
  wanted: {
    readonly kinds: readonly TimelineKind[];
    readonly before: TimelinePlace | undefined;
    readonly limit: number;
  },
): Promise<Happening[]> {
  const { kinds, before, limit } = wanted;
  if (kinds.length === 0 || identityNos.length === 0) return [];
  const earlier =
    before === undefined
      ? ''
      : `WHERE at <= toDateTime64({beforeAt:String}, 3, 'UTC')
         AND (at, kind, id) < (toDateTime64({beforeAt:String}, 3, 'UTC'), {beforeKind:String}, {beforeId:String})`;
  const last = 'ORDER BY at DESC, kind DESC, id DESC LIMIT {limit:UInt32}';
  return facts.query(
    happening,
    `SELECT * FROM (
       ${kinds.map((kind) => `SELECT * FROM (${PARTS[kind]}) ${earlier} ${last}`).join('\n UNION ALL\n')}
     ) ${last}`,
    {
      workspace: workspaceId,
      zone,
      nos: identityNos,
      limit,
      orderEvents: Object.keys(ORDER_EVENTS),
      answerEvents: Object.keys(ANSWER_EVENTS),
      ...(before === undefined ? {} : { beforeAt: before.at, beforeKind: before.kind, beforeId: before.id }),
    },
  );
}
