import { z } from 'zod';
import { instant, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';

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

export const journalContract = {
  status: operation({
    method: 'GET',
    path: '/journal',
    audit: { none: 'Counts of messages.' },
    permission: 'events:read',
    summary: 'What is acknowledged and not yet among the facts, and how many messages were refused',
  }).output(
    z.object({
      waitingMessages: z.number().int(),
      waitingBytes: z.number().int(),
      oldestWaitingAt: instant.nullable(),
      rejectedMessages: z.number().int(),
    }),
  ),
  rejected: operation({
    method: 'GET',
    path: '/journal/rejected',
    audit: { look: 'rejected messages' },
    permission: 'events:read',
    summary: 'Refused messages of the last 30 days with their reasons, newest first',
    description: 'As NDJSON, all of them: GET /api/v1/journal/rejected.ndjson.',
  })
    .input(z.object(pageInput))
    .output(pageOf(rejectedMessage)),
};
