import { z } from 'zod';
import { SOURCE_VIEWS, type Statement } from '../../../core/fields/facade.ts';
import type { Facts } from '../../../platform/stores/ports.ts';

/** A property with its frequent levels. */
export interface FieldLevels {
  readonly field: string;
  /** Rows of the sample that have a value. */
  readonly rows: number;
  /** Different levels in the sample. */
  readonly distinct: number;
  /** Of them, those that one person alone has. */
  readonly alone: number;
  /** Most frequent first, at most 40. */
  readonly levels: readonly { readonly key: string; readonly rows: number }[];
}

const levelsRow = z
  .object({
    field: z.string(),
    rows: z.number(),
    distinct: z.number(),
    alone: z.number(),
    levels: z.array(z.tuple([z.string(), z.number()])),
  })
  .transform((r): FieldLevels => ({ ...r, levels: r.levels.map(([key, rows]) => ({ key, rows })) }));

/** How many rows are looked at to learn which properties there are. */
export const SAMPLE_ROWS = 10_000;

/** Whose properties are looked for. */
export type Looked = 'feedback' | 'order' | 'person';

/**
 * Properties and their frequent levels in a sample of rows: each `every`-th by the hash of its id, so that the same
 * rows are sampled every time. `own` is the part of `where` that asks about the row alone. Only levels that `minPeople` persons share. Values longer than 100 characters are no levels.
 */
export function selectLevels(
  facts: Facts,
  statement: Statement,
  asked: {
    readonly where: string;
    readonly own: string;
    readonly of: readonly Looked[];
    readonly every: number;
    readonly minPeople: number;
  },
): Promise<FieldLevels[]> {
  const pairs = asked.of.flatMap((of) => pairsOf(of, statement));
  const { view, id } = SOURCE_VIEWS[statement.source];
  const sampled = `cityHash64(${id}) % ${statement.bind(asked.every, 'UInt64')} = 0`;
  const where = `${asked.where} AND ${sampled}`;
  const among = (column: string): string =>
    asked.every === 1
      ? ''
      : ` AND ${column} IN (SELECT f.${column} FROM ${view} AS f WHERE f.workspace = {workspace:String} AND ${asked.own} AND ${sampled})`;
  return facts.query(
    levelsRow,
    `
SELECT field, toFloat64(sum(n)) AS rows, toFloat64(count()) AS distinct,
  toFloat64(countIf(known = 1)) AS alone,
  arraySlice(arrayMap(p -> (p.1, toFloat64(p.2)), arraySort(p -> (-p.2, p.1), groupArrayIf((level, toInt64(n)), people >= ${statement.bind(asked.minPeople, 'UInt64')}))), 1, 40) AS levels
FROM (
  SELECT pair.1 AS field, pair.2 AS level, count() AS n, uniq(f.person_no) AS people, uniqIf(f.person_no, f.person_no != 0) AS known
  FROM (
    SELECT f.person_no, arrayJoin(arrayConcat(${pairs.join(', ')})) AS pair
    FROM ${statement.from({ orders: among('order_id'), people: among('person_no') })} AND ${where}
  ) AS f
  WHERE level != '' AND lengthUTF8(level) <= 100
  GROUP BY field, level
)
GROUP BY field
ORDER BY rows DESC, field`,
    statement.params,
  );
}

/** Arrays of (field, level). */
function pairsOf(of: Looked, statement: Statement): string[] {
  const fixed = (fields: readonly (readonly [string, string])[]): string =>
    `[${fields.map(([field, sql]) => `('${field}', toString(${sql}))`).join(', ')}]`;
  const json = (prefix: string, sql: string): string =>
    `arrayMap(kv -> (concat('${prefix}.', kv.1), kv.2), JSONExtractKeysAndValues(${sql}, 'String'))`;
  if (of === 'person') return [json('person', statement.traits())];
  if (of === 'feedback') {
    return [
      fixed([
        ['touchpoint', 'f.touchpoint'],
        ['stage', 'f.stage'],
        ['channel', 'f.channel'],
        ['feedback.source', 'f.source'],
        ['feedback.instrument', 'f.instrument'],
        ['feedback.language', 'f.language'],
        ['feedback.survey_id', 'f.survey_id'],
        ['feedback.location_id', 'f.location_id'],
      ]),
      json('feedback', 'f.props'),
    ];
  }
  return [
    fixed([
      ['order.late', `multiIf(isNull(${statement.late()}), '', ${statement.late()}, 'true', 'false')`],
      ['order.status', statement.order('status')],
      ['order.channel', statement.order('channel')],
    ]),
    `arrayMap(x -> ('order.category', x), arrayDistinct(${statement.order('categories')}))`,
    json('order', statement.order('props')),
  ];
}
