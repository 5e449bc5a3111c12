import { z } from 'zod';
import { filterText } from '../../core/fields/vocabulary.ts';
import { day, instant } from '../../platform/kernel/contract.ts';
import { CHANGES, NO_FIGURE_REASONS } from './vocabulary.ts';

const n = z.number().int();
const reason = z.enum(NO_FIGURE_REASONS).nullable();

/** A share of those who answered, or a mean, with its 95 % interval; null where there is none, or too few for one. */
const figure = {
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
};
export const figureShape = z.object(figure);
export type Figure = z.infer<typeof figureShape>;

/** One thing that could be answered, and the share of answers that did. Hidden ones have no numbers. */
export const optionShape = z.object({
  id: z.string(),
  label: z.string(),
  n: n.nullable(),
  hidden: z.boolean(),
  ...figure,
});
export type Option = z.infer<typeof optionShape>;

/**
 * A part that is rated by itself: a row of a matrix (mean of its columns' values), an item of a ranking (mean rank, 1 the
 * first), of a constant sum (mean part), of a MaxDiff (best less worst, -1 to 1).
 */
export const itemShape = z.object({
  id: z.string(),
  label: z.string(),
  n,
  hidden: z.boolean(),
  ...figure,
  /** Of a matrix the columns; of a ranking the ranks. */
  options: z.array(optionShape),
});
export type Item = z.infer<typeof itemShape>;

export const questionShape = z.object({
  /** `q1`, in a round of a loop `q1@item`. */
  key: z.string(),
  questionId: z.string(),
  kind: z.string(),
  title: z.string(),
  /** What its round was about; empty outside of loops. */
  round: z.string(),
  /** Whether the newest version asks it no more. */
  removed: z.boolean(),
  /** To how many it was shown, and how many answered. */
  shown: n,
  answered: n,
  /** Fewer than 30 answered. */
  few: z.boolean(),
  reason,
  /** Of scales: NPS (-100 to 100), else the mean; of numbers their mean. `n`: of how many; null where that told of too few. */
  figure: figureShape.extend({ n: n.nullable() }).nullable(),
  scale: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Of NPS: detractors, passives, promoters. */
  moods: z.array(optionShape),
  /** Points of a scale, choices, months of a date; `none`: it does not apply. */
  options: z.array(optionShape),
  /** Some of what was answered is of so few people that it is not told. */
  hiddenOptions: z.boolean(),
  items: z.array(itemShape),
  numbers: z
    .object({
      n,
      /** Null for who may not see single persons. */
      least: z.number().nullable(),
      most: z.number().nullable(),
      /** At 10, 25, 50, 75 and 90 of 100; empty where too few answered. */
      quantiles: z.array(z.number()),
    })
    .nullable(),
  /** Whether what was typed can be read, through `texts`. */
  typed: z.boolean(),
});
export type QuestionResult = z.infer<typeof questionShape>;

/** A score of the survey, of those of whom there is one: its mean. Hidden ones have no numbers. */
export const scoreShape = z.object({
  id: z.string(),
  name: z.string(),
  /** `percent`: 0 to 100. */
  how: z.enum(['sum', 'mean', 'percent']),
  n,
  hidden: z.boolean(),
  ...figure,
});
export type ScoreResult = z.infer<typeof scoreShape>;

export const versionShape = z.object({
  version: n,
  publishedAt: instant,
  responses: n,
  /** Since the version before. */
  changes: z.array(z.object({ what: z.enum(CHANGES), questionId: z.string(), title: z.string() })),
});

export const pageShape = z.object({
  id: z.string(),
  title: z.string(),
  /** How many came as far as this page, or further. */
  reached: n,
  /** How many of those who left did so after it. */
  stopped: n,
});

export const resultsShape = z.object({
  survey: z.object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['draft', 'open', 'closed']),
    anonymous: z.boolean(),
  }),
  counts: z.object({
    complete: n,
    partial: n,
    screenedOut: n,
    overQuota: n,
    /** Begun and not ended, of all; null where only a part of the responses is asked about. */
    open: n.nullable(),
  }),
  /** Why nothing is told, if so. */
  reason,
  /** Half of those who completed it took no longer. */
  medianSeconds: z.number().nullable(),
  firstAt: instant.nullable(),
  lastAt: instant.nullable(),
  questions: z.array(questionShape),
  /** In the order of the newest version. */
  scores: z.array(scoreShape),
  pages: z.array(pageShape),
  versions: z.array(versionShape),
});
export type Results = z.infer<typeof resultsShape>;

