import type { Interval } from '@touchstone/domain/calendar';
import type { Sums } from '@touchstone/domain/stats';
import { z } from 'zod';
import { NOBODY_FROM } from '../../../core/fields/facade.ts';
import type { Facts } from '../../../platform/stores/ports.ts';
import { IS_LEFT_OUT, READING, REASON, type Scope, columnsOf, statementOf } from './rows.ts';
import { METRIC_SQL } from './sources.ts';

/** One figure's ingredients. `x` of a count is the count. */
export interface Measured {
  /** The property its level is of; null: of all levels. */
  readonly by: string | null;
  /** null: of all levels. */
  readonly level: string | null;
  /** First day of the bucket; null: of the whole period. */
  readonly at: string | null;
  readonly sums: Sums;
  readonly people: number;
  /** Rows left out, in the order of the metric's reasons. */
  readonly excluded: readonly number[];
  /** How many figures of this kind (same presence of level and day) rest on any row. */
  readonly kinds: number;
}

/** Of each kind: by level, by bucket, by both. */
export const MOST_FIGURES = 20_000;

const measuredRow = z
  .object({
    nth: z.number(),
    all_days: z.number(),
    g: z.string(),
    b: z.string(),
    n: z.number(),
    clusters: z.number(),
    people: z.number(),
    sx: z.number(),
    sxx: z.number(),
    sxn: z.number(),
    snn: z.number(),
    e: z.array(z.number()),
    kinds: z.number(),
  })
  .transform((r) => ({
    nth: r.nth,
    level: r.nth === 0 ? null : r.g,
    at: r.all_days === 1 ? null : r.b,
    sums: { n: r.n, clusters: r.clusters, x: r.sx, xx: r.sxx, xn: r.sxn, nn: r.snn },
    people: r.people,
    excluded: r.e,
    kinds: r.kinds,
  }));

/** The first day of the bucket a moment lies in. */
export const BUCKETS: Readonly<Record<Interval, (moment: string) => string>> = {
  day: (moment) => `toDate(${moment}, {zone:String})`,
  week: (moment) => `toStartOfWeek(${moment}, 1, {zone:String})`,
  month: (moment) => `toStartOfMonth(${moment}, {zone:String})`,
  quarter: (moment) => `toStartOfQuarter(${moment}, {zone:String})`,
};

/**
 * Everything a question asks for in one statement: overall, by the levels of each property, over time; of one property
 * by level over time too. Undefined where a property is none. Of several properties none may be a list: each row would
 * stand there many times. The overall figure comes first, then the others, those of most rows first.
 */
export async function selectFigures(
  facts: Facts,
  scope: Scope,
  wanted: { readonly by: readonly string[]; readonly interval?: Interval | undefined },
): Promise<Measured[] | undefined> {
  const { metric } = scope;
  const { by, interval } = wanted;
  const { statement, where } = statementOf(scope);
  const levels = by.map((field) => statement.level(field)).filter((level) => level !== undefined);
  if (levels.length < by.length) return undefined;
  const [first] = levels;
  if (levels.length > 1 && levels.some((l) => l.first !== '1')) throw new Error(`a list is among ${by.join(', ')}`);
  const sets: string[][] = [[], ...levels.map((_, i) => [`g${i + 1}`])];
  if (interval !== undefined) sets.push(['b']);
  if (interval !== undefined && levels.length === 1) sets.push(['g1', 'b']);
  const keys = [
    ...levels.map(({ level }, i) => `${level} AS g${i + 1}`),
    ...(interval === undefined ? [] : [`${BUCKETS[interval](METRIC_SQL[metric.key].moment)} AS b`]),
    `toUInt8(${first?.first ?? '1'}) AS w`,
  ];
  const rows = `SELECT ${keys.join(', ')}, ${columnsOf(metric)} FROM ${statement.from()} AND ${where}`;
  const reasons = METRIC_SQL[metric.key].excluded.map((_, i) => i + 1);
  const sql =
    metric.measure === null ? countsSql(rows, sets, metric.source === 'feedback') : meansSql(rows, sets, reasons);
  const found = await facts.query(measuredRow, sql, statement.params, { settings: READING });
  return found.map(({ nth, ...figure }) => ({ ...figure, by: by[nth - 1] ?? null }));
}

