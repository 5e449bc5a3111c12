import { z } from 'zod';
import type { Facts } from '../../platform/stores/ports.ts';

const eventRow = z.object({
  event_id: z.string(),
  name: z.string(),
  at: z.string(),
  received_at: z.string(),
  user_id: z.string(),
  anonymous_id: z.string(),
  order_id: z.string(),
  channel: z.string(),
  url: z.string(),
  value: z.string().nullable(),
  currency: z.string(),
  touchpoint: z.string(),
  stage: z.string(),
  props: z.string(),
  source: z.string(),
});

export type EventRow = z.infer<typeof eventRow>;

export interface EventsWanted {
  readonly name?: string | undefined;
  readonly orderId?: string | undefined;
  readonly userId?: string | undefined;
  /** Where the last page ended: everything older than this event. */
  readonly before?: { readonly at: string; readonly eventId: string } | undefined;
  readonly limit: number;
}

/** Events of a workspace, newest first; the event id settles ties. */
export async function selectEvents(facts: Facts, workspaceId: string, wanted: EventsWanted): Promise<EventRow[]> {
  const where = ['workspace = {workspace:String}'];
  const params: Record<string, string | number> = { workspace: workspaceId, limit: wanted.limit };
  const add = (clause: string, values: Record<string, string>) => {
    where.push(clause);
    Object.assign(params, values);
  };
  if (wanted.name !== undefined) add('name = {name:String}', { name: wanted.name });
  if (wanted.orderId !== undefined) add('order_id = {orderId:String}', { orderId: wanted.orderId });
  if (wanted.userId !== undefined) add('user_id = {userId:String}', { userId: wanted.userId });
  if (wanted.before !== undefined) {
    add(`(at, event_id) < (toDateTime64({beforeAt:String}, 3, 'UTC'), toUUID({beforeId:String}))`, {
      beforeAt: wanted.before.at,
      beforeId: wanted.before.eventId,
    });
  }
  return facts.query(
    eventRow,
    `SELECT event_id, name, at, received_at, user_id, anonymous_id, order_id, channel, url, toString(value) AS value, currency,
       touchpoint, stage, props, source
     FROM v_events
     WHERE ${where.join(' AND ')}
     ORDER BY at DESC, event_id DESC
     LIMIT {limit:UInt32}`,
    params,
  );
}
