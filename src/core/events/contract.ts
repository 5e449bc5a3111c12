import { z } from 'zod';
import { decimal, instant, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';

/** Something a person did or that happened to them, as the API shows it. Empty fields are left out. */
export const eventItem = z.object({
  /** UUIDv5 of the workspace and the messageId: the same message, the same id. */
  id: z.uuid(),
  name: z.string(),
  at: instant,
  receivedAt: instant,
  userId: z.string().optional(),
  anonymousId: z.string().optional(),
  orderId: z.string().optional(),
  channel: z.string().optional(),
  url: z.string().optional(),
  value: decimal.optional(),
  currency: z.string().optional(),
  /** Ids of the catalogue's touchpoint and stage that its rules found. */
  touchpointId: z.string().optional(),
  stageId: z.string().optional(),
  props: z.record(z.string(), z.unknown()),
  /** `http`, or the id of the import that brought it. */
  source: z.string(),
});

export type EventItem = z.infer<typeof eventItem>;

/** What narrows a listing and an export alike. */
export const eventsFilter = {
  name: z.string().max(200).optional(),
  orderId: z.string().max(256).optional(),
  userId: z.string().max(256).optional(),
};

export const eventsContract = {
  list: operation({
    method: 'GET',
    path: '/events',
    audit: { look: 'events' },
    permission: 'events:read',
    summary: 'Events, newest first',
    description: 'For looking at what arrives. `minSeq` waits up to 2 seconds until that journal row can be read.',
  })
    .input(
      z.object({
        ...pageInput,
        ...eventsFilter,
        minSeq: z.coerce.number().int().min(1).optional(),
      }),
    )
    .output(pageOf(eventItem)),
  arrivals: operation({
    method: 'GET',
    path: '/events/arrivals',
    audit: { none: 'A count and a moment.' },
    permission: 'events:read',
    summary: 'How many events came in over HTTP, and when the last one did',
    description:
      'For watching whether anything arrives, without looking at anybody. `since`: only those received from then on.',
  })
    .input(z.object({ since: instant.optional() }))
    .output(z.object({ events: z.number().int(), latestAt: instant.nullable() })),
};
