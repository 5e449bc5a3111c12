import type { Predicate } from '@touchstone/domain/predicate';
import type { MetricDefinition } from '../registry.ts';
import { METRIC_SQL } from './sources.ts';
import { Statement, clusterSql } from './statement.ts';

/** Which rows a question is about. Times as the facts store writes them, `to` exclusive. */
export interface Scope {
  readonly workspace: { readonly id: string; readonly zone: string };
  readonly metric: MetricDefinition;
  readonly period: { readonly fromTime: string; readonly toTime: string };
  readonly filter: Predicate;
}

/** The reason a row is left out, by its number from 1 in the metric's list; 0: it counts. */
export function reasonSql(metric: MetricDefinition): string {
  const { excluded } = METRIC_SQL[metric.key];
  if (excluded.length === 0) return '0';
  return `multiIf(${excluded.map(([, condition], i) => `${condition}, ${i + 1}`).join(', ')}, 0)`;
}

/** What a row adds to the mean, 0 where it is left out. */
export function valueSql(metric: MetricDefinition): string {
  return `assumeNotNull(toFloat64(if(${reasonSql(metric)} = 0, ${METRIC_SQL[metric.key].value}, 0)))`;
}

/** A statement about the rows of a question, and the condition that finds them. */
export function statementOf(scope: Scope): { readonly statement: Statement; readonly where: string } {
  const { metric, workspace, period, filter } = scope;
  const statement = new Statement(metric.source, workspace);
  const sql = METRIC_SQL[metric.key];
  const where = `${sql.scope} AND ${statement.during(sql.moment, period)} AND ${statement.where(filter)}`;
  return { statement, where };
}

/** The columns every measured row has: its person, whether and why it counts, and what it adds; for counts what is counted once. */
export function columnsOf(metric: MetricDefinition): string {
  if (metric.measure !== null) {
    return `${clusterSql(metric.source)} AS c, toUInt8(${reasonSql(metric)}) AS x, ${valueSql(metric)} AS v`;
  }
  // Answers given together count once.
  return metric.source === 'feedback'
    ? `f.person_no AS p, if(f.response_id = '', toString(f.feedback_id), f.response_id) AS r`
    : `f.person_no AS p, '' AS r`;
}
