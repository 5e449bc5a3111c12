import { implement } from '@orpc/server';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import { waitForSeq } from '../journal/facade.ts';
import { type EventItem, eventsContract } from './contract.ts';
import { type EventRow, selectEvents } from './facts.ts';

const WAIT_MS = 2_000;
const cursorShape = z.tuple([z.string().regex(/^[\d :.-]{23}$/), z.uuid()]);

/** `2026-11-22 10:00:00.000` of the store as RFC 3339. */
function instantOf(stored: string): string {
  return `${stored.replace(' ', 'T')}Z`;
}

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
    at: instantOf(row.at),
    receivedAt: instantOf(row.received_at),
    ...Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== '')),
    props: z.record(z.string(), z.unknown()).parse(props),
    source: row.source,
  };
}

function parseCursor(cursor: string): { at: string; eventId: string } {
  try {
    const [at, eventId] = cursorShape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at, eventId };
  } catch {
    throw badInput('cursor', cursor, 'This is no cursor of this listing.', 'Take nextCursor of the page before.');
  }
}

export function eventsHandlers(house: House) {
  const os = implement(eventsContract).$context<RequestContext>();
  return os.router({
    list: os.list.handler(async ({ input, context }) => {
      const workspaceId = context.workspace.id;
      if (input.minSeq !== undefined) await waitForSeq(house, workspaceId, input.minSeq, WAIT_MS);
      const rows = await selectEvents(house.facts, workspaceId, {
        name: input.name,
        orderId: input.orderId,
        userId: input.userId,
        before: input.cursor === undefined ? undefined : parseCursor(input.cursor),
        limit: input.limit + 1,
      });
      const page = rows.slice(0, input.limit);
      const last = page.at(-1);
      const more = rows.length > page.length && last !== undefined;
      return {
        items: page.map(itemOf),
        nextCursor: more ? Buffer.from(JSON.stringify([last.at, last.event_id])).toString('base64url') : null,
      };
    }),
  });
}
