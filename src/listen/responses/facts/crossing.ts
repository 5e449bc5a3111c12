import { z } from 'zod';
import { Statement } from '../../../core/fields/facade.ts';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import { HIDDEN_BELOW_PEOPLE } from '../vocabulary.ts';
import { type Heads, headsOf, WHO } from './counting.ts';
import { type Condition, hiddenSql, levelsSql } from './narrowing.ts';

/** One way to group responses. `field`: a property of what their answers belong to, as filters call it. */
export type Axis =
  | { readonly of: 'column'; readonly column: 'version' | 'language' | 'channel' | 'state' }
  | { readonly of: 'hidden'; readonly name: string }
  | { readonly of: 'field'; readonly field: string }
  | { readonly of: 'question'; readonly id: string; readonly part: string | undefined; readonly looped: boolean };

interface Asking {
  readonly workspace: { readonly id: string; readonly zone: string };
  readonly condition: Condition;
  readonly rows: Axis;
  readonly columns: Axis;
}

const crossRow = z.object({
  a: z.string(),
  b: z.string(),
  of_a: z.number(),
  of_b: z.number(),
  n: z.coerce.number(),
  people: z.coerce.number(),
});

export interface Crossed extends Heads {
  /** By level of the row and of the column; null: the sum over all of them, each response once. */
  readonly row: string | null;
  readonly column: string | null;
}

/** How many responses have each pair of levels. Those without a level on either side are left out. */
export async function crossTable(facts: Facts, { workspace, condition, rows, columns }: Asking): Promise<Crossed[]> {
  const params: Record<string, FactsParams[string]> = { ...condition.params };
  const joins: string[] = [];
  const levels = (
    [
      ['a', rows],
      ['b', columns],
    ] as const
  ).map(([name, axis]) => {
    let bound = 0;
    const bind = (value: string): string => {
      const key = `${name}x${bound++}`;
      params[key] = value;
      return `{${key}:String}`;
    };
    if (axis.of === 'column') return `[toString(r.${axis.column})]`;
    if (axis.of === 'hidden') return `arrayFilter(x -> x != '', [${hiddenSql(bind(axis.name))}])`;
    if (axis.of === 'question') return `arrayDistinct(${levelsSql(axis.id, axis.part, axis.looped, bind)})`;
    const statement = new Statement('feedback', workspace, `${name}f`);
    const level = statement.level(axis.field)?.level ?? `''`;
    joins.push(
      `GLOBAL LEFT JOIN (SELECT splitByChar(' ', f.response_id)[1] AS id, groupUniqArray(${level}) AS levels FROM ${statement.from()} AND f.survey_id = {survey:String} GROUP BY id) AS ${name}j ON ${name}j.id = r.response_id`,
    );
    Object.assign(params, statement.params);
    return `arrayFilter(x -> x != '', ${name}j.levels)`;
  });
  const found = await facts.query(
    crossRow,
    `SELECT tupleElement(one, 1) AS a, tupleElement(two, 1) AS b, grouping(a) = 0 AS of_a, grouping(b) = 0 AS of_b,
       multiIf(grouping(a) = 0 AND grouping(b) = 0, count(), grouping(a) = 0, countIf(tupleElement(two, 2) = 1),
         grouping(b) = 0, countIf(tupleElement(one, 2) = 1), countIf(tupleElement(one, 2) = 1 AND tupleElement(two, 2) = 1)) AS n,
       uniqUpTo(${HIDDEN_BELOW_PEOPLE})(who) AS people
     FROM (SELECT arrayJoin(arrayZip(one_levels, arrayEnumerate(one_levels))) AS one,
         arrayJoin(arrayZip(two_levels, arrayEnumerate(two_levels))) AS two, who
       FROM (SELECT ${levels[0]} AS one_levels, ${levels[1]} AS two_levels, ${WHO} AS who FROM v_survey_responses AS r ${joins.join(' ')}
         WHERE ${condition.sql} AND r.state IN ('complete', 'partial'))
       WHERE notEmpty(one_levels) AND notEmpty(two_levels))
     GROUP BY GROUPING SETS ((a, b), (a), (b), ()) ORDER BY n DESC, a, b LIMIT 100000`,
    params,
  );
  return found.map(({ a, b, of_a, of_b, n, people }) => ({
    row: of_a === 1 ? a : null,
    column: of_b === 1 ? b : null,
    ...headsOf(n, people),
  }));
}