type Sets = readonly (readonly string[])[];

function grouping(sets: Sets, also: readonly string[]): string {
  const written = sets.map((set) => [...set, ...also].join(', '));
  if (written.length > 1) return `GROUP BY GROUPING SETS (${written.map((set) => `(${set})`).join(', ')})`;
  return written[0] === '' ? '' : `GROUP BY ${written[0] ?? ''}`;
}

/** The keys of a figure: its level, of which property from 1 (0: of all levels), its bucket, and whether it is of all buckets. */
function keysSql(sets: Sets): string {
  const levels = [...new Set(sets.flat())].filter((column) => column !== 'b');
  const choose = (told: (column: string, i: number) => string, none: string): string =>
    levels.length === 0
      ? none
      : `multiIf(${levels.map((g, i) => `grouping(${g}) = 0, ${told(g, i)}`).join(', ')}, ${none})`;
  const bucket = sets.some((set) => set.includes('b'))
    ? 'b, toUInt8(grouping(b)) AS all_days'
    : `'' AS b, toUInt8(1) AS all_days`;
  return `${choose((g) => g, `''`)} AS g, toUInt8(${choose((_, i) => `${i + 1}`, '0')}) AS nth, ${bucket}`;
}

/** First the sums of each person, then sums over people: what `domain/stats` makes means and intervals of. */
function meansSql(rows: string, sets: Sets, reasons: readonly number[]): string {
  const leftOut = reasons.length > 0;
  const sum = 'if(nth = 0, sumIf(v, w = 1), sum(v))';
  // A row with several levels stands for itself once (w = 1) where all levels are taken together.
  return `
SELECT nth, all_days, g, b,
  sum(pn) AS n, toFloat64(countIf(pn > 0)) AS clusters, toFloat64(countIf(pn > 0 AND c < ${NOBODY_FROM})) AS people,
  sum(ps) AS sx, sum(ps * ps) AS sxx, sum(ps * pn) AS sxn, sum(pn * pn) AS snn,
  [${reasons.map((i) => `sumIf(pr, ${REASON} = ${i})`).join(', ')}]::Array(Float64) AS e,
  toFloat64(countIf(n > 0) OVER (PARTITION BY nth, all_days)) AS kinds
FROM (
  SELECT ${keysSql(sets)}, c,
    toFloat64(if(nth = 0, countIf(w = 1), count())) AS pr, ${leftOut ? `if(${IS_LEFT_OUT}, 0, pr)` : 'pr'} AS pn,
    ${leftOut ? `if(${IS_LEFT_OUT}, 0, ${sum})` : sum} AS ps
  FROM (${rows})
  ${grouping(sets, ['c'])}
)
GROUP BY nth, all_days, g, b
ORDER BY nth, all_days DESC, n DESC, g, b
LIMIT ${MOST_FIGURES} BY nth, all_days`;
}

function countsSql(rows: string, sets: Sets, once: boolean): string {
  // Answers given together count once.
  const together = `toFloat64(if(nth = 0, countIf(r = '' AND w = 1), countIf(r = '')) + uniqExactIf(r, r != ''))`;
  return `
SELECT ${keysSql(sets)},
  toFloat64(if(nth = 0, countIf(w = 1), count())) AS n, people + toFloat64(if(nth = 0, countIf(p = 0 AND w = 1), countIf(p = 0))) AS clusters,
  toFloat64(uniqExactIf(p, p != 0)) AS people,
  ${once ? together : 'n'} AS sx, 0. AS sxx, 0. AS sxn, 0. AS snn, []::Array(Float64) AS e,
  toFloat64(count() OVER (PARTITION BY nth, all_days)) AS kinds
FROM (${rows})
${grouping(sets, [])}
ORDER BY nth, all_days DESC, n DESC, g, b
LIMIT ${MOST_FIGURES} BY nth, all_days`;
}
