import type { Sums } from '@touchstone/domain/stats';
import { z } from 'zod';
import { NOBODY_FROM } from '../../../core/fields/facade.ts';
import type { Facts } from '../../../platform/stores/ports.ts';
import { IS_LEFT_OUT, READING, REASON, type Scope, columnsOf, statementOf } from './rows.ts';
import { METRIC_SQL } from './sources.ts';

/** Whole scores, both inclusive. */
export interface Scores {
  readonly from: number;
  readonly to: number;
}

/** How many answers fall into some scores: sums of a share of all answers, and who gave them. */
export interface Fallen {
  readonly sums: Sums;
  /** Those who gave one of these; an answer of nobody known is a person here. */
  readonly clusters: number;
  readonly people: number;
}

export interface Distributed {
  readonly n: number;
  readonly clusters: number;
  readonly people: number;
  /** Rows left out, in the order of the metric's reasons. */
  readonly excluded: readonly number[];
  /** In the order asked for. */
  readonly parts: readonly Fallen[];
}

const distributedRow = z.object({
  n: z.number(),
  clusters: z.number(),
  people: z.number(),
  nn: z.number(),
  e: z.array(z.number()),
  x: z.array(z.number()),
  xx: z.array(z.number()),
  xn: z.array(z.number()),
  holding: z.array(z.number()),
  known: z.array(z.number()),
});

/** How the answers of a metric fall to whole scores; they may be parted in more ways than one at once. */
export async function selectDistribution(facts: Facts, scope: Scope, parts: readonly Scores[]): Promise<Distributed> {
  const { metric } = scope;
  const { score, excluded } = METRIC_SQL[metric.key];
  if (score === null) throw new Error(`${metric.key} is not of scores`);
  const { statement, where } = statementOf(scope);
  const counts = parts.map(({ from, to }) => `if(${IS_LEFT_OUT}, 0, toFloat64(countIf(s BETWEEN ${from} AND ${to})))`);
  const each = (of: string): string => `sumForEach(arrayMap(v -> toFloat64(${of}), k))`;
  // First how often each person gave each, then sums over people: what the interval of a share is made of.
  const [row] = await facts.query(
    distributedRow,
    `
SELECT sum(pn) AS n, toFloat64(countIf(pn > 0)) AS clusters, toFloat64(countIf(pn > 0 AND c < ${NOBODY_FROM})) AS people, sum(pn * pn) AS nn,
  [${excluded.map((_, i) => `sumIf(pr, ${REASON} = ${i + 1})`).join(', ')}]::Array(Float64) AS e,
  sumForEach(k) AS x, ${each('v * v')} AS xx, ${each('v * pn')} AS xn, ${each('v > 0')} AS holding,
  ${each(`v > 0 AND c < ${NOBODY_FROM}`)} AS known
FROM (
  SELECT c, toFloat64(count()) AS pr, if(${IS_LEFT_OUT}, 0, pr) AS pn, [${counts.join(', ')}] AS k
  FROM (SELECT ${columnsOf(metric)}, ${score} AS s FROM ${statement.from()} AND ${where})
  GROUP BY c
)`,
    statement.params,
    { settings: READING },
  );
  if (row === undefined) throw new Error('a distribution is one row');
  const { n, clusters, people, nn } = row;
  return {
    n,
    clusters,
    people,
    excluded: row.e,
    parts: parts.map((_, i) => ({
      sums: { n, clusters, x: row.x[i] ?? 0, xx: row.xx[i] ?? 0, xn: row.xn[i] ?? 0, nn },
      clusters: row.holding[i] ?? 0,
      people: row.known[i] ?? 0,
    })),
  };
}
