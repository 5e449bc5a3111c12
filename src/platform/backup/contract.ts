import { z } from 'zod';
import { instant, operation } from '../kernel/contract.ts';
import { stateOf } from './vocabulary.ts';

const backup = z.object({
  /** Its folder in the place where backups are kept. */
  name: z.string(),
  state: stateOf,
  startedAt: instant,
  finishedAt: instant.nullable(),
  bytes: z.number().int().nullable(),
  /** Why it failed, in words. */
  problem: z.string().nullable(),
});

export const backupContract = {
  list: operation({
    method: 'GET',
    path: '/backups',
    permission: 'operations:read',
    summary: 'Backups that the schedule took, the latest first, and when the next is due',
  })
    .input(z.object({}))
    .output(
      z.object({
        /** Whether any are taken by themselves: `BACKUP_TO`. */
        scheduled: z.boolean(),
        /** Five fields of cron, UTC. */
        schedule: z.string(),
        items: z.array(backup),
      }),
    ),
};
