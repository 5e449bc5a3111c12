import { z } from 'zod';
import type { Facts } from '../../../platform/stores/ports.ts';
import { lateSql } from '../../fields/facade.ts';
import { MOMENTS } from '../vocabulary.ts';
import type { Whose } from './whose.ts';

const counted = z.object({
  identity_no: z.number(),
  first: z.string(),
  last: z.string(),
  events: z.coerce.number(),
  answers: z.coerce.number(),
  orders: z.coerce.number(),
});
export type IdentityCounts = z.infer<typeof counted>;

/** What is known to have happened, by identity; identities of which nothing is known are left out. */
export function selectCounts(facts: Facts, whose: Whose, signal?: AbortSignal): Promise<IdentityCounts[]> {
  return facts.query(
    counted,
    countsSql('identity_no', whose.sql),
    whose.params,
    signal === undefined ? {} : { signal },
  );
}

/**
 * What is known to have happened of each identity or person. Moments that may be missing are told apart by their number:
 * a time of 1970 itself is not read back by another server.
 */
export function countsSql(by: 'identity_no' | 'person_no', where: string): string {
  return `SELECT ${by}, min(first_at) AS first, max(last_at) AS last,
       sum(n * (kind = 'event')) AS events, sum(n * (kind = 'answer')) AS answers, sum(n * (kind = 'order')) AS orders
     FROM (
       SELECT ${by}, 'event' AS kind, count() AS n, min(at) AS first_at, max(at) AS last_at FROM v_events
       WHERE ${where} GROUP BY ${by}
       UNION ALL
       SELECT ${by}, 'answer', count(), min(at), max(at) FROM v_feedback
       WHERE ${where} GROUP BY ${by}
       UNION ALL
       SELECT ${by}, 'order', count(),
         fromUnixTimestamp64Milli(min(arrayMin(arrayFilter(t -> t > 0, moments))), 'UTC'),
         fromUnixTimestamp64Milli(max(arrayMax(moments)), 'UTC')
       FROM (
         SELECT ${by}, arrayMap(t -> ifNull(toUnixTimestamp64Milli(t), 0), [${MOMENTS.join(', ')}]) AS moments
         FROM v_orders WHERE ${where}
       )
       WHERE arrayMax(moments) > 0 GROUP BY ${by}
     )
     GROUP BY ${by}`;
}

const order = z.object({
  order_id: z.string(),
  placed: z.string().nullable(),
  promised: z.string().nullable(),
  delivered: z.string().nullable(),
  late: z.number().nullable(),
  status: z.string(),
  value: z.string().nullable(),
  currency: z.string(),
});
export type OrderOfPerson = z.infer<typeof order>;

/** The latest orders of some identities. */
export async function selectOrders(facts: Facts, whose: Whose, zone: string, limit: number): Promise<OrderOfPerson[]> {
  return facts.query(
    order,
    `SELECT order_id, placed, promised, delivered, ${lateSql('o')} AS late, status, toString(o.value) AS value, currency
     FROM v_orders AS o
     WHERE ${whose.sql}
     ORDER BY ifNull(toUnixTimestamp64Milli(placed), 0) DESC, order_id DESC LIMIT {limit:UInt32}`,
    { ...whose.params, zone, limit },
  );
}

const spent = z.object({ currency: z.string(), value: z.string() });

/** What the orders of some identities were worth, by currency; cancelled ones left out. */
export async function selectSpent(facts: Facts, whose: Whose) {
  return facts.query(
    spent,
    `SELECT currency, toString(sum(o.value)) AS value FROM v_orders AS o
     WHERE ${whose.sql} AND cancelled IS NULL AND isNotNull(o.value)
     GROUP BY currency ORDER BY sum(o.value) DESC, currency`,
    whose.params,
  );
}

const scored = z.object({
  score: z.number(),
  scale_min: z.number().nullable(),
  scale_max: z.number().nullable(),
  instrument: z.string(),
  at: z.string(),
});

export async function selectLastScore(facts: Facts, whose: Whose) {
  const rows = await facts.query(
    scored,
    `SELECT score, scale_min, scale_max, instrument, at FROM v_feedback
     WHERE ${whose.sql} AND score IS NOT NULL
     ORDER BY at DESC, feedback_id DESC LIMIT 1`,
    whose.params,
  );
  return rows[0];
}

const owner = z.object({ identity_no: z.number() });

/** Whose an order is. */
export async function selectOrderOwners(facts: Facts, workspaceId: string, orderId: string): Promise<number[]> {
  const rows = await facts.query(
    owner,
    `SELECT identity_no FROM v_orders WHERE workspace = {workspace:String} AND order_id = {order:String} AND identity_no > 0`,
    { workspace: workspaceId, order: orderId },
  );
  return rows.map((r) => r.identity_no);
}
