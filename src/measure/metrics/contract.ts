import { INTERVALS } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { day, instant, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';
import { EXCLUSIONS, METRIC_KEYS, NO_VALUE_REASONS, UNITS } from './vocabulary.ts';

const metricKey = z.enum(METRIC_KEYS);
const field = z.string().min(1).max(200);

/** Which facts a question is about. Both days are of the workspace's calendar; `from` inclusive, `to` exclusive. */
const question = {
  from: day,
  to: day,
  /** A predicate: the compact text (`order.state:SP,RJ;score<=2`) or a JSON tree. Empty is everything. */
  filter: z.string().max(20_000).default(''),
};

/**
 * One figure. `value` null: there is none, and `reason` says why. `low` and `high` are its 95 % interval; null for
 * counts and where the answers cannot carry one. `n` counts answers (orders, for metrics of orders), `people` persons.
 */
export const figure = z.object({
  value: z.number().nullable(),
  n: z.number().int(),
  people: z.number().int(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Rests on fewer than 30 answers: show it marked. Never true of counts. */
  few: z.boolean(),
  reason: z.enum(NO_VALUE_REASONS).nullable(),
});
export type Figure = z.infer<typeof figure>;

/** The figure of one level of `by`. The key is an id for touchpoint, stage and channel, "" where the field has no value. */
export const groupFigure = figure.extend({
  key: z.string(),
  /** For people to read: the catalogue's name, or the key itself; "" where the field has no value. */
  label: z.string(),
});
export type GroupFigure = z.infer<typeof groupFigure>;

/** The figure of one bucket. `at` is its first day; `partial` when the period covers only part of it. */
export const seriesFigure = figure.extend({
  at: day,
  partial: z.boolean(),
  /** With `by`: the group's key. */
  key: z.string().nullable(),
});
export type SeriesFigure = z.infer<typeof seriesFigure>;

/** Where a number comes from. Texts are message keys: `metrics.definition.<definition>`. */
export const lineage = z.object({
  metric: metricKey,
  version: z.number().int(),
  /** Message key of the definition: `metrics.nps.definition`. */
  definition: z.string(),
  unit: z.enum(UNITS),
  /** What is counted: answers or orders. */
  source: z.enum(['feedback', 'orders']),
  /** Which moment puts a row into the period: `answered`, `placed`, `delivered`. */
  moment: z.enum(['answered', 'placed', 'delivered']),
  from: day,
  to: day,
  zone: z.string(),
  /** The filter in its compact text; "" is everything. */
  filter: z.string(),
  /** Rows of the source in the period that satisfy the filter, before exclusions. */
  rows: z.number().int(),
  /** Rows left out, by reason: message key `metrics.exclusion.<reason>`. Reasons with no rows are left out. */
  excluded: z.array(z.object({ reason: z.enum(EXCLUSIONS), rows: z.number().int() })),
  n: z.number().int(),
  people: z.number().int(),
  /** Message key `metrics.method.<method>`; `none` for counts. */
  method: z.enum(['none', 'wilson', 'score', 't']),
  /** 0.95. */
  confidence: z.number(),
});
export type Lineage = z.infer<typeof lineage>;

export const figures = z.object({
  overall: figure,
  /** With `by`: most answers first. */
  groups: z.array(groupFigure),
  /** With `interval`: by bucket in order, empty buckets too; with `by` also each group's, after those of all. */
  series: z.array(seriesFigure),
  /** With `by`: levels beyond `limit`, which are in `overall` only. */
  otherGroups: z.number().int(),
  lineage,
});
export type Figures = z.infer<typeof figures>;

/** `unclear`: the interval holds zero (after correction where one of many); say "no clear change". */
export const verdict = z.enum(['higher', 'lower', 'unclear']);

/** First less second, in the metric's unit, with its 95 % interval. */
export const difference = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.number(),
  verdict,
});
export type Difference = z.infer<typeof difference>;

