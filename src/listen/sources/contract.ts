import { z } from 'zod';
import { instant, operation } from '../../platform/kernel/contract.ts';
import { importKind, mappingShape } from '../imports/vocabulary.ts';
import { everyHours, runState, timesShape } from './vocabulary.ts';

/** A source as it is shown. */
export const sourceShape = z.object({
  id: z.string(),
  name: z.string(),
  place: z.enum(['folder', 'url']),
  /** A path below the workspace's folder, or an address without its query. */
  where: z.string(),
  part: z.string().nullable(),
  kind: importKind,
  /** Of both one, the other null. */
  everyHours: everyHours.nullable(),
  cron: z.string().nullable(),
  /** Null where the expression says more than times of day, on weekdays or days of the month, and where there is none. */
  times: timesShape.nullable(),
  paused: z.boolean(),
  nextRunAt: instant,
  /** Its time has come: it is looked at within five minutes. */
  due: z.boolean(),
  lastRunAt: instant.nullable(),
  lastState: runState.nullable(),
  /** Why the last look failed. */
  lastProblem: z.string().nullable(),
  lastImportId: z.string().nullable(),
});
export type SourceView = z.infer<typeof sourceShape>;

const byId = z.object({ sourceId: z.string().max(60) });
const name = z.string().trim().min(1).max(120);
/** Five fields, by the clock of the workspace: `30 6 * * 1-5`. */
const cron = z.string().trim().min(1).max(120);
const write = { permission: 'imports:write' } as const;

export const sourcesContract = {
  list: operation({
    permission: 'imports:read',
    method: 'GET',
    path: '/import-sources',
    audit: { none: 'Names and places of files.' },
    summary: 'Where files come from by themselves',
  })
    .input(z.object({}))
    .output(
      z.object({
        items: z.array(sourceShape),
        /** Where files of this workspace are looked for on the server; null where it has no folder for them. */
        folder: z.string().nullable(),
      }),
    ),
  create: operation({
    ...write,
    method: 'POST',
    path: '/import-sources',
    audit: { change: 'import source', id: 'id' },
    status: 201,
    summary: 'Have a file or folder imported every so often',
    description:
      'With `everyHours` looked at within five minutes, then every so many hours; with `cron` at the times of the expression, by the clock of the workspace, the minute of which is one number. A file that did not change is not loaded again. The mapping is the one given, the one saved for these columns, or a guess.',
  })
    .input(
      z.object({
        name,
        place: z.enum(['folder', 'url']),
        /** Of a folder or file: its path below the workspace's folder; empty is that folder. */
        path: z.string().max(1_000).optional(),
        url: z.string().max(4_000).optional(),
        /** Sent as the header of that name to the address's own host; never shown again. */
        authorization: z.string().min(1).max(4_000).optional(),
        part: z.string().max(255).optional(),
        kind: importKind,
        mapping: mappingShape.optional(),
        everyHours: everyHours.optional(),
        cron: cron.optional(),
      }),
    )
    .output(sourceShape),
  change: operation({
    ...write,
    method: 'PATCH',
    path: '/import-sources/{sourceId}',
    audit: { change: 'import source', id: 'sourceId' },
    summary: 'Pause a source, let it go on, rename it, or look at it at other times',
  })
    .input(
      byId.extend({
        name: name.optional(),
        paused: z.boolean().optional(),
        everyHours: everyHours.optional(),
        cron: cron.optional(),
      }),
    )
    .output(sourceShape),
  times: operation({
    permission: 'imports:read',
    method: 'GET',
    path: '/import-sources/times',
    audit: { none: 'Times to come.' },
    summary: 'When a cron expression comes next',
  })
    .input(z.object({ cron }))
    .output(z.object({ cron, zone: z.string(), times: timesShape.nullable(), next: z.array(instant) })),
  run: operation({
    ...write,
    method: 'POST',
    path: '/import-sources/{sourceId}/run',
    audit: { change: 'import source', id: 'sourceId' },
    status: 202,
    summary: 'Look at a source now',
  })
    .input(byId)
    .output(sourceShape),
  remove: operation({
    ...write,
    method: 'DELETE',
    path: '/import-sources/{sourceId}',
    audit: { change: 'import source', id: 'sourceId' },
    summary: 'Forget a source; what it brought stays',
  })
    .input(byId)
    .output(z.object({ id: z.string() })),
};
