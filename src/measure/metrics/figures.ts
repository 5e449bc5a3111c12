import { type Interval, bucketsOf, nextBucket } from '@touchstone/domain/calendar';
import { printText } from '@touchstone/domain/predicate';
import { NOTHING, type Sums, intervalOf, meanOf } from '@touchstone/domain/stats';
import type { Asked } from './asking.ts';
import type { Figure, Lineage, SeriesFigure } from './contract.ts';
import { METRIC_SQL } from './facts/sources.ts';
import { type MetricDefinition, methodOf } from './registry.ts';
import { FEW_BELOW_ANSWERS, HIDDEN_BELOW_PEOPLE, type NoValueReason } from './vocabulary.ts';

export interface Ingredients {
  readonly sums: Sums;
  readonly people: number;
}

export const CONFIDENCE = 0.95;

/** A figure without a value, and why. */
export function noFigure(reason: NoValueReason): Figure {
  return { value: null, n: 0, people: 0, low: null, high: null, few: false, reason };
}

/** The figure its ingredients make. A count of nothing is 0; a mean of nothing has no value. */
export function figureOf(metric: MetricDefinition, { sums, people }: Ingredients): Figure {
  const { measure } = metric;
  if (measure === null) return { value: sums.x, n: sums.n, people, low: null, high: null, few: false, reason: null };
  if (sums.n === 0) return noFigure('no-answers');
  const interval = intervalOf(sums, measure, CONFIDENCE);
  return {
    value: meanOf(sums),
    n: sums.n,
    people,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    few: sums.n < FEW_BELOW_ANSWERS,
    reason: null,
  };
}

/** Whether figures of so few are kept from somebody who may not see single persons. An answer of nobody known is a person. */
export function isHidden({ sums }: Ingredients, seesPeople: boolean): boolean {
  return !seesPeople && sums.n > 0 && sums.clusters < HIDDEN_BELOW_PEOPLE;
}

/** The figure, or none where it is hidden. */
export function shownFigure(metric: MetricDefinition, ingredients: Ingredients, seesPeople: boolean): Figure {
  return isHidden(ingredients, seesPeople) ? noFigure('hidden') : figureOf(metric, ingredients);
}

/** Every bucket of the period in order, empty ones too. */
export function seriesOf(
  asked: Asked,
  interval: Interval,
  metric: MetricDefinition,
  points: ReadonlyMap<string, Ingredients>,
  options: { readonly seesPeople: boolean; readonly key: string | null },
): SeriesFigure[] {
  const { period } = asked;
  const nothing: Ingredients = { sums: NOTHING, people: 0 };
  return bucketsOf(period, interval).map((at) => ({
    ...shownFigure(metric, points.get(at) ?? nothing, options.seesPeople),
    at,
    key: options.key,
    partial: at < period.from || nextBucket(at, interval) > period.to,
  }));
}

/** Where a figure comes from. */
export function lineageOf(
  asked: Asked,
  metric: MetricDefinition,
  overall: Ingredients & { readonly excluded: readonly number[] },
  seesPeople: boolean,
): Lineage {
  const hidden = isHidden(overall, seesPeople);
  const excluded = METRIC_SQL[metric.key].excluded.map(([reason], i) => ({ reason, rows: overall.excluded[i] ?? 0 }));
  return {
    metric: metric.key,
    version: metric.version,
    definition: `metrics.${metric.key}.definition`,
    unit: metric.unit,
    source: metric.source,
    moment: metric.moment,
    from: asked.period.from,
    to: asked.period.to,
    zone: asked.workspace.zone,
    filter: printText(asked.filter),
    rows: hidden ? 0 : excluded.reduce((sum, e) => sum + e.rows, overall.sums.n),
    excluded: hidden ? [] : excluded.filter((e) => e.rows > 0),
    n: hidden ? 0 : overall.sums.n,
    people: hidden ? 0 : overall.people,
    method: methodOf(metric),
    confidence: CONFIDENCE,
  };
}