export const comparison = z.object({
  first: figure,
  second: figure,
  /** Null for counts, and where one side has no interval. */
  difference: difference.nullable(),
  lineage,
  against: lineage,
});
export type Comparison = z.infer<typeof comparison>;

/** One level of one property against all other answers that have the property. */
export const contrast = z.object({
  field,
  /** The property's own name: `payment_type` of `order.payment_type`; `late`. */
  name: z.string(),
  /** The level: `true`, `SP`. */
  level: z.string(),
  /** For people to read; see groups. */
  label: z.string(),
  /** The filter that selects the level, to add to the page's own. */
  filter: z.string(),
  figure,
  rest: figure,
  difference: difference.extend({
    /** p after Holm's correction for all contrasts looked at; the verdict rests on this one. */
    pCorrected: z.number(),
  }),
  /** Share of the answers that are of this level. */
  share: z.number(),
  /** What the metric would gain over all answers if this level fared as the rest do: share × (rest − level). Positive is better. */
  gain: z.number(),
  /** Other names for the very same answers, left out of the list. */
  alsoKnownAs: z.array(z.object({ field, level: z.string() })),
});
export type Contrast = z.infer<typeof contrast>;

export const contrasts = z.object({
  overall: figure,
  /** Clear ones first, by the size of what they would gain or lose. */
  items: z.array(contrast),
  /** How many contrasts were looked at, all corrected for one another. */
  compared: z.number().int(),
  lineage,
});
export type Contrasts = z.infer<typeof contrasts>;

export const metricInfo = z.object({
  key: metricKey,
  version: z.number().int(),
  /** Message keys. */
  name: z.string(),
  definition: z.string(),
  unit: z.enum(UNITS),
  /** Ends of what the value may be; null where open. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Null: neither is better (counts). */
  higherIsBetter: z.boolean().nullable(),
  source: z.enum(['feedback', 'orders']),
  moment: z.enum(['answered', 'placed', 'delivered']),
  method: z.enum(['none', 'wilson', 'score', 't']),
});
export type MetricInfo = z.infer<typeof metricInfo>;

/** A property one may break down or filter by: `order.payment_type`. */
export const fieldInfo = z.object({
  field,
  /** Whose property it is. `fact`: touchpoint, stage, channel. */
  of: z.enum(['fact', 'feedback', 'order', 'person']),
  name: z.string(),
  /** `text`: few or many levels; `number`; `list`. */
  kind: z.enum(['text', 'number', 'boolean', 'list']),
  /** Frequent levels, most frequent first, at most 20; empty for numbers. */
  levels: z.array(z.object({ key: z.string(), label: z.string(), rows: z.number().int() })),
});
export type FieldInfo = z.infer<typeof fieldInfo>;

/** A row behind a figure. */
export const metricRow = z.object({
  id: z.string(),
  of: z.enum(['feedback', 'order']),
  at: instant,
  /** What it adds to the mean: 100, 0 or -100 for NPS, 1 or 0 for shares, the score or the days else; null where it only counts. */
  value: z.number().nullable(),
  score: z.number().nullable(),
  text: z.string(),
  person: z.object({ id: z.string(), label: z.string() }).nullable(),
  orderId: z.string().nullable(),
  touchpoint: z.string(),
  stage: z.string(),
  channel: z.string(),
});
export type MetricRow = z.infer<typeof metricRow>;

/** What somebody said, with who and about what. */
export const comment = z.object({
  id: z.string(),
  at: instant,
  text: z.string(),
  language: z.string(),
  source: z.string(),
  instrument: z.string(),
  score: z.number().nullable(),
  scaleMin: z.number().nullable(),
  scaleMax: z.number().nullable(),
  /** How the score stands on its scale; null without one. `low`: detractor or the lower half, `high`: promoter or top box. */
  mood: z.enum(['low', 'middle', 'high']).nullable(),
  /** null: nobody known, or the caller may not see people. */
  person: z.object({ id: z.string(), label: z.string() }).nullable(),
  orderId: z.string().nullable(),
  /** Of its order; null where unknown. */
  late: z.boolean().nullable(),
  /** Catalogue ids and names, "" where there is none. */
  touchpoint: z.object({ id: z.string(), name: z.string() }),
  stage: z.object({ id: z.string(), name: z.string() }),
  channel: z.string(),
});
export type Comment = z.infer<typeof comment>;

