import { SCALES, type Scale } from '@touchstone/domain/scores';
import type { Measure } from '@touchstone/domain/stats';
import { METRIC_KEYS, type MetricKey, type Unit } from './vocabulary.ts';

/**
 * The one definition of a metric. What its rows, values and exclusions are in SQL stands in `facts/sources.ts`, under
 * the same keys; its words stand in the messages `metrics.<key>.name` and `metrics.<key>.definition`.
 */
export interface MetricDefinition {
  readonly key: MetricKey;
  /** Grows whenever the same rows may give another number. */
  readonly version: number;
  readonly unit: Unit;
  readonly source: 'feedback' | 'orders';
  /** What its answers were asked with; null: any, or no answers. */
  readonly instrument: keyof typeof SCALES | null;
  /** Which moment of a row must lie in the period. */
  readonly moment: 'answered' | 'placed' | 'delivered';
  /** How its rows' values make a mean with an interval; null where it only counts. */
  readonly measure: Measure | null;
  readonly higherIsBetter: boolean | null;
  /** No figure where nothing of this was ever loaded: a shop that loads no returns has no return rate, not one of zero. */
  readonly needsEver: 'returns' | null;
  /** So many days what a row is may still change: a parcel that came yesterday may come back tomorrow. Null: it is what it is. */
  readonly ripensDays: number | null;
}

const usual = { version: 1, instrument: null, needsEver: null, ripensDays: null } as const;
const answered = { ...usual, source: 'feedback', moment: 'answered' } as const;
const delivered = { ...usual, source: 'orders', moment: 'delivered' } as const;

const DEFINITIONS: Readonly<Record<MetricKey, Omit<MetricDefinition, 'key'>>> = {
  nps: {
    ...answered,
    instrument: 'nps',
    unit: 'points',
    measure: { kind: 'bounded', low: -100, high: 100 },
    higherIsBetter: true,
  },
  csat: { ...answered, instrument: 'csat', unit: 'share', measure: { kind: 'share' }, higherIsBetter: true },
  csat_mean: {
    ...answered,
    instrument: 'csat',
    unit: 'stars',
    measure: { kind: 'bounded', ...SCALES.csat },
    higherIsBetter: true,
  },
  ces: {
    ...answered,
    instrument: 'ces',
    unit: 'effort',
    measure: { kind: 'bounded', ...SCALES.ces },
    higherIsBetter: true,
  },
  rating: {
    ...answered,
    instrument: 'rating',
    unit: 'stars',
    measure: { kind: 'bounded', ...SCALES.rating },
    higherIsBetter: true,
  },
  overall_score: {
    ...answered,
    unit: 'stars',
    measure: { kind: 'bounded', ...SCALES.rating },
    higherIsBetter: true,
  },
  responses: { ...answered, unit: 'count', measure: null, higherIsBetter: null },
  orders: { ...delivered, moment: 'placed', unit: 'count', measure: null, higherIsBetter: null },
  late_rate: { ...delivered, unit: 'share', measure: { kind: 'share' }, higherIsBetter: false },
  days_to_deliver: { ...delivered, unit: 'days', measure: { kind: 'open' }, higherIsBetter: false },
  return_rate: {
    ...delivered,
    unit: 'share',
    measure: { kind: 'share' },
    higherIsBetter: false,
    needsEver: 'returns',
    ripensDays: 30,
  },
};

export function definitionOf(key: MetricKey): MetricDefinition {
  return { key, ...DEFINITIONS[key] };
}

/** Every metric, in the order they are shown. */
export function allDefinitions(): MetricDefinition[] {
  return METRIC_KEYS.map(definitionOf);
}

/** How its interval is made: message key `metrics.method.<method>`. */
export function methodOf({ measure }: MetricDefinition): 'none' | 'wilson' | 'score' | 't' {
  if (measure === null) return 'none';
  return measure.kind === 'share' ? 'wilson' : measure.kind === 'bounded' ? 'score' : 't';
}

/** Ends of what its value may be; null where open. */
export function endsOf({ measure }: MetricDefinition): { readonly low: number | null; readonly high: number | null } {
  if (measure === null || measure.kind === 'open') return { low: 0, high: null };
  return measure.kind === 'share' ? { low: 0, high: 1 } : { low: measure.low, high: measure.high };
}

/** The scale its answers are counted on; null where they are no scores. */
export function scaleOf({ instrument }: MetricDefinition): Scale | null {
  return instrument === null ? null : SCALES[instrument];
}

/** The scores Home may tell about, most telling first where several have as many answers. */
export const HEADLINES = ['nps', 'rating', 'csat', 'ces'] as const satisfies readonly MetricKey[];
