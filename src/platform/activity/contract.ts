import { z } from 'zod';
import { instant, operation } from '../kernel/contract.ts';
import { HAPPENING_STATES } from './vocabulary.ts';

export const happening = z.object({
  /** The same for as long as it is the same thing. */
  id: z.string(),
  /** What it is, by who tells of it: `imports.load`, `catalogue.apply`. */
  what: z.string(),
  state: z.enum(HAPPENING_STATES),
  /** What it is known by: a file's name, an address; null where there is one of it alone. */
  name: z.string().nullable(),
  /** How many it is about: rows that came in, facts that changed. */
  count: z.number().int().nullable(),
  /** How far it is, 0–1; null where nobody knows. */
  share: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** When it began, ended, or came up. */
  at: instant,
});
export type HappeningView = z.infer<typeof happening>;

export const activityContract = {
  list: operation({
    method: 'GET',
    path: '/activity',
    permission: 'workspace:read',
    audit: { none: 'Names of files, counts, and who joined or was invited.' },
    summary: 'Long work under way, what of it ended in the last two weeks, and what waits for a person',
  }).output(
    z.object({
      items: z.array(happening),
      /** When the member last looked; null before the first time, and for keys. */
      seenAt: instant.nullable(),
    }),
  ),
  seen: operation({
    method: 'PUT',
    path: '/activity/seen',
    permission: 'workspace:read',
    audit: { none: 'When a member looked at the list.' },
    summary: 'Say that one has seen all there is up to a moment; for members',
  })
    .input(z.object({ at: instant }))
    .output(z.object({ seenAt: instant })),
};
