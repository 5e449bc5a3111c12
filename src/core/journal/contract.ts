import { z } from 'zod';
import { instant, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';
import { STEPS } from './vocabulary.ts';

export const rejectedMessage = z.object({
  id: z.string(),
  receivedAt: instant,
  /** '' where the message had none. */
  messageId: z.string(),
  /** What is wrong, as a path in the message; '' for the message itself. */
  field: z.string(),
  reason: z.string(),
  /** The message as it came, cut short. */
  body: z.string(),
});

export type RejectedMessage = z.infer<typeof rejectedMessage>;

export const asideBatch = z.object({
  id: z.string(),
  /** When it was set aside, and when the first of it came in. */
  since: instant,
  receivedAt: instant,
  messages: z.number().int(),
  /** Whether its events stand among the facts. */
  inserted: z.boolean(),
  /** What of it is still to be done: links and traits of people, orders, answers. */
  steps: z.array(z.enum(STEPS)),
  tries: z.number().int(),
  /** What went wrong at the last try. */
  reason: z.string(),
});

export type AsideBatch = z.infer<typeof asideBatch>;

export const journalStatus = z.object({
  waitingMessages: z.number().int(),
  waitingBytes: z.number().int(),
  oldestWaitingAt: instant.nullable(),
  /** Those that no try got through; see `/journal/set-aside`. */
  setAsideMessages: z.number().int(),
  /** Those in the list of refused messages. */
  rejectedMessages: z.number().int(),
  /** Refused messages that made room for newer ones, ever. */
  rejectedLetGo: z.number().int(),
});

export const journalContract = {
  status: operation({
    method: 'GET',
    path: '/journal',
    audit: { none: 'Counts of messages.' },
    permission: 'events:read',
    summary: 'What is acknowledged and not yet among the facts, and how many messages were refused',
  }).output(journalStatus),
  rejected: operation({
    method: 'GET',
    path: '/journal/rejected',
    audit: { look: 'rejected messages' },
    permission: 'events:read',
    summary: 'Refused messages of the last 30 days with their reasons, newest first',
    description:
      'Among them those that were taken but for a part of them, such as a promise that is no day: the reason says so, once a day for each reason. The newest twenty thousand at most. As NDJSON, all of them: GET /api/v1/journal/rejected.ndjson.',
  })
    .input(z.object(pageInput))
    .output(pageOf(rejectedMessage)),
  setAside: operation({
    method: 'GET',
    path: '/journal/set-aside',
    audit: { none: 'Counts of messages, and what went wrong.' },
    permission: 'events:read',
    summary: 'Batches that no try got through, newest first',
    description:
      'They hold up nothing, and are kept until they are tried again. Their events are among the facts where `inserted`; what is missing is said by `steps`.',
  })
    .input(z.object(pageInput))
    .output(pageOf(asideBatch)),
  retry: operation({
    method: 'POST',
    path: '/journal/set-aside/{batchId}/retry',
    audit: { change: 'journal batch', id: 'batchId' },
    permission: 'events:write',
    summary: 'Try a batch again that was set aside',
  })
    .input(z.object({ batchId: z.string().max(64) }))
    .output(z.object({ ok: z.literal(true) })),
};
