import { z } from 'zod';
import { day, instant, operation } from '../../platform/kernel/contract.ts';
import { DEMO_STATES, MOST_PEOPLE } from './vocabulary.ts';

export const demoView = z.object({
  state: z.enum(DEMO_STATES),
  company: z.string(),
  people: z.number().int(),
  /** How far it is, 0 to 1. */
  share: z.number(),
  /** Those that are in. */
  events: z.number().int(),
  /** The day it ends before; null while there is none. */
  today: day.nullable(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** Why it could not be brought in. */
  problem: z.string().nullable(),
  /** Whether the workspace was opened for it, and goes with it. */
  opened: z.boolean(),
});
export type DemoView = z.infer<typeof demoView>;

export const demoContract = {
  get: operation({
    method: 'GET',
    path: '/demo',
    permission: 'workspace:read',
    summary: 'How the demo company stands in the workspace',
  }).output(demoView),
  open: operation({
    method: 'POST',
    path: '/demo/open',
    permission: 'operations:write',
    audit: { change: 'demo company', id: 'workspaceId' },
    perMinute: 5,
    status: 202,
    summary: 'Open the demo company in a workspace of its own; for owners',
    description: 'Whoever has opened it already is given the same workspace.',
  }).output(z.object({ workspaceId: z.string() })),
  fill: operation({
    method: 'POST',
    path: '/demo/fill',
    permission: 'imports:write',
    audit: { change: 'demo company' },
    perMinute: 20,
    status: 202,
    summary: 'Fill this workspace, where it is empty, with the demo company',
    description:
      'Answers 409 where the workspace has data of its own. Where the company is there already nothing changes.',
  })
    .input(
      z.object({
        people: z.number().int().min(1).max(MOST_PEOPLE).optional(),
        seed: z.string().min(1).max(60).optional(),
      }),
    )
    .output(demoView),
  remove: operation({
    method: 'DELETE',
    path: '/demo',
    permission: 'workspace:write',
    audit: { change: 'demo company' },
    status: 202,
    summary: 'Stop filling, and take the demo company out again',
    description:
      'A workspace that was opened for it goes too, where nothing else came in; so only an owner removes it there.',
  }).output(demoView),
};
