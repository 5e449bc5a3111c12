import { COMPARISONS, INTERVALS } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { filterText } from '../../core/fields/vocabulary.ts';
import { day, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';
import { extent, home, outside } from './home-shapes.ts';
import { comment, fieldInfo, metricRow } from './list-shapes.ts';
import { comparison, contrasts, distribution, field, figures, metricInfo, metricKey } from './shapes.ts';

export * from './home-shapes.ts';
export * from './list-shapes.ts';
export * from './shapes.ts';

/** Which facts a question is about. Both days are of the workspace's calendar; `from` inclusive, `to` exclusive. */
export const question = {
  from: day,
  to: day,
  filter: filterText.default(''),
};

/** Which comments: those a listing shows, or an export holds. */
export const commentsFilter = {
  from: day.optional(),
  to: day.optional(),
  filter: question.filter,
  search: z.string().max(200).default(''),
};

/** The other side of a comparison: what is given replaces its part of the question. */
export const otherSide = {
  againstFrom: day.optional(),
  againstTo: day.optional(),
  againstFilter: filterText.optional(),
};

export const metricsContract = {
  list: operation({
    method: 'GET',
    path: '/metrics',
    permission: 'metrics:read',
    summary: 'The metrics there are, each with its one definition',
  }).output(z.object({ items: z.array(metricInfo) })),

  fields: operation({
    method: 'GET',
    path: '/metrics/fields',
    permission: 'metrics:read',
    summary: 'Properties that figures can be broken down and filtered by, with their frequent levels',
  }).output(z.object({ items: z.array(fieldInfo) })),

  extent: operation({
    method: 'GET',
    path: '/metrics/extent',
    permission: 'metrics:read',
    summary: 'The first and last day that have any answer or order: what "all time" means on the pages',
    description:
      'A few facts that lie further from all others than these are long (at most 1 % and 29, a mistyped year) do not stretch it; `outside` tells of them.',
  }).output(z.object({ extent: extent.nullable(), outside: outside.nullable(), zone: z.string() })),

  home: operation({
    method: 'GET',
    path: '/metrics/home',
    permission: 'metrics:read',
    summary: 'All that Home shows for a period and filter',
    description:
      'Without `from` and `to`: the latest months that have data, the longest of twelve, six, three and one that as long a time with data lies before; else all of it.',
  })
    .input(
      z.object({
        from: day.optional(),
        to: day.optional(),
        filter: question.filter,
        interval: z.enum(INTERVALS).optional(),
        /** What the figures' changes are against; `none`: they have none. */
        compare: z.enum(COMPARISONS).default('previous'),
      }),
    )
    .output(home.extend({ from: day, to: day })),

  get: operation({
    method: 'GET',
    path: '/metrics/{key}',
    permission: 'metrics:read',
    summary: 'A metric: overall, by group, over time',
    description:
      '`by`: touchpoint, stage, channel, feedback.<property>, order.<property>, order.late, order.category, person.<trait>, event.<property>.',
  })
    .input(
      z.object({
        key: metricKey,
        ...question,
        interval: z.enum(INTERVALS).optional(),
        by: field.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(figures),

  distribution: operation({
    method: 'GET',
    path: '/metrics/{key}/distribution',
    permission: 'metrics:read',
    summary: 'How the answers of a metric fall to its scores, each share with its interval',
    description:
      'Of nps, csat, csat_mean, ces and rating. Answers on other scales are carried over; what lies between two whole scores falls on the one below, so that the scores of 4 and 5 are the answers that CSAT counts.',
  })
    .input(z.object({ key: metricKey, ...question }))
    .output(distribution),

  compare: operation({
    method: 'GET',
    path: '/metrics/{key}/compare',
    permission: 'metrics:read',
    summary: 'The difference between two groups or two periods, with its interval',
    description:
      'The second side is the same question with what is given replaced: another filter, other days, or both. With nothing given it is the period before. `againstFilter=rest` is all that `filter` does not select.',
  })
    .input(z.object({ key: metricKey, ...question, ...otherSide }))
    .output(comparison),

  contrasts: operation({
    method: 'GET',
    path: '/metrics/{key}/contrasts',
    permission: 'metrics:read',
    summary: 'What goes with a metric: each level of each property against the rest, corrected for how many there are',
    description:
      'With `by` the levels of that property alone, the 40 of most answers, corrected for one another. Two levels are one contrast: it is told of one of them.',
  })
    .input(
      z.object({
        key: metricKey,
        ...question,
        by: field.optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
      }),
    )
    .output(contrasts),

  rows: operation({
    method: 'GET',
    path: '/metrics/{key}/rows',
    audit: { look: 'rows of a metric', id: 'key' },
    permission: 'people:read',
    summary: 'The rows behind a figure, newest first',
  })
    .input(z.object({ key: metricKey, ...question, ...pageInput }))
    .output(pageOf(metricRow)),

  comments: operation({
    method: 'GET',
    path: '/comments',
    audit: { look: 'comments' },
    permission: 'comments:read',
    summary: 'What people said, newest first',
    description:
      '`search`: words that must all occur, whatever their case and accents. Without `from` and `to`: of all times.',
  })
    .input(
      z.object({
        ...pageInput,
        ...commentsFilter,
      }),
    )
    .output(pageOf(comment).extend({ total: z.number().int() })),
};
