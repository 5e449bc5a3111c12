import type { Predicate } from '@touchstone/domain/predicate';
import { Statement, clusterSql } from '../../../core/fields/facade.ts';
import type { MetricDefinition } from '../registry.ts';
import { METRIC_SQL } from './sources.ts';

/**
 * Settings of statements that measure: they read few columns, mostly numbers, for which ClickHouse's usual blocks of a
 * megabyte are so small that each costs more than its rows.
 */
export const READING = { preferred_block_size_bytes: 16_777_216 } as const;

/** Which rows a question is about. Times as the facts store writes them, `to` exclusive. */
export interface Scope {
  readonly workspace: { readonly id: string; readonly zone: string };
  readonly metric: MetricDefinition;
  readonly period: { readonly fromTime: string; readonly toTime: string };
  readonly filter: Predicate;
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

/** From here on the numbers of rows that are left out: the reason, from 1, stands in the two bits above. */
const LEFT_OUT_FROM = 2n ** 62n;

/** The reason a row is left out, by its number from 1 in the metric's list, in the two highest bits; 0: it counts. */
export function reasonSql(metric: MetricDefinition): string {
  const { excluded } = METRIC_SQL[metric.key];
  if (excluded.length === 0) return '0';
  const reasons = excluded.map(([, condition], i) => `${condition}, ${LEFT_OUT_FROM * BigInt(i + 1)}`);
  return `multiIf(${reasons.join(', ')}, 0)`;
}

/**
 * The columns every measured row has: whose it is (`c`, with the reason where it is left out) and what it adds (`v`,
 * which says nothing where it is left out); for counts whose it is (`p`) and, of answers, with which others it was
 * given (`r`).
 */
export function columnsOf(metric: MetricDefinition): string {
  if (metric.measure === null) {
    return metric.source === 'feedback' ? 'f.person_no AS p, f.response_id AS r' : 'f.person_no AS p';
  }
  const { excluded, value } = METRIC_SQL[metric.key];
  const whose = clusterSql(metric.source);
  const c = excluded.length === 0 ? whose : `bitOr(${reasonSql(metric)}, ${whose})`;
  return `${c} AS c, assumeNotNull(toFloat64(${value})) AS v`;
}

/** Whether `c` is of rows left out. */
export const IS_LEFT_OUT = `c >= ${LEFT_OUT_FROM}`;
/** The reason `c` is left out, from 1; 0: it counts. */
export const REASON = 'bitShiftRight(c, 62)';
