import { type Interval, bucketsOf, dayAt, nextBucket } from '@touchstone/domain/calendar';
import { printText } from '@touchstone/domain/predicate';
import { NOTHING, type Sums, intervalOf, meanOf, suppress } from '@touchstone/domain/stats';
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
export function shownFigure(metric: MetricDefinition, ingredients: Ingredients, hidden: boolean): Figure {
  return hidden ? noFigure('hidden') : figureOf(metric, ingredients);
}

/** A part of an answer: of a level, of a bucket, or of both. */
interface Part extends Ingredients {
  readonly level: string | null;
  readonly at: string | null;
}

/**
 * Those parts of one answer that are hidden from somebody who may not see single persons: those of too few people, and
 * as many more as keep these from being worked out of the sums that are shown. Levels of a list need not add up to the
 * whole; they are treated as if they did.
 */
export function hiddenParts(parts: readonly Part[], seesPeople: boolean): ReadonlySet<Part> {
  if (seesPeople) return new Set();
  const people = ({ sums }: Part): number => (sums.n > 0 ? sums.clusters : 0);
  const edges = parts.filter((p) => (p.level === null) !== (p.at === null));
  const edgesHidden = suppress(
    edges.map((p) => ({ people: people(p), lines: [p.at === null ? 'levels' : 'buckets'] })),
    HIDDEN_BELOW_PEOPLE,
  );
  const hidden = new Set<Part>(edges.filter((_, i) => edgesHidden[i]));
  const gone = new Set([...hidden].map((p) => lineOf(p.level, p.at)));
  const cells = parts.filter((p) => p.level !== null && p.at !== null);
  const cellsHidden = suppress(
    cells.map((p) => {
      const lines = [lineOf(p.level, null), lineOf(null, p.at)];
      return { people: people(p), lines, hidden: lines.some((line) => gone.has(line)) };
    }),
    HIDDEN_BELOW_PEOPLE,
  );
  for (const [i, cell] of cells.entries()) if (cellsHidden[i] === true) hidden.add(cell);
  return hidden;
}

function lineOf(level: string | null, at: string | null): string {
  return level === null ? `at ${at ?? ''}` : `level ${level}`;
}

/** Every bucket of the period in order, empty ones too. */
export function seriesOf(
  asked: Asked,
  interval: Interval,
  metric: MetricDefinition,
  points: ReadonlyMap<string, Part>,
  options: { readonly hidden: ReadonlySet<Part>; readonly key: string | null },
): SeriesFigure[] {
  const { period } = asked;
  const nothing = figureOf(metric, { sums: NOTHING, people: 0 });
  return bucketsOf(period, interval).map((at) => {
    const point = points.get(at);
    return {
      ...(point === undefined ? nothing : shownFigure(metric, point, options.hidden.has(point))),
      at,
      key: options.key,
      partial: at < period.from || nextBucket(at, interval) > period.to,
    };
  });
}

/**
 * Where a figure comes from.
 * @param border the moment before which rows of its source have left
 */
export function lineageOf(
  asked: Asked,
  metric: MetricDefinition,
  overall: Ingredients & { readonly excluded: readonly number[] },
  { seesPeople, border }: { readonly seesPeople: boolean; readonly border: Date | null },
): Lineage {
  const keptSince = border === null ? null : dayAt(border.getTime(), asked.workspace.zone);
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
    keptSince: keptSince !== null && asked.period.from < keptSince ? keptSince : null,
  };
}