export const seriesShape = z.object({
  points: z.array(z.object({ at: z.string(), n, hidden: z.boolean(), ...figure })),
});
export type ResultSeries = z.infer<typeof seriesShape>;

const level = z.object({ id: z.string(), label: z.string(), n });
export const crossShape = z.object({
  rows: z.array(level),
  columns: z.array(level),
  /** Who has a level of both. */
  n,
  reason,
  /** By row and column. `share`: of the column. */
  cells: z.array(
    z.array(
      z.object({
        n: n.nullable(),
        hidden: z.boolean(),
        share: z.number().nullable(),
        /** Standard errors from what independence would make it. */
        residual: z.number().nullable(),
        verdict: z.enum(['higher', 'lower', 'unclear']),
      }),
    ),
  ),
  /** Null where one may have several levels at once, or nothing can be told. */
  test: z
    .object({
      statistic: z.number(),
      df: n,
      p: z.number(),
      how: z.enum(['chi-square', 'exact', 'drawn']),
      strength: z.number(),
    })
    .nullable(),
  /** Some levels were too many to show. */
  more: z.boolean(),
  /** A response may have several levels of it. */
  several: z.boolean(),
});
export type Cross = z.infer<typeof crossShape>;

export const axisShape = z.object({
  axis: z.string(),
  kind: z.enum(['question', 'version', 'language', 'channel', 'state', 'hidden']),
  label: z.string(),
  levels: z.array(z.object({ id: z.string(), label: z.string() })),
});
export type AxisListed = z.infer<typeof axisShape>;

const side = z.object({ n, ...figure });
export const comparisonShape = z.object({
  first: z.object({ n }),
  second: z.object({ n }),
  reason,
  questions: z.array(
    z.object({
      key: z.string(),
      questionId: z.string(),
      kind: z.string(),
      title: z.string(),
      round: z.string(),
      lines: z.array(
        z.object({
          /** Empty: of the question as a whole. Else a choice, a row or an item. */
          id: z.string(),
          label: z.string(),
          measure: z.enum(['nps', 'mean', 'share', 'rank', 'score']),
          first: side,
          second: side,
          /** The first less the second, with its 95 % interval. */
          difference: z.object({ value: z.number(), low: z.number(), high: z.number(), p: z.number() }).nullable(),
          verdict: z.enum(['higher', 'lower', 'unclear']),
          hidden: z.boolean(),
        }),
      ),
    }),
  ),
});
export type Comparison = z.infer<typeof comparisonShape>;

export const textShape = z.object({
  text: z.string(),
  at: instant,
  language: z.string(),
  version: n,
  /** Null for who may not read single responses. */
  responseId: z.string().nullable(),
});
export type Typed = z.infer<typeof textShape>;

/** Which responses a report tells of. */
export const reportScope = z.object({
  from: day.optional(),
  to: day.optional(),
  filter: filterText.default(''),
  where: filterText.default(''),
});
export type ReportScope = z.infer<typeof reportScope>;

export const reportShape = z.object({
  id: z.string(),
  name: z.string(),
  texts: z.boolean(),
  expiresAt: instant.nullable(),
  createdAt: instant,
});
export type Report = z.infer<typeof reportShape>;

export const reportShown = z.object({
  name: z.string(),
  company: z.string(),
  zone: z.string(),
  expiresAt: instant.nullable(),
  from: day.nullable(),
  to: day.nullable(),
  /** Whether it tells of some responses alone, beside its days. */
  narrowed: z.boolean(),
  results: resultsShape,
  /** The newest of what was typed, by key of the question; none unless that was chosen. */
  texts: z.array(z.object({ key: z.string(), items: z.array(z.object({ text: z.string(), language: z.string() })) })),
});
export type ReportShown = z.infer<typeof reportShown>;