/** A fact of the sentence that opens a page: message key `metrics.finding.<kind>`, with its values. */
export const finding = z.object({
  kind: z.enum(['nothing', 'level', 'levelFew', 'higher', 'lower', 'unclear', 'weakest', 'goesWith']),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type FindingFact = z.infer<typeof finding>;

const placeFigure = groupFigure.extend({
  /** For touchpoints: the stage they lie in, "" where none. */
  stageId: z.string(),
  /** Nobody rates it: what is known of it is an assumption. */
  assumption: z.boolean(),
});

/** All that Home shows, for one period and filter. */
export const home = z.object({
  /** First and last day with any answer or order (both inclusive); null when nothing is loaded. */
  extent: z.object({ from: day, to: day }).nullable(),
  zone: z.string(),
  /** The period before, which `change` compares with. */
  previous: z.object({ from: day, to: day }),
  /** The score most people answered in the period: what Home tells about. Null without any score. */
  headline: metricKey.nullable(),
  findings: z.array(finding),
  /** Every metric, in the registry's order. */
  figures: z.array(
    z.object({
      metric: metricKey,
      unit: z.enum(UNITS),
      higherIsBetter: z.boolean().nullable(),
      figure,
      /** Against the period before. Null where there is nothing to compare. */
      change: difference.nullable(),
      before: figure,
    }),
  ),
  /** The headline's, by `interval`. */
  interval: z.enum(INTERVALS),
  series: z.array(seriesFigure),
  /** The headline's, in the catalogue's order, those nobody rates too; what lies nowhere at the end with key "". */
  stages: z.array(placeFigure),
  touchpoints: z.array(placeFigure),
  contrasts: z.array(contrast),
  compared: z.number().int(),
  lineage: lineage.nullable(),
});
export type Home = z.infer<typeof home>;

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
  }).output(z.object({ extent: z.object({ from: day, to: day }).nullable(), zone: z.string() })),

  home: operation({
    method: 'GET',
    path: '/metrics/home',
    permission: 'metrics:read',
    summary: 'All that Home shows for a period and filter',
    description: 'Without `from` and `to`: the last 90 days that have data.',
  })
    .input(
      z.object({
        from: day.optional(),
        to: day.optional(),
        filter: question.filter,
        interval: z.enum(INTERVALS).optional(),
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

  compare: operation({
    method: 'GET',
    path: '/metrics/{key}/compare',
    permission: 'metrics:read',
    summary: 'The difference between two groups or two periods, with its interval',
    description:
      'The second side is the same question with what is given replaced: another filter, other days, or both. With nothing given it is the period before. `againstFilter=rest` is all that `filter` does not select.',
  })
    .input(
      z.object({
        key: metricKey,
        ...question,
        againstFrom: day.optional(),
        againstTo: day.optional(),
        againstFilter: z.string().max(20_000).optional(),
      }),
    )
    .output(comparison),

  contrasts: operation({
    method: 'GET',
    path: '/metrics/{key}/contrasts',
    permission: 'metrics:read',
    summary: 'What goes with a metric: each level of each property against the rest, corrected for how many there are',
  })
    .input(z.object({ key: metricKey, ...question, limit: z.coerce.number().int().min(1).max(100).default(20) }))
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
        from: day.optional(),
        to: day.optional(),
        filter: question.filter,
        search: z.string().max(200).default(''),
      }),
    )
    .output(pageOf(comment).extend({ total: z.number().int() })),
};
