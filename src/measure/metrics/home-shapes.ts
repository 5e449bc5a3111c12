import { COMPARISONS, INTERVALS } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { day } from '../../platform/kernel/contract.ts';
import {
  contrast,
  correctedDifference,
  figure,
  finding,
  groupFigure,
  lineage,
  metricKey,
  seriesFigure,
} from './shapes.ts';
import { UNITS } from './vocabulary.ts';

const placeFigure = groupFigure.extend({
  /** For touchpoints: the stage they lie in, "" where none. */
  stageId: z.string(),
  /** Nobody rates it: what is known of it is an assumption. */
  assumption: z.boolean(),
});

/** First and last day of the facts, both inclusive. */
export const extent = z.object({ from: day, to: day });
export type Extent = z.infer<typeof extent>;

/** The few facts that are so far from all others that the extent leaves them out: how many, and the first and last day with them. */
export const outside = z.object({ facts: z.number().int(), from: day, to: day });
export type Outside = z.infer<typeof outside>;

/** All that Home shows, for one period and filter. */
export const home = z.object({
  /** First and last day with any answer or order, without strays; null when nothing is loaded. */
  extent: extent.nullable(),
  /** What `extent` leaves out; null: nothing. */
  outside: outside.nullable(),
  zone: z.string(),
  compare: z.enum(COMPARISONS),
  /** The days that `change` compares with; with `compare: none` the period before, which nothing is compared with. */
  previous: z.object({ from: day, to: day }),
  /** The score most people answered in the period: what Home tells about. Null without any score. */
  headline: metricKey.nullable(),
  /** What matters most first, and with it the page opens; then level, course, changes, and what is clearly worse, most to gain first. */
  findings: z.array(finding),
  /** Every metric, in the registry's order. */
  figures: z.array(
    z.object({
      metric: metricKey,
      unit: z.enum(UNITS),
      higherIsBetter: z.boolean().nullable(),
      figure,
      /** Against the other period, corrected for all metrics compared. Null where there is nothing to compare. */
      change: correctedDifference.nullable(),
      before: figure,
      /** Its values by the whole buckets of the period, `interval` long; none where fewer than two are known. */
      course: z.array(z.number().nullable()),
    }),
  ),
  /** The headline's, by `interval`. */
  interval: z.enum(INTERVALS),
  series: z.array(seriesFigure),
  /** What stages and touchpoints are told in: the headline where nothing else was asked, else the score of all that was asked. Null without any score. */
  journey: metricKey.nullable(),
  /** In the catalogue's order, those nobody rates too; what lies nowhere at the end with key "". */
  stages: z.array(placeFigure),
  touchpoints: z.array(placeFigure),
  contrasts: z.array(contrast),
  compared: z.number().int(),
  lineage: lineage.nullable(),
});
export type Home = z.infer<typeof home>;
