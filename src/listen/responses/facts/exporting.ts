import { z } from 'zod';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import type { Expressions } from './lines.ts';
import type { Condition } from './narrowing.ts';

/** After which response the next page begins: they go by when they ended. */
export interface After {
  readonly ended_at: string;
  readonly response_id: string;
}

const json = z.string().transform((text): unknown => JSON.parse(text));
const record = z.custom<Readonly<Record<string, unknown>>>((value) => typeof value === 'object' && value !== null);

const storedRow = z.object({
  response_id: z.string(),
  state: z.string(),
  version: z.number(),
  language: z.string(),
  channel: z.string(),
  ending: z.string(),
  started_at: z.string(),
  ended_at: z.string(),
  seconds: z.number(),
  user_id: z.string(),
  order_id: z.string(),
  case_id: z.string(),
  location_id: z.string(),
  staff_id: z.string(),
  answers: json.pipe(record),
  hidden: json.pipe(record),
  /** Of numbers those that are scores, by `score.id`. */
  scores: z.record(z.string(), z.number()),
  quotas: z.array(z.string()),
});
export type ExportedResponse = z.infer<typeof storedRow>;

const lineRow = z.object({ ended_at: z.string(), response_id: z.string(), line: z.string() });
export type LineRow = z.infer<typeof lineRow>;

/** A statement of some thousand columns is longer than usual. */
const LONG = { max_query_size: 50_000_000, max_ast_elements: 5_000_000, max_expanded_ast_elements: 5_000_000 };

export function selectExported(
  facts: Facts,
  condition: Condition,
  after: After | undefined,
  limit: number,
  signal: AbortSignal,
): Promise<ExportedResponse[]> {
  const { sql, params } = pageOf(condition, after, limit);
  return facts.query(
    storedRow,
    `SELECT response_id, toString(state) AS state, version, toString(language) AS language, toString(channel) AS channel,
       toString(ending) AS ending, started_at, ended_at, toInt32(dateDiff('second', started_at, ended_at)) AS seconds,
       user_id, order_id, case_id, location_id, staff_id, answers, hidden,
       mapFilter((name, value) -> startsWith(name, 'score.'), CAST((arrayMap(name -> toString(name), number_names), numbers), 'Map(String, Float64)')) AS scores,
       arrayMap(mark -> substring(mark, 7), arrayFilter(mark -> startsWith(mark, 'quota:'), arrayMap(mark -> toString(mark), marks))) AS quotas
     FROM (${sql}) ORDER BY ended_at, response_id`,
    params,
    { signal },
  );
}

/** The same as lines of CSV. */
export function selectLines(
  facts: Facts,
  condition: Condition,
  line: Expressions,
  after: After | undefined,
  limit: number,
  signal: AbortSignal,
): Promise<LineRow[]> {
  const { sql, params } = pageOf(condition, after, limit);
  const query = `${line.with} SELECT ended_at, response_id, ${line.sql} AS line FROM (${sql})`;
  // One thread writes them in their order, while this process sends those before.
  return facts.query(lineRow, query, params, { signal, settings: { ...LONG, max_threads: 1 } });
}

const bytesRow = z.object({ bytes: z.array(z.number()) });

/** How long the longest texts are, in bytes. */
export async function selectBytes(
  facts: Facts,
  { sql, params }: Condition,
  longest: Expressions,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const query = `${longest.with} SELECT ${longest.sql} AS bytes FROM v_survey_responses AS r WHERE ${sql}`;
  const [row] = await facts.query(bytesRow, query, params, { signal, settings: LONG });
  return row?.bytes ?? [];
}

function pageOf(
  condition: Condition,
  after: After | undefined,
  limit: number,
): { readonly sql: string; readonly params: FactsParams } {
  const moment = `toDateTime64({afterAt:String}, 3, 'UTC')`;
  const further = `AND r.ended_at >= ${moment} AND (r.ended_at, r.response_id) > (${moment}, {afterId:String})`;
  return {
    sql: `SELECT * FROM v_survey_responses AS r WHERE ${condition.sql} ${after === undefined ? '' : further}
      ORDER BY r.ended_at, r.response_id LIMIT {limit:UInt32}`,
    params: {
      ...condition.params,
      limit,
      ...(after === undefined ? {} : { afterAt: after.ended_at, afterId: after.response_id }),
    },
  };
}
