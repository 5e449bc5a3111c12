import { HAIR, SCALES, type Scale, TOP_BOX_HEIGHT } from '@touchstone/domain/scores';
import { lateSql } from '../../../core/fields/facade.ts';
import type { Exclusion, MetricKey } from '../vocabulary.ts';

/**
 * What a metric is in SQL, over `f`, a row of its source. Parameters: `{zone:String}`.
 * The meaning of scores is that of `domain/scores`; a test holds the two together.
 */
export interface MetricSql {
  /** Which rows are asked at all. */
  readonly scope: string;
  /** The moment that must lie in the period: DateTime64. */
  readonly moment: string;
  /** Rows that are asked and cannot count, by reason; the first that holds is the reason. */
  readonly excluded: readonly (readonly [reason: Exclusion, condition: string])[];
  /** What a row adds to the mean. */
  readonly value: string;
  /** The whole score an answer falls on; null where rows have none. */
  readonly score: string | null;
}

type Instrument = keyof typeof SCALES;
const INSTRUMENTS = ['nps', 'csat', 'ces', 'rating'] as const satisfies readonly Instrument[];

/** The scale an answer was given on: its own, else its instrument's. */
function scaleOf(instrument: Instrument): { readonly low: string; readonly high: string } {
  const { low, high } = SCALES[instrument];
  return { low: `ifNull(f.scale_min, ${low})`, high: `ifNull(f.scale_max, ${high})` };
}

/** The score of an answer that has one: asked without a look whether it has, which is what takes long. */
const SCORE = 'assumeNotNull(f.score)';

function answers(instrument: Instrument, value: string): MetricSql {
  const { low, high } = scaleOf(instrument);
  const { nps } = SCALES;
  const fits =
    instrument === 'nps'
      ? `${low} = ${nps.low} AND ${high} = ${nps.high} AND ${SCORE} BETWEEN ${nps.low} AND ${nps.high}`
      : `${low} < ${high} AND ${SCORE} BETWEEN ${low} AND ${high}`;
  return {
    scope: `f.instrument = '${instrument}'`,
    moment: 'f.at',
    excluded: [
      ['no-score', 'isNull(f.score)'],
      ['other-scale', `NOT (${fits})`],
    ],
    value,
    score: `floor(${carried(instrument)} + ${HAIR})`,
  };
}

/** Every instrument's answers with the end of its own scale: of a score whose scale is not told, its instrument's. */
function usual(end: keyof Scale): string {
  const known = INSTRUMENTS.map((instrument) => `f.instrument = '${instrument}', ${SCALES[instrument][end]}`);
  return `multiIf(${known.join(', ')}, 0)`;
}

/** Of whatever scale, carried to that of ratings. */
function anyAnswers(): MetricSql {
  const [low, high] = [`ifNull(f.scale_min, ${usual('low')})`, `ifNull(f.scale_max, ${usual('high')})`];
  const { rating } = SCALES;
  return {
    scope: `f.instrument IN (${INSTRUMENTS.map((instrument) => `'${instrument}'`).join(', ')})`,
    moment: 'f.at',
    excluded: [
      ['no-score', 'isNull(f.score)'],
      ['other-scale', `NOT (${low} < ${high} AND ${SCORE} BETWEEN ${low} AND ${high})`],
    ],
    value: `${rating.low} + (${SCORE} - ${low}) / (${high} - ${low}) * ${rating.high - rating.low}`,
    score: null,
  };
}

function height(instrument: Instrument): string {
  const { low, high } = scaleOf(instrument);
  return `(${SCORE} - ${low}) / (${high} - ${low})`;
}

/** The score on the scale its figures are given in. */
function carried(instrument: Instrument): string {
  const { low, high } = SCALES[instrument];
  return `${low} + ${height(instrument)} * ${high - low}`;
}

const placed = { score: null, scope: 'isNotNull(f.placed)', moment: 'assumeNotNull(f.placed)' };
const delivered = { score: null, scope: 'isNotNull(f.delivered)', moment: 'assumeNotNull(f.delivered)' };

export const METRIC_SQL: Readonly<Record<MetricKey, MetricSql>> = {
  nps: answers('nps', `multiIf(${SCORE} >= 9, 100, ${SCORE} < 7, -100, 0)`),
  csat: answers('csat', `${height('csat')} >= ${TOP_BOX_HEIGHT}`),
  csat_mean: answers('csat', carried('csat')),
  ces: answers('ces', carried('ces')),
  rating: answers('rating', carried('rating')),
  overall_score: anyAnswers(),
  // Answers given together count once: the first of them to come by its id.
  responses: { scope: '1', moment: 'f.at', excluded: [], value: '1', score: null },
  orders: { ...placed, excluded: [], value: '1' },
  late_rate: {
    ...delivered,
    excluded: [['no-promise', 'isNull(f.promised)']],
    value: `ifNull(${lateSql('f')}, 0)`,
  },
  days_to_deliver: {
    ...delivered,
    excluded: [
      ['no-placed', 'isNull(f.placed)'],
      ['delivered-first', 'f.delivered < f.placed'],
    ],
    value: `(toUnixTimestamp64Milli(f.delivered) - toUnixTimestamp64Milli(f.placed)) / 86400000`,
  },
  return_rate: { ...delivered, excluded: [], value: 'isNotNull(f.returned)' },
};
