/** The metrics there are. Each has one definition, in `registry.ts`. */
export const METRIC_KEYS = [
  'nps',
  'csat',
  'csat_mean',
  'ces',
  'rating',
  'overall_score',
  'responses',
  'orders',
  'late_rate',
  'days_to_deliver',
  'return_rate',
] as const;
export type MetricKey = (typeof METRIC_KEYS)[number];

/**
 * How a value is written: `points` -100…100, `share` 0…1 (shown as per cent), `stars` 1…5, `effort` 1…7, `days`, `count`.
 */
export const UNITS = ['points', 'share', 'stars', 'effort', 'days', 'count'] as const;
export type Unit = (typeof UNITS)[number];

/** Below this many people a group is hidden from whoever may not see single persons. */
export const HIDDEN_BELOW_PEOPLE = 5;
/** Below this many answers a figure is marked as resting on few. */
export const FEW_BELOW_ANSWERS = 30;

/** Why a figure has no value. */
export const NO_VALUE_REASONS = ['no-answers', 'nothing-known', 'hidden'] as const;
export type NoValueReason = (typeof NO_VALUE_REASONS)[number];

/** Why a row of the period is left out of a figure. */
export const EXCLUSIONS = ['no-score', 'other-scale', 'no-promise', 'no-placed', 'delivered-first'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** How a score sounds: of NPS detractors, passives and promoters, else the lower half of the scale, between, and its top quarter. */
export const MOODS = ['low', 'middle', 'high'] as const;
