/**
 * The concepts of the pages, in the order a reader meets them. Each has a name (`welcome.term.<concept>`) and a text
 * (`help.<concept>` in `texts/`) in every language. Metrics bear the name they have in the API.
 */
export const CONCEPTS = [
  'metric',
  'n',
  'interval',
  'few',
  'difference',
  'goes_with',
  'lineage',
  'hidden',
  'nps',
  'csat',
  'ces',
  'rating',
  'responses',
  'answer',
  'orders',
  'late_rate',
  'days_to_deliver',
  'return_rate',
  'journey',
  'stage',
  'touchpoint',
  'channel',
  'rule',
  'moment_of_truth',
  'assumption',
  'person',
  'identity',
  'event',
  'filter',
  'import',
  'row_key',
  'write_key',
  'secret_key',
  'workspace',
  'retention',
  'audit_log',
] as const;

export type Concept = (typeof CONCEPTS)[number];

export function isConcept(text: string): text is Concept {
  return CONCEPTS.some((concept) => concept === text);
}

const OF_METRICS: Readonly<Record<string, Concept>> = { csat_mean: 'csat', overall_score: 'metric' };

/** The concept that says what a metric is, where there is one. */
export function conceptOfMetric(metric: string): Concept | undefined {
  return OF_METRICS[metric] ?? (isConcept(metric) ? metric : undefined);
}
