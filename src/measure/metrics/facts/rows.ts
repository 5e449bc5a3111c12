import type { Predicate } from '@touchstone/domain/predicate';
import type { MetricDefinition } from '../registry.ts';
import { METRIC_SQL } from './sources.ts';
import { NOBODY_FROM, Statement, clusterSql } from './statement.ts';

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

/** A statement about the rows of a question, and the condition that finds them. */
export function statementOf(scope: Scope): {
  readonly statement: Statement;
  readonly where: string;
  /** The part of the condition that needs no other view. */
  readonly own: string;
} {
  const { metric, workspace, period, filter } = scope;
  const statement = new Statement(metric.source, workspace);
  const sql = METRIC_SQL[metric.key];
  const own = `${sql.scope} AND ${statement.during(sql.moment, period)}`;
  return { statement, where: `${own} AND ${statement.where(filter)}`, own };
}

/** Rows that are left out are gathered under numbers of no person: this and the number of the reason. */
export const LEFT_OUT = '4611686018427387904';

/**
 * The columns every measured row has: whose it is (`c`) and what it adds (`v`, 0 where it is left out; then `c` tells
 * the reason); for counts whose it is (`p`) and, of answers, what is counted once (`r`).
 */
export function columnsOf(metric: MetricDefinition): string {
  if (metric.measure !== null) {
    const counts = METRIC_SQL[metric.key].excluded.length === 0;
    const whose = clusterSql(metric.source);
    const { value } = METRIC_SQL[metric.key];
    if (counts) return `${whose} AS c, assumeNotNull(toFloat64(${value})) AS v`;
    return `${reasonSql(metric)} AS x, if(x = 0, ${whose}, toUInt64(${LEFT_OUT}) + x) AS c, if(x = 0, assumeNotNull(toFloat64(${value})), 0) AS v`;
  }
  // Answers given together count once.
  return metric.source === 'feedback'
    ? `f.person_no AS p, if(f.response_id = '', toString(f.feedback_id), f.response_id) AS r`
    : `f.person_no AS p`;
}

/** Whether a person's sums are of rows left out. */
export const IS_LEFT_OUT = `(c > ${LEFT_OUT} AND c < ${NOBODY_FROM})`;
