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

export interface EventsFilter {
  readonly name?: string | undefined;
  readonly orderId?: string | undefined;
  readonly userId?: string | undefined;
  /** As the store knows moments; `toTime` exclusive. */
  readonly fromTime?: string | undefined;
  readonly toTime?: string | undefined;
}

export interface EventsWanted extends EventsFilter {
  /** Where the last page ended: everything older than this event. */
  readonly before?: { readonly at: string; readonly eventId: string } | undefined;
  readonly limit: number;
}

const COLUMNS = `event_id, name, at, received_at, user_id, anonymous_id, order_id, channel, url, toString(value) AS value, currency,
       touchpoint, stage, props, source`;

function narrowed(workspaceId: string, wanted: EventsFilter) {
  const where = ['workspace = {workspace:String}'];
  const params: Record<string, string | number> = { workspace: workspaceId };
  const add = (clause: string, values: Record<string, string | undefined>) => {
    if (Object.values(values).includes(undefined)) return;
    where.push(clause);
    Object.assign(params, values);
  };
  const { name, orderId, userId, fromTime, toTime } = wanted;
  add('name = {name:String}', { name });
  add('order_id = {orderId:String}', { orderId });
  add('user_id = {userId:String}', { userId });
  add(`at >= toDateTime64({fromTime:String}, 3, 'UTC')`, { fromTime });
  add(`at < toDateTime64({toTime:String}, 3, 'UTC')`, { toTime });
  return { where, params, add };
}

/** Events of a workspace, newest first; the event id settles ties. */
export async function selectEvents(facts: Facts, workspaceId: string, wanted: EventsWanted): Promise<EventRow[]> {
  const { where, params, add } = narrowed(workspaceId, wanted);
  if (wanted.before !== undefined) {
    add(`(at, event_id) < (toDateTime64({beforeAt:String}, 3, 'UTC'), toUUID({beforeId:String}))`, {
      beforeAt: wanted.before.at,
      beforeId: wanted.before.eventId,
    });
  }
  return facts.query(
    eventRow,
    `SELECT ${COLUMNS} FROM v_events WHERE ${where.join(' AND ')}
     ORDER BY at DESC, event_id DESC
     LIMIT {limit:UInt32}`,
    { ...params, limit: wanted.limit },
  );
}

/**
 * Events by name, then by moment: the order they lie in, so that each page reads its own rows alone, however many there are.
 * @param last where the page before ended
 */
export async function selectEventsInOrder(
  facts: Facts,
  workspaceId: string,
  filter: EventsFilter,
  {
    last,
    limit,
    signal,
  }: { readonly last: EventRow | undefined; readonly limit: number; readonly signal: AbortSignal },
): Promise<EventRow[]> {
  const { where, params, add } = narrowed(workspaceId, filter);
  if (last !== undefined) {
    // Spelled out, the index of the table is used for each part.
    const at = `toDateTime64({lastAt:String}, 3, 'UTC')`;
    add(
      `(name > {lastName:String} OR (name = {lastName:String} AND (at > ${at} OR (at = ${at} AND event_id > toUUID({lastId:String})))))`,
      { lastName: last.name, lastAt: last.at, lastId: last.event_id },
    );
  }
  return facts.query(
    eventRow,
    `SELECT ${COLUMNS} FROM v_events WHERE ${where.join(' AND ')}
     ORDER BY name, at, event_id
     LIMIT {limit:UInt32}`,
    { ...params, limit },
    { signal },
  );
}

const arrivalsRow = z.object({ events: z.coerce.number(), latest: z.string() });

/** How many events came in over HTTP from a moment on, and when the last did; undefined where none. */
export async function selectArrivals(
  facts: Facts,
  workspaceId: string,
  sinceTime: string | undefined,
): Promise<{ readonly events: number; readonly latest: string | undefined }> {
  const since = sinceTime === undefined ? '' : `AND received_at >= toDateTime64({sinceTime:String}, 3, 'UTC')`;
  const [row] = await facts.query(
    arrivalsRow,
    `SELECT count() AS events, toString(max(received_at)) AS latest FROM v_events
     WHERE workspace = {workspace:String} AND source = 'http' ${since}`,
    { workspace: workspaceId, ...(sinceTime === undefined ? {} : { sinceTime }) },
  );
  return row === undefined || row.events === 0
    ? { events: 0, latest: undefined }
    : { events: row.events, latest: row.latest };
}
