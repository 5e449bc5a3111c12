import type { Interval } from '@touchstone/domain/calendar';
import type { Sums } from '@touchstone/domain/stats';
import { z } from 'zod';
import type { Facts } from '../../../platform/stores/ports.ts';
import { IS_LEFT_OUT, READING, REASON, type Scope, columnsOf, statementOf } from './rows.ts';
import { METRIC_SQL } from './sources.ts';
import { NOBODY_FROM } from './statement.ts';

/** One figure's ingredients. `x` of a count is the count. */
export interface Measured {
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
    all_levels: z.number(),
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
  .transform((r): Measured => ({
    level: r.all_levels === 1 ? null : r.g,
    at: r.all_days === 1 ? null : r.b,
    sums: { n: r.n, clusters: r.clusters, x: r.sx, xx: r.sxx, xn: r.sxn, nn: r.snn },
    people: r.people,
    excluded: r.e,
    kinds: r.kinds,
  }));

const BUCKETS: Readonly<Record<Interval, (moment: string) => string>> = {
  day: (moment) => `toDate(${moment}, {zone:String})`,
  week: (moment) => `toStartOfWeek(${moment}, 1, {zone:String})`,
  month: (moment) => `toStartOfMonth(${moment}, {zone:String})`,
  quarter: (moment) => `toStartOfQuarter(${moment}, {zone:String})`,
};

/**
 * Everything a question asks for in one statement: overall, by level, over time. Undefined where `by` is no property.
 * The overall figure comes first, then the others, those of most rows first.
 */
export async function selectFigures(
  facts: Facts,
  scope: Scope,
  wanted: { readonly by?: string | undefined; readonly interval?: Interval | undefined },
): Promise<Measured[] | undefined> {
  const { metric } = scope;
  const { statement, where } = statementOf(scope);
  const level = wanted.by === undefined ? { level: `''`, first: '1' } : statement.level(wanted.by);
  if (level === undefined) return undefined;
  const bucket =
    wanted.interval === undefined ? `''` : `toString(${BUCKETS[wanted.interval](METRIC_SQL[metric.key].moment)})`;
  const sets: string[][] = [
    [],
    ...(wanted.by === undefined ? [] : [['g']]),
    ...(wanted.interval === undefined ? [] : [['b']]),
  ];
  if (wanted.by !== undefined && wanted.interval !== undefined) sets.push(['g', 'b']);
  const keys = [
    ...(wanted.by === undefined ? [] : [`${level.level} AS g`]),
    ...(wanted.interval === undefined ? [] : [`${bucket} AS b`]),
    `toUInt8(${level.first}) AS w`,
  ];
  const rows = `SELECT ${keys.join(', ')}, ${columnsOf(metric)} FROM ${statement.from()} AND ${where}`;
  const reasons = METRIC_SQL[metric.key].excluded.map((_, i) => i + 1);
  const sql =
    metric.measure === null ? countsSql(rows, sets, metric.source === 'feedback') : meansSql(rows, sets, reasons);
  return facts.query(measuredRow, sql, statement.params, { settings: READING });
}

type Sets = readonly (readonly string[])[];

function grouping(sets: Sets, also: readonly string[]): string {
  const written = sets.map((set) => [...set, ...also].join(', '));
  if (written.length > 1) return `GROUP BY GROUPING SETS (${written.map((set) => `(${set})`).join(', ')})`;
  return written[0] === '' ? '' : `GROUP BY ${written[0] ?? ''}`;
}

function has(sets: Sets, column: string): boolean {
  return sets.some((set) => set.includes(column));
}

/** The keys of a figure, and whether each is left out of its grouping set: then the figure is of all its values. */
function keysSql(sets: Sets): string {
  const key = (column: string, flag: string): string =>
    has(sets, column) ? `${column}, toUInt8(grouping(${column})) AS ${flag}` : `'' AS ${column}, toUInt8(1) AS ${flag}`;
  return `${key('g', 'all_levels')}, ${key('b', 'all_days')}`;
}

/** First the sums of each person, then sums over people: what `domain/stats` makes means and intervals of. */
function meansSql(rows: string, sets: Sets, reasons: readonly number[]): string {
  const leftOut = reasons.length > 0;
  const sum = 'if(all_levels = 1, sumIf(v, w = 1), sum(v))';
  // A row with several levels stands for itself once (w = 1) where all levels are taken together.
  return `
SELECT all_levels, all_days, g, b,
  sum(pn) AS n, toFloat64(countIf(pn > 0)) AS clusters, toFloat64(countIf(pn > 0 AND c < ${NOBODY_FROM})) AS people,
  sum(ps) AS sx, sum(ps * ps) AS sxx, sum(ps * pn) AS sxn, sum(pn * pn) AS snn,
  [${reasons.map((i) => `sumIf(pr, ${REASON} = ${i})`).join(', ')}]::Array(Float64) AS e,
  toFloat64(countIf(n > 0) OVER (PARTITION BY all_levels, all_days)) AS kinds
FROM (
  SELECT ${keysSql(sets)}, c,
    toFloat64(if(all_levels = 1, countIf(w = 1), count())) AS pr, ${leftOut ? `if(${IS_LEFT_OUT}, 0, pr)` : 'pr'} AS pn,
    ${leftOut ? `if(${IS_LEFT_OUT}, 0, ${sum})` : sum} AS ps
  FROM (${rows})
  ${grouping(sets, ['c'])}
)
GROUP BY all_levels, all_days, g, b
ORDER BY all_levels DESC, all_days DESC, n DESC, g, b
LIMIT ${MOST_FIGURES} BY all_levels, all_days`;
}

function countsSql(rows: string, sets: Sets, once: boolean): string {
  // Answers given together count once.
  const together = `toFloat64(if(all_levels = 1, countIf(r = '' AND w = 1), countIf(r = '')) + uniqExactIf(r, r != ''))`;
  return `
SELECT ${keysSql(sets)},
  toFloat64(if(all_levels = 1, countIf(w = 1), count())) AS n, people + toFloat64(if(all_levels = 1, countIf(p = 0 AND w = 1), countIf(p = 0))) AS clusters,
  toFloat64(uniqExactIf(p, p != 0)) AS people,
  ${once ? together : 'n'} AS sx, 0. AS sxx, 0. AS sxn, 0. AS snn, []::Array(Float64) AS e,
  toFloat64(count() OVER (PARTITION BY all_levels, all_days)) AS kinds
FROM (${rows})
${grouping(sets, [])}
ORDER BY all_levels DESC, all_days DESC, n DESC, g, b
LIMIT ${MOST_FIGURES} BY all_levels, all_days`;
}
