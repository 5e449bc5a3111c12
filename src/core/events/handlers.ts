import { implement } from '@orpc/server';
import { factsTimeToInstant, toFactsTime } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { cursorMoment, readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import { waitForSeq } from '../journal/facade.ts';
import { type EventItem, eventsContract } from './contract.ts';
import { type EventRow, selectArrivals, selectEvents } from './facts.ts';

const WAIT_MS = 2_000;
const cursorShape = z.tuple([cursorMoment, z.uuid()]);

function itemOf(row: EventRow): EventItem {
  const props: unknown = row.props === '' ? {} : JSON.parse(row.props);
  const filled = {
    userId: row.user_id,
    anonymousId: row.anonymous_id,
    orderId: row.order_id,
    channel: row.channel,
    url: row.url,
    value: row.value ?? '',
    currency: row.currency,
    touchpointId: row.touchpoint,
    stageId: row.stage,
  };
  return {
    id: row.event_id,
    name: row.name,
    at: factsTimeToInstant(row.at),
    receivedAt: factsTimeToInstant(row.received_at),
    ...Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== '')),
    props: z.record(z.string(), z.unknown()).parse(props),
    source: row.source,
  };
}

export function eventsHandlers(house: House) {
  const os = implement(eventsContract).$context<RequestContext>();
  return os.router({
    list: os.list.handler(async ({ input, context }) => {
      const workspaceId = context.workspace.id;
      if (input.minSeq !== undefined) await waitForSeq(house, workspaceId, input.minSeq, WAIT_MS);
      const place = input.cursor === undefined ? undefined : readCursor(cursorShape, input.cursor);
      const rows = await selectEvents(house.facts, workspaceId, {
        name: input.name,
        orderId: input.orderId,
        userId: input.userId,
        before: place === undefined ? undefined : { at: place[0], eventId: place[1] },
        limit: input.limit + 1,
      });
      const page = rows.slice(0, input.limit);
      const last = page.at(-1);
      const more = rows.length > page.length && last !== undefined;
      return {
        items: page.map(itemOf),
        nextCursor: more ? writeCursor([last.at, last.event_id]) : null,
      };
    }),
    arrivals: os.arrivals.handler(async ({ input, context }) => {
      const since = input.since === undefined ? undefined : toFactsTime(Date.parse(input.since));
      const { events, latest } = await selectArrivals(house.facts, context.workspace.id, since);
      return { events, latestAt: latest === undefined ? null : factsTimeToInstant(latest) };
    }),
  });
}
