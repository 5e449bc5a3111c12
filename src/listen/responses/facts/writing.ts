import { z } from 'zod';
import { idLists } from '../../../platform/stores/id-lists.ts';
import { inPieces } from '../../../platform/stores/pieces.ts';
import type { Facts } from '../../../platform/stores/ports.ts';

/** A row of `survey_responses`; times as the facts store writes them. */
export interface StoredResponse {
  readonly workspace: string;
  readonly survey_id: string;
  readonly version: number;
  readonly response_id: string;
  readonly state: string;
  readonly ending: string;
  readonly language: string;
  readonly channel: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly identity_no: number;
  readonly user_id: string;
  readonly order_id: string;
  readonly case_id: string;
  readonly location_id: string;
  readonly staff_id: string;
  readonly answers: string;
  readonly hidden: string;
  readonly last_page: string;
  readonly marks: readonly string[];
  readonly number_names: readonly string[];
  readonly numbers: readonly number[];
  readonly text_names: readonly string[];
  readonly texts: readonly string[];
}

/** Of lines that come piece by piece one thread reads as many as they bring. */
const ONE_READER = { input_format_parallel_parsing: 0 };

const standing = z.object({ response_id: z.string() });

/** Appends rows; the same token inserts once. */
export async function insertResponses(facts: Facts, rows: readonly StoredResponse[], token: string): Promise<void> {
  if (rows.length > 0)
    await facts.insert('survey_responses', inPieces(rows), { token: `responses:${token}`, settings: ONE_READER });
}

/** Which of them stand there, by their ids. */
export async function selectStanding(facts: Facts, rows: readonly StoredResponse[]): Promise<ReadonlySet<string>> {
  const [first] = rows;
  if (first === undefined) return new Set();
  const times = rows.map((row) => row.ended_at).toSorted();
  const found = new Set<string>();
  for (const ids of idLists(rows.map((row) => row.response_id))) {
    const there = await facts.query(
      standing,
      `SELECT response_id FROM survey_responses
       WHERE workspace = {workspace:String} AND survey_id IN {surveys:Array(String)}
         AND ended_at BETWEEN toDateTime64({first:String}, 3, 'UTC') AND toDateTime64({last:String}, 3, 'UTC')
         AND response_id IN {ids:Array(String)}`,
      {
        workspace: first.workspace,
        surveys: [...new Set(rows.map((row) => row.survey_id))],
        first: times[0] ?? '',
        last: times.at(-1) ?? '',
        ids,
      },
    );
    for (const { response_id } of there) found.add(response_id);
  }
  return found;
}
