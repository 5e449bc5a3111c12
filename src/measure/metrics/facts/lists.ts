import type { Predicate } from '@touchstone/domain/predicate';
import { z } from 'zod';
import { SOURCE_VIEWS, Statement } from '../../../core/fields/facade.ts';
import { searchPattern } from '../../../core/feedback/facade.ts';
import type { Facts } from '../../../platform/stores/ports.ts';
import type { Month } from '../extent.ts';
import { type Scope, reasonSql, statementOf } from './rows.ts';
import { METRIC_SQL } from './sources.ts';

/** Where a page ended: the moment as the facts store writes it, and the row's id. */
export interface After {
  readonly at: string;
  readonly id: string;
}

interface Paged {
  readonly after?: After | undefined;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

const sourceRow = z.object({
  id: z.string(),
  at: z.string(),
  value: z.number(),
  score: z.number().nullable(),
  text: z.string(),
  person_no: z.number(),
  order_id: z.string(),
  touchpoint: z.string(),
  stage: z.string(),
  channel: z.string(),
});
export type SourceRow = z.infer<typeof sourceRow>;

/** The rows that make a figure, newest first; the id settles ties. */
export function selectRows(facts: Facts, scope: Scope, page: Paged): Promise<SourceRow[]> {
  const { statement, where } = statementOf(scope);
  const { moment, value } = METRIC_SQL[scope.metric.key];
  const { source } = scope.metric;
  const id = `toString(${SOURCE_VIEWS[source].id})`;
  const own =
    source === 'feedback' ? 'f.score AS score, f.text AS text' : `NULL::Nullable(Float64) AS score, '' AS text`;
  return facts.query(
    sourceRow,
    `SELECT ${id} AS id, toString(${moment}) AS at, toFloat64(ifNull(${value}, 0)) AS value, ${own}, f.person_no AS person_no,
      f.order_id AS order_id, f.touchpoint AS touchpoint, f.stage AS stage, f.channel AS channel
    FROM ${statement.from()} AND ${where} AND ${reasonSql(scope.metric)} = 0${afterSql(statement, moment, id, page.after)}
    ORDER BY ${moment} DESC, id DESC
    LIMIT ${page.limit}`,
    statement.params,
  );
}

function afterSql(statement: Statement, moment: string, id: string, after: After | undefined): string {
  if (after === undefined) return '';
  const at = `toDateTime64(${statement.bind(after.at)}, 3, 'UTC')`;
  // Said by itself, what is later need not be read.
  return ` AND ${moment} <= ${at} AND (${moment}, ${id}) < (${at}, ${statement.bind(after.id)})`;
}

const commentRow = z.object({
  id: z.string(),
  at: z.string(),
  text: z.string(),
  language: z.string(),
  source: z.string(),
  instrument: z.string(),
  score: z.number().nullable(),
  scale_min: z.number().nullable(),
  scale_max: z.number().nullable(),
  person_no: z.number(),
  order_id: z.string(),
  touchpoint: z.string(),
  stage: z.string(),
  channel: z.string(),
});
export type CommentRow = z.infer<typeof commentRow>;

export interface CommentsAsked {
  readonly workspace: { readonly id: string; readonly zone: string };
  readonly period: { readonly fromTime: string; readonly toTime: string };
  readonly filter: Predicate;
  /** All must occur, whatever their case and accents. */
  readonly words: readonly string[];
}

/** What people wrote, newest first. */
export function selectComments(facts: Facts, asked: CommentsAsked, page: Paged): Promise<CommentRow[]> {
  const { statement, where } = commentsOf(asked);
  const id = 'toString(f.feedback_id)';
  return facts.query(
    commentRow,
    `SELECT ${id} AS id, toString(f.at) AS at, f.text AS text, f.language AS language, f.source AS source, f.instrument AS instrument,
      f.score AS score, f.scale_min AS scale_min, f.scale_max AS scale_max, f.person_no AS person_no, f.order_id AS order_id,
      f.touchpoint AS touchpoint, f.stage AS stage, f.channel AS channel
    FROM ${statement.from()} AND ${where}${afterSql(statement, 'f.at', id, page.after)}
    ORDER BY f.at DESC, id DESC
    LIMIT ${page.limit}`,
    statement.params,
    page.signal === undefined ? {} : { signal: page.signal },
  );
}

/** How many comments there are. */
export async function countComments(facts: Facts, asked: CommentsAsked): Promise<number> {
  const { statement, where } = commentsOf(asked);
  const [row] = await facts.query(
    z.object({ n: z.number() }),
    `SELECT toFloat64(count()) AS n FROM ${statement.from()} AND ${where}`,
    statement.params,
  );
  return row?.n ?? 0;
}

function commentsOf(asked: CommentsAsked): { readonly statement: Statement; readonly where: string } {
  const statement = new Statement('feedback', asked.workspace);
  const words = [...new Set(asked.words)].map((word) => ` AND match(f.text, ${statement.bind(searchPattern(word))})`);
  const where = `f.text != '' AND ${statement.during('f.at', asked.period)} AND ${statement.where(asked.filter)}${words.join('')}`;
  return { statement, where };
}

/** Which of these orders came late: only those of which it is known. */
export async function selectLate(
  facts: Facts,
  workspace: { readonly id: string; readonly zone: string },
  orderIds: readonly string[],
): Promise<Map<string, boolean>> {
  if (orderIds.length === 0) return new Map();
  const statement = new Statement('orders', workspace);
  const late = statement.late();
  const rows = await facts.query(
    z.object({ order_id: z.string(), late: z.number() }),
    `SELECT f.order_id AS order_id, toUInt8(assumeNotNull(${late})) AS late
    FROM ${statement.from()} AND f.order_id IN ${statement.bind([...orderIds], 'Array(String)')} AND isNotNull(${late})`,
    statement.params,
  );
  return new Map(rows.map((r) => [r.order_id, r.late === 1]));
}

/** What a workspace has of facts at all. */
export interface Known {
  /** Of answers by their moment, of orders by purchase and by delivery; months in UTC, in order. */
  readonly months: readonly Month[];
  readonly instruments: ReadonlySet<string>;
  readonly orders: boolean;
}

const knownRow = z.object({
  first: z.string(),
  last: z.string(),
  facts: z.number(),
  instruments: z.array(z.string()),
  orders: z.number(),
});

export async function selectKnown(facts: Facts, workspaceId: string): Promise<Known> {
  const months = await facts.query(
    knownRow,
    `SELECT toString(min(begins)) AS first, toString(max(ends)) AS last, toFloat64(sum(n)) AS facts, groupUniqArrayArray(asked) AS instruments,
      toUInt8(max(o)) AS orders
    FROM (
      SELECT toStartOfMonth(at) AS month, min(at) AS begins, max(at) AS ends, count() AS n, groupUniqArray(toString(instrument)) AS asked, 0 AS o
      FROM v_feedback WHERE workspace = {workspace:String}
      GROUP BY month
      UNION ALL
      SELECT toStartOfMonth(moment) AS month, min(moment), max(moment), count(), [], 1
      FROM (
        SELECT assumeNotNull(arrayJoin([placed, delivered]) AS each) AS moment
        FROM v_orders WHERE workspace = {workspace:String} AND isNotNull(each)
      )
      GROUP BY month
    )
    GROUP BY month
    ORDER BY month`,
    { workspace: workspaceId },
  );
  return {
    months,
    instruments: new Set(months.flatMap((m) => m.instruments)),
    orders: months.some((m) => m.orders === 1),
  };
}

/** Whether any order of the workspace ever came back. */
export async function selectAnyReturn(facts: Facts, workspaceId: string): Promise<boolean> {
  const rows = await facts.query(
    z.object({ known: z.number() }),
    'SELECT 1 AS known FROM v_orders WHERE workspace = {workspace:String} AND isNotNull(returned) LIMIT 1',
    { workspace: workspaceId },
  );
  return rows.length > 0;
}
