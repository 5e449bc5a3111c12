import { z } from 'zod';
import { day } from '../../platform/kernel/contract.ts';
import { EXCLUSIONS, METRIC_KEYS, MOODS, NO_VALUE_REASONS, UNITS } from './vocabulary.ts';

export const metricKey = z.enum(METRIC_KEYS);
export const field = z.string().min(1).max(200);

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
  /** The first day of which everything is still kept, where the period begins before it: earlier rows have left. */
  keptSince: day.nullable(),
});
export type Lineage = z.infer<typeof lineage>;

/** `unclear`: the interval holds zero (after correction where one of many); say "no clear change". */
export const verdict = z.enum(['higher', 'lower', 'unclear']);

/** What a finding is about, and the filter that selects it. */
const subject = z.object({ field, level: z.string(), label: z.string(), filter: z.string() });

/** A figure as a finding tells it; `people` is null where they were not counted. */
const toldFigure = figure.omit({ reason: true }).extend({ people: z.number().int().nullable() });

/**
 * One thing that may be said of the figures (domain/findings): nothing in it is claimed that its interval, corrected for
 * all that was looked at, does not carry.
 */
export const finding = z.object({
  /**
   * `nothing`: no figure. `level`: the headline's. `since`: the last change in its course (of other metrics: in theirs, over both periods where they meet); `where`: a stage in which it shows,
   * without a subject: in none by itself; `was`: a change before it; `drift`: a steady one; `steady`: none that lasts;
   * `short`: too little to tell. `change`: a metric against the other period. `stage`, `group`: what is clearly worse.
   */
  kind: z.enum(['nothing', 'level', 'since', 'where', 'was', 'drift', 'steady', 'short', 'change', 'stage', 'group']),
  metric: metricKey,
  direction: verdict,
  /** Whether that is good news. */
  tone: z.enum(['better', 'worse', 'neither']),
  /** Of stages and groups: which, and the filter that selects it, to add to the page's own. */
  subject: subject.nullable(),
  figure: toldFigure.nullable(),
  /** What it is held against: before, the other period, the others. */
  other: toldFigure.nullable(),
  change: z
    .object({ value: z.number(), low: z.number(), high: z.number(), p: z.number(), pCorrected: z.number() })
    .nullable(),
  /** How many differences (of `since` and `was`: moments) were looked at together. */
  among: z.number().int(),
  /** The first day of the new level, the first and last day it may have begun, and its last day where it did not last. */
  since: z.object({ at: day, earliest: day, latest: day, until: day.nullable() }).nullable(),
  /** What the headline would gain over all answers if these fared as the others; of `since`: if all were as it is since, of `was`: without it. Positive is better; `low` to `high` is 95 %. */
  gain: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Of groups: others of which no clear difference is left among the answers that are not of this one; they are told with it. */
  covers: z.array(subject),
});
export type FindingFact = z.infer<typeof finding>;

export const figures = z.object({
  overall: figure,
  /** With `by`: most answers first. */
  groups: z.array(groupFigure),
  /** With `interval`: by bucket in order, empty buckets too; with `by` also each group's, after those of all. */
  series: z.array(seriesFigure),
  /** With `by`: levels beyond `limit`, which are in `overall` only. */
  otherGroups: z.number().int(),
  /** With `interval`, without `by`: what the course carries, the last change first; or that it carries none, or is too short to tell. None of counts. */
  findings: z.array(finding),
  lineage,
});
export type Figures = z.infer<typeof figures>;

/** First less second, in the metric's unit, with its 95 % interval. */
export const difference = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.number(),
  verdict,
});
export type Difference = z.infer<typeof difference>;

/** With p after Holm's correction for all differences that were looked at together; the verdict rests on this one. */
export const correctedDifference = difference.extend({ pCorrected: z.number() });

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
  difference: correctedDifference,
  /** Share of the answers that are of this level. */
  share: z.number(),
  /** What the metric would gain over all answers if this level fared as the rest do: share × (rest − level). Positive is better. */
  gain: z.number(),
  /** Other names for the very same answers, left out of the list. */
  alsoKnownAs: z.array(z.object({ field, level: z.string(), label: z.string() })),
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

/** Answers of one score or of several that sound alike. */
export const scorePart = z.object({
  /** Whole scores on the metric's scale, both inclusive; what lies between two falls on the one below. */
  from: z.number().int(),
  to: z.number().int(),
  mood: z.enum(MOODS),
  n: z.number().int(),
  people: z.number().int(),
  /** Of all answers, 0 to 1, with its 95 % interval. */
  share: z.number(),
  low: z.number(),
  high: z.number(),
});
export type ScorePart = z.infer<typeof scorePart>;

export const distribution = z.object({
  /** All answers that count. */
  n: z.number().int(),
  people: z.number().int(),
  few: z.boolean(),
  /** Why nothing is shown; null: something is. */
  reason: z.enum(NO_VALUE_REASONS).nullable(),
  /** Of NPS detractors, passives and promoters; of other scales the lower half, between, and the top quarter. */
  moods: z.array(scorePart),
  /** Each score from the lowest up; none where one is of fewer than 5 people, to whoever may not see people. */
  scores: z.array(scorePart),
  lineage,
});
export type Distribution = z.infer<typeof distribution>;

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
  /** The scale of its answers; null where they are no scores. */
  scale: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Null: neither is better (counts). */
  higherIsBetter: z.boolean().nullable(),
  source: z.enum(['feedback', 'orders']),
  moment: z.enum(['answered', 'placed', 'delivered']),
  method: z.enum(['none', 'wilson', 'score', 't']),
});
export type MetricInfo = z.infer<typeof metricInfo>;
