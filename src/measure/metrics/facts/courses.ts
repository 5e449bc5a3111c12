import type { Interval } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { NOBODY_FROM, Statement, clusterSql } from '../../../core/fields/facade.ts';
import type { Facts } from '../../../platform/stores/ports.ts';
import type { MetricDefinition } from '../registry.ts';
import { BUCKETS, type Measured } from './figures.ts';
import { READING, type Scope } from './rows.ts';
import { METRIC_SQL } from './sources.ts';

/** Of each metric, in their order: answers, clusters, people, and the sums over clusters. */
const courseRow = z.object({ b: z.string(), m: z.array(z.array(z.number().nullable())) });

/**
 * Several metrics of one source over time in one statement, each by bucket; buckets without any row are left out. All of
 * them are means whose rows lie in a period by the same moment.
 */
export async function selectCourses(
  facts: Facts,
  asked: Omit<Scope, 'metric'>,
  metrics: readonly MetricDefinition[],
  interval: Interval,
): Promise<(readonly Measured[])[]> {
  const [first] = metrics;
  if (first === undefined) return [];
  const { workspace, period, filter } = asked;
  const { moment } = METRIC_SQL[first.key];
  const statement = new Statement(first.source, workspace);
  const where = `(${metrics.map((m) => METRIC_SQL[m.key].scope).join(' OR ')}) AND ${statement.during(moment, period)} AND ${statement.where(filter)}`;
  const counted = metrics.map(({ key }, i) => {
    const { scope, excluded, value } = METRIC_SQL[key];
    const counts = [scope, ...excluded.map(([, condition]) => `NOT (${condition})`)].join(' AND ');
    return `countIf(${counts}) AS n${i}, sumIf(assumeNotNull(toFloat64(${value})), ${counts}) AS s${i}`;
  });
  const sums = metrics.map(
    (_, i) =>
      `[toFloat64(sum(n${i})), countIf(n${i} > 0), countIf(n${i} > 0 AND c < ${NOBODY_FROM}), sum(s${i}), sum(s${i} * s${i}), sum(s${i} * n${i}), sum(n${i} * n${i})]::Array(Float64)`,
  );
  const sql = `
SELECT b, [${sums.join(', ')}] AS m
FROM (
  SELECT ${clusterSql(first.source)} AS c, ${BUCKETS[interval](moment)} AS b, ${counted.join(', ')}
  FROM ${statement.from()} AND ${where}
  GROUP BY c, b
)
GROUP BY b
ORDER BY b`;
  const found = await facts.query(courseRow, sql, statement.params, { settings: READING });
  return metrics.map((_, i) =>
    found.map(({ b, m }): Measured => {
      const [n, clusters, people, x, xx, xn, nn] = (m[i] ?? []).map((value) => value ?? 0);
      const sums = { n: n ?? 0, clusters: clusters ?? 0, x: x ?? 0, xx: xx ?? 0, xn: xn ?? 0, nn: nn ?? 0 };
      return { by: null, level: null, at: b, sums, people: people ?? 0, excluded: [], kinds: found.length };
    }),
  );
}
