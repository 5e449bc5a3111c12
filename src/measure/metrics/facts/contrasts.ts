import type { CrossSums, Sums } from '@touchstone/domain/stats';
import { z } from 'zod';
import { NOBODY_FROM, SOURCE_VIEWS, type Statement } from '../../../core/fields/facade.ts';
import type { Facts } from '../../../platform/stores/ports.ts';
import { IS_LEFT_OUT, READING, type Scope, columnsOf, statementOf } from './rows.ts';

/** A property whose levels are to be measured, each against all others that have the property. */
export interface Candidate {
  readonly field: string;
  readonly levels: readonly string[];
}

/** A level and the rest, with what the people in both make common. */
export interface MeasuredContrast {
  readonly field: string;
  readonly level: string;
  readonly sums: Sums;
  readonly people: number;
  readonly rest: Sums;
  readonly restPeople: number;
  readonly cross: CrossSums;
  /** The same for levels that hold the very same rows. */
  readonly own: string;
  /** The same for contrasts whose two sides hold the very same rows, whichever way round. */
  readonly rows: string;
}

/** Levels a candidate may have: its number and the level's share one 16-bit code. */
export const MOST_LEVELS = 40;
export const MOST_CANDIDATES = 60;
/** Level 0 of a list is all its levels together. A code of 0 is none: candidates are numbered from 1. */
const OTHER = 255;

const sumsRow = z.object({
  lv: z.number(),
  n: z.number(),
  clusters: z.number(),
  clusters_share: z.number(),
  whole: z.number(),
  people: z.number(),
  people_share: z.number(),
  whole_people: z.number(),
  x: z.number(),
  xx: z.number(),
  xn: z.number(),
  nn: z.number(),
  sx: z.number(),
  sn: z.number(),
  nx: z.number(),
  ns: z.number(),
  h: z.string(),
});
type SumsRow = z.infer<typeof sumsRow>;

/** Every level of every candidate against the rest, in one statement. */
export async function selectContrasts(
  facts: Facts,
  scope: Scope,
  candidates: readonly Candidate[],
): Promise<MeasuredContrast[]> {
  if (candidates.length === 0) return [];
  const { statement, where } = statementOf(scope);
  const codes = candidates.map((candidate, i) => codesSql(statement, candidate, i + 1));
  const lists = codes.flatMap((c) => (c.levels === undefined ? [] : [c.levels]));
  const id = SOURCE_VIEWS[scope.metric.source].id;
  const rows = `SELECT ${columnsOf(scope.metric)}, cityHash64(${id}) AS h, [${codes.map((c) => c.code).join(', ')}]::Array(UInt16) AS codes,
      ${lists.length === 0 ? '[]' : `arrayConcat(${lists.join(', ')})`}::Array(UInt16) AS levels
    FROM ${statement.from()} AND ${where}`;
  const found = await facts.query(sumsRow, contrastsSql(rows), statement.params, { settings: READING });
  return candidates.flatMap(({ field, levels }, i) => {
    const own = found.filter((r) => Math.floor(r.lv / 256) === i + 1);
    const all = wholeOf(own);
    return own.flatMap((row) => {
      const level = levels[(row.lv % 256) - 1];
      return level === undefined ? [] : [{ field, level, ...against(row, all) }];
    });
  });
}

/**
 * What a row has of a property. Of a single value the code of its level: 0 without one, `OTHER` for a level that is not
 * measured by itself. Of a list level 0, and the codes of those of its levels that are measured.
 */
function codesSql(
  statement: Statement,
  { field, levels }: Candidate,
  k: number,
): { readonly code: string; readonly levels?: string } {
  const found = statement.field(field);
  if (found === undefined) throw new Error(`no field ${field}`);
  const known = statement.bind(['', ...levels], 'Array(String)');
  const code = (sql: string, other: number): string =>
    `transform(${sql}, ${known}, [0, ${levels.map((_, i) => k * 256 + i + 1).join(', ')}]::Array(UInt16), toUInt16(${other}))`;
  // What is a property of a JSON object was found to hold single values: no need to look for lists in it.
  if (found.kind !== 'list' || statement.isJson(field)) return { code: code(statement.text(field), k * 256 + OTHER) };
  return {
    code: `if(empty(${found.sql}), 0, ${k * 256})`,
    levels: `arrayMap(e -> ${code('e', 0)}, arrayDistinct(${found.sql}))`,
  };
}

