import { INTERVALS } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { day, instant, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';
import { metricKey } from '../metrics/contract.ts';
import { AGAINST, MOST_LETTERS, PERIODS_BEFORE, VIEWS } from './vocabulary.ts';

/** Whole characters only: the records keep no half of one. */
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\ud800-\udfff]*$/u, 'whole characters');
/** A level of a property: what a group is called by. */
const level = text(1_000);

/** What stands in the address of Explore: the whole question, and how its answer is shown. Nothing else. */
export const viewState = z.strictObject({
  metric: metricKey,
  view: z.enum(VIEWS),
  by: text(200).optional(),
  interval: z.enum(INTERVALS).optional(),
  /** All time; without this and days, the period that is usual when it is opened. */
  period: z.literal('all').optional(),
  from: day.optional(),
  to: day.optional(),
  filter: text(4_000).optional(),
  compare: z.enum(PERIODS_BEFORE).optional(),
  against: z.enum(AGAINST).optional(),
  againstFrom: day.optional(),
  againstTo: day.optional(),
  a: level.optional(),
  b: level.optional(),
});
export type ViewState = z.infer<typeof viewState>;

export const savedView = z.object({
  id: z.string(),
  name: z.string(),
  state: viewState,
  /** As it is opened today: of one that moves with time, the days are moved. */
  opens: viewState,
  moving: z.boolean(),
  shared: z.boolean(),
  /** Whether it is the caller's own: they may change it. */
  mine: z.boolean(),
  removable: z.boolean(),
  /** Who made it; null where that is no member, or no longer one. */
  maker: z.string().nullable(),
  savedAt: instant,
});
export type SavedView = z.infer<typeof savedView>;

const name = z.string().trim().min(1).max(MOST_LETTERS);
const byId = z.object({ viewId: z.string().max(60) });
const write = { permission: 'views:write', audit: { change: 'saved view', id: 'viewId' } } as const;

export const exploreContract = {
  list: operation({
    method: 'GET',
    path: '/views',
    permission: 'metrics:read',
    summary: 'Saved views: those of the workspace and one’s own, the newest first',
  })
    .input(z.object({ ...pageInput, search: z.string().max(80).default('') }))
    .output(pageOf(savedView)),

  get: operation({
    method: 'GET',
    path: '/views/{viewId}',
    permission: 'metrics:read',
    summary: 'A saved view',
  })
    .input(byId)
    .output(savedView),

  create: operation({
    ...write,
    audit: { change: 'saved view', id: 'id' },
    method: 'POST',
    path: '/views',
    status: 201,
    summary: 'Save a view',
    description:
      'A private one is seen by its maker alone. With `moving` its days move along: the last of them is today, and there are as many as there were.',
  })
    .input(z.object({ name, state: viewState, shared: z.boolean().default(false), moving: z.boolean().default(false) }))
    .output(savedView),

  change: operation({
    ...write,
    method: 'PATCH',
    path: '/views/{viewId}',
    summary: 'Rename one’s own view, share it or keep it to oneself, or save another question in it',
  })
    .input(
      byId.extend({
        name: name.optional(),
        shared: z.boolean().optional(),
        state: viewState.optional(),
        moving: z.boolean().optional(),
      }),
    )
    .output(savedView),

  remove: operation({
    ...write,
    method: 'DELETE',
    path: '/views/{viewId}',
    summary: 'Delete a view: one’s own, or as an admin any that is shared',
  })
    .input(byId)
    .output(z.object({ id: z.string() })),
};
