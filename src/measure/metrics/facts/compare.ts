import type { CrossSums, Sums } from '@touchstone/domain/stats';
import { z } from 'zod';
import type { Facts } from '../../../platform/stores/ports.ts';
import { IS_LEFT_OUT, LEFT_OUT, type Scope, columnsOf } from './rows.ts';
import { METRIC_SQL } from './sources.ts';
import { NOBODY_FROM, Statement } from './statement.ts';

/** One side of a comparison. */
export interface Side {
  readonly sums: Sums;
  readonly people: number;
  readonly excluded: readonly number[];
}

export interface Compared {
  readonly first: Side;
  readonly second: Side;
  readonly cross: CrossSums;
}

const sideShape = z
  .tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.array(z.number())])
  .transform(([n, clusters, people, x, xx, xn, nn, excluded]): Side => ({
    sums: { n, clusters, x, xx, xn, nn },
    people,
    excluded,
  }));

const comparedRow = z.object({
  first: sideShape,
  second: sideShape,
  cross: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .transform(([xx, xn, nx, nn]): CrossSums => ({ xx, xn, nx, nn })),
});

/** Two questions about the same metric in one statement, with what the people in both make common. */
export async function selectComparison(
  facts: Facts,
  scope: Scope,
  against: Pick<Scope, 'period' | 'filter'>,
): Promise<Compared> {
  const { metric, workspace } = scope;
  const statement = new Statement(metric.source, workspace);
  const { scope: asked, moment, excluded } = METRIC_SQL[metric.key];
  const side = (of: Pick<Scope, 'period' | 'filter'>): string =>
    `(${statement.during(moment, of.period)} AND ${statement.where(of.filter)})`;
  const [first, second] = [side(scope), side(against)];
  const rows = `SELECT ${columnsOf(metric)}, ${first} AS in1, ${second} AS in2
    FROM ${statement.from()} AND ${asked} AND (in1 OR in2)`;
  const reasons = excluded.map((_, i) => i + 1);
  const sql = metric.measure === null ? countedSql(rows, metric.source === 'feedback') : comparedSql(rows, reasons);
  const [row] = await facts.query(comparedRow, sql, statement.params);
  if (row === undefined) throw new Error('a comparison has one row');
  return row;
}

/** Counts have no interval: nothing of persons is needed but how many there are. */
function countedSql(rows: string, once: boolean): string {
  const sides = [1, 2].map(
    (i) => `tuple(toFloat64(countIf(in${i})) AS n${i}, p${i} + toFloat64(countIf(p = 0 AND in${i})),
      toFloat64(uniqExactIf(p, p != 0 AND in${i})) AS p${i},
      ${once ? `toFloat64(uniqExactIf(r, in${i}))` : `n${i}`}, 0., 0., 0., []::Array(Float64))`,
  );
  return `SELECT ${sides[0] ?? ''} AS first, ${sides[1] ?? ''} AS second, tuple(0., 0., 0., 0.) AS cross FROM (${rows})`;
}

function comparedSql(rows: string, reasons: readonly number[]): string {
  const counted = (i: number): string => (reasons.length === 0 ? `r${i}` : `if(${IS_LEFT_OUT}, 0, r${i})`);
  const perPerson = [1, 2].map(
    (i) => `toFloat64(countIf(in${i})) AS r${i}, ${counted(i)} AS n${i}, sumIf(v, in${i}) AS s${i}`,
  );
  const sides = [1, 2].map((i) => {
    const [n, s] = [`n${i}`, `s${i}`];
    const left = reasons.map((reason) => `sumIf(r${i}, c = ${LEFT_OUT} + ${reason})`).join(', ');
    return `tuple(sum(${n}), toFloat64(countIf(${n} > 0)), toFloat64(countIf(${n} > 0 AND c < ${NOBODY_FROM})), sum(${s}),
      sum(${s} * ${s}), sum(${s} * ${n}), sum(${n} * ${n}), [${left}]::Array(Float64))`;
  });
  return `
SELECT ${sides[0] ?? ''} AS first, ${sides[1] ?? ''} AS second,
  tuple(sum(s1 * s2), sum(s1 * n2), sum(n1 * s2), sum(n1 * n2)) AS cross
FROM (SELECT c, ${perPerson.join(', ')} FROM (${rows}) GROUP BY c)`;
}
