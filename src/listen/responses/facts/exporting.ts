import { z } from 'zod';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import { type Expressions, WEIGHED } from './lines.ts';
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
  /** Items of constant sums and MaxDiffs that were shown. */
  offered: z.array(z.string()),
});
export type ExportedResponse = z.infer<typeof storedRow>;

const LINE_END = '\n'.charCodeAt(0);

/** Lines of CSV in UTF-8, of so many responses. */
export interface Lines {
  readonly n: number;
  readonly lines: readonly Uint8Array[];
}

/** A statement of some thousand columns is longer than usual. */
const LONG = { max_query_size: 50_000_000, max_ast_elements: 5_000_000, max_expanded_ast_elements: 5_000_000 };

/** What lies after one response, up to and with another. */
export interface Page {
  readonly after: After | undefined;
  readonly to: After;
}

export function selectExported(
  facts: Facts,
  condition: Condition,
  page: Page,
  signal: AbortSignal,
): Promise<ExportedResponse[]> {
  const { sql, params } = pageOf(condition, page);
  return facts.query(
    storedRow,
    `SELECT response_id, toString(state) AS state, version, toString(language) AS language, toString(channel) AS channel,
       toString(ending) AS ending, started_at, ended_at, toInt32(dateDiff('second', started_at, ended_at)) AS seconds,
       user_id, order_id, case_id, location_id, staff_id, answers, hidden,
       mapFilter((name, value) -> startsWith(name, 'score.'), CAST((arrayMap(name -> toString(name), number_names), numbers), 'Map(String, Float64)')) AS scores,
       arrayMap(mark -> substring(mark, 7), arrayFilter(mark -> startsWith(mark, 'quota:'), arrayMap(mark -> toString(mark), marks))) AS quotas,
       arrayConcat(arrayMap(name -> toString(name), number_names), ${WEIGHED}) AS offered
     FROM (${sql}) ORDER BY ended_at, response_id`,
    params,
    { signal },
  );
}

const pageRow = z.object({ found: z.coerce.number(), ended_at: z.string(), response_id: z.string() });

/**
 * The next pages after a response: where each ends, and whether more lie behind them. A page has so many rows at most, and
 * so many bytes and one response more; what each row weighs in bytes is its share of either.
 */
export async function selectPages(
  facts: Facts,
  condition: Condition,
  after: After | undefined,
  most: { readonly pages: number; readonly rows: number; readonly bytes: number },
  signal: AbortSignal,
): Promise<{ readonly ends: readonly After[]; readonly more: boolean }> {
  const { sql, params } = pageOf(
    condition,
    { after },
    'ended_at, response_id, length(answers) + length(hidden) AS bytes',
  );
  const { pages, rows, bytes } = most;
  const found = await facts.query(
    pageRow,
    `SELECT count() AS found, max((moment, id)) AS last, last.1 AS ended_at, last.2 AS response_id
     FROM (
       SELECT ended_at AS moment, response_id AS id, intDiv(sum(greatest(bytes, {share:UInt64})) OVER up - 1, {bytes:UInt64}) AS page
       FROM (${sql} LIMIT {limit:UInt64})
       WINDOW up AS (ORDER BY ended_at, response_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
     ) GROUP BY page ORDER BY page`,
    { ...params, bytes, share: Math.ceil(bytes / rows), limit: pages * rows },
    { signal },
  );
  const taken = found.reduce((sum, page) => sum + page.found, 0);
  return { ends: found, more: taken === pages * rows };
}

/** Its responses as lines of CSV, that the store writes in one text behind their number. */
export async function selectLines(
  facts: Facts,
  condition: Condition,
  line: Expressions,
  page: Page,
  signal: AbortSignal,
): Promise<Lines> {
  const { sql, params } = pageOf(condition, page);
  // One thread, so that they stay in their order; few rows in its hands at a time, which are many bytes once read.
  const parts = await facts.bytes(
    `SELECT concat(toString(count()), '\\n', arrayStringConcat(groupArray(line))) FROM (${line.with} SELECT ${line.sql} AS line FROM (${sql}))`,
    params,
    { signal, settings: { ...LONG, max_threads: 1, max_block_size: 8_192 } },
  );
  const [first, ...others] = parts[0]?.includes(LINE_END) === true ? parts : [Buffer.concat(parts)];
  if (first === undefined) throw new Error('The store wrote no number of lines.');
  const head = first.indexOf(LINE_END);
  return { n: Number(Buffer.from(first.subarray(0, head)).toString()), lines: [first.subarray(head + 1), ...others] };
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
  { sql, params }: Condition,
  { after, to }: Partial<Page>,
  columns = '*',
): { readonly sql: string; readonly params: FactsParams } {
  const further = after === undefined ? '' : `AND r.ended_at >= ${moment('after')} AND (r.ended_at, r.response_id) > (${moment('after')}, {afterId:String})`; // prettier-ignore
  const until = to === undefined ? '' : `AND r.ended_at <= ${moment('to')} AND (r.ended_at, r.response_id) <= (${moment('to')}, {toId:String})`; // prettier-ignore
  return {
    sql: `SELECT ${columns} FROM v_survey_responses AS r WHERE ${sql} ${further} ${until} ORDER BY r.ended_at, r.response_id`,
    params: {
      ...params,
      ...(after === undefined ? {} : place('after', after)),
      ...(to === undefined ? {} : place('to', to)),
    },
  };
}

function moment(name: string): string {
  return `toDateTime64({${name}At:String}, 3, 'UTC')`;
}

function place(name: string, { ended_at, response_id }: After): FactsParams {
  return { [`${name}At`]: ended_at, [`${name}Id`]: response_id };
}