/**
 * Each level of a row, with how many rows of its person have the property (`tn`) and what they add up to (`ts`); then sums
 * by person and level, and by level. People with one answer make no difference within themselves: they are summed as one
 * (c = 0, `answers` = 1), which spares most of the work.
 */
function contrastsSql(rows: string): string {
  const person = (value: string, alone: string): string => `sum(if(c = 0, ${alone}, ${value}))`;
  const isKnown = `toFloat64(c < ${NOBODY_FROM})`;
  return `
SELECT lv, sum(pn) AS n, ${person('1', 'pn')} AS clusters, ${person('pn / tn', 'pn')} AS clusters_share,
  ${person('toFloat64(pn = tn)', 'pn')} AS whole, ${person(isKnown, 'pk')} AS people,
  ${person(`${isKnown} * pn / tn`, 'pk')} AS people_share, ${person(`${isKnown} * (pn = tn)`, 'pk')} AS whole_people,
  sum(ps) AS x, ${person('ps * ps', 'pq')} AS xx, ${person('ps * pn', 'ps')} AS xn, ${person('pn * pn', 'pn')} AS nn,
  ${person('ps * ts', 'pq')} AS sx, ${person('ps * tn', 'ps')} AS sn, ${person('pn * ts', 'ps')} AS nx,
  ${person('pn * tn', 'pn')} AS ns, toString(sum(ph)) AS h
FROM (
  SELECT c, lv, toFloat64(count()) AS pn, sum(v) AS ps, sum(v * v) AS pq, toFloat64(sum(known)) AS pk, sum(h) AS ph,
    any(pt) AS tn, any(st) AS ts
  FROM (
    SELECT if(answers = 1, 0, k) AS c, v, h, k < ${NOBODY_FROM} AS known,
      arrayJoin(arrayConcat(arrayZip(codes, tns, tss), arrayMap(l -> (l, tns[intDiv(l, 256)], tss[intDiv(l, 256)]), levels))) AS each,
      tupleElement(each, 1) AS lv, tupleElement(each, 2) AS pt, tupleElement(each, 3) AS st
    FROM (
      SELECT c AS k, v, h, codes, levels, count() OVER person AS answers,
        sumForEach(arrayMap(l -> toFloat64(l != 0), codes)) OVER person AS tns,
        sumForEach(arrayMap(l -> if(l = 0, 0, v), codes)) OVER person AS tss
      FROM (${rows})
      WHERE NOT (${IS_LEFT_OUT})
      WINDOW person AS (PARTITION BY c)
    )
  )
  WHERE lv != 0
  GROUP BY c, lv
)
GROUP BY lv
ORDER BY lv`;
}

/** All rows that have a property: of a list its level 0, of single values what its levels add up to. */
interface Whole {
  readonly sums: Sums;
  readonly people: number;
  readonly h: bigint;
}

function wholeOf(rows: readonly SumsRow[]): Whole {
  const listed = rows.find((r) => r.lv % 256 === 0);
  if (listed !== undefined) return { sums: listed, people: listed.people, h: BigInt(listed.h) };
  const sum = (of: (row: SumsRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    sums: {
      n: sum((r) => r.n),
      // People of several levels stand in each with the share of their rows that is there.
      clusters: Math.round(sum((r) => r.clusters_share)),
      x: sum((r) => r.x),
      xx: sum((r) => r.sx),
      xn: sum((r) => r.sn),
      nn: sum((r) => r.ns),
    },
    people: Math.round(sum((r) => r.people_share)),
    h: rows.reduce((total, row) => total + BigInt(row.h), 0n),
  };
}

function against(a: SumsRow, { sums: all, people, h }: Whole): Omit<MeasuredContrast, 'field' | 'level'> {
  const rest: Sums = {
    n: all.n - a.n,
    clusters: all.clusters - a.whole,
    x: all.x - a.x,
    xx: all.xx - 2 * a.sx + a.xx,
    xn: all.xn - a.sn - a.nx + a.xn,
    nn: all.nn - 2 * a.ns + a.nn,
  };
  const own = `${a.n}/${a.h}`;
  const others = `${rest.n}/${BigInt.asUintN(64, h - BigInt(a.h)).toString()}`;
  return {
    sums: { n: a.n, clusters: a.clusters, x: a.x, xx: a.xx, xn: a.xn, nn: a.nn },
    people: a.people,
    rest,
    restPeople: people - a.whole_people,
    cross: { xx: a.sx - a.xx, xn: a.sn - a.xn, nx: a.nx - a.xn, nn: a.ns - a.nn },
    own,
    rows: [own, others].toSorted().join(' '),
  };
}
