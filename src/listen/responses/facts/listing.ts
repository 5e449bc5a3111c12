import { z } from 'zod';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import { hiddenSql, type Condition } from './narrowing.ts';

const textRow = z.object({
  response_id: z.string(),
  ended_at: z.string(),
  text: z.string(),
  language: z.string(),
  version: z.number(),
});
export type TextRow = z.infer<typeof textRow>;

export interface TextsWanted {
  /** Keys of the question: in a loop one a round. */
  readonly key: string;
  readonly looped: boolean;
  /** Regular expressions that all have to be found. */
  readonly patterns: readonly string[];
  /** Where the page before ended. */
  readonly before: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** What was typed in answer to one question, the newest first. */
export function selectTexts(facts: Facts, { sql, params }: Condition, wanted: TextsWanted): Promise<TextRow[]> {
  const { key, looped, patterns, before, limit } = wanted;
  const own = looped ? `(n = {key:String} OR startsWith(n, concat({key:String}, '@')))` : 'n = {key:String}';
  const where = [
    sql,
    `r.state IN ('complete', 'partial')`,
    ...(looped ? [] : ['has(r.text_names, {key:String})']),
    ...(before === undefined
      ? []
      : [`(r.ended_at, r.response_id) < (toDateTime64({beforeAt:String}, 3, 'UTC'), {beforeId:String})`]),
  ];
  const bound: Record<string, FactsParams[string]> = { ...params, key, limit };
  if (before !== undefined) Object.assign(bound, { beforeAt: before.at, beforeId: before.id });
  patterns.forEach((pattern, i) => (bound[`pattern${i}`] = pattern));
  const matches = patterns.map((_, i) => `match(text, {pattern${i}:String})`);
  return facts.query(
    textRow,
    `SELECT r.response_id AS response_id, r.ended_at AS ended_at, toString(r.language) AS language, r.version AS version,
       arrayStringConcat(arrayFilter((t, n) -> ${own}, r.texts, r.text_names), '\\n') AS text
     FROM v_survey_responses AS r WHERE ${[...where, `text != ''`, ...matches].join(' AND ')}
     ORDER BY r.ended_at DESC, r.response_id DESC LIMIT {limit:UInt32}`,
    bound,
  );
}

const levelRow = z.object({ level: z.string(), n: z.coerce.number() });

/** The frequent values of a column or hidden field. */
export function selectLevels(
  facts: Facts,
  { sql, params }: Condition,
  axis: { readonly column: 'version' | 'language' | 'channel' | 'state' } | { readonly hidden: string },
) {
  const level = 'column' in axis ? `toString(r.${axis.column})` : hiddenSql('{axis:String}');
  return facts.query(
    levelRow,
    `SELECT ${level} AS level, count() AS n FROM v_survey_responses AS r WHERE ${sql} AND level != ''
     GROUP BY level ORDER BY n DESC, level LIMIT 50`,
    { ...params, ...('hidden' in axis ? { axis: axis.hidden } : {}) },
  );
}
