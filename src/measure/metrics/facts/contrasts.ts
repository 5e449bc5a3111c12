import type { CrossSums, Sums } from '@touchstone/domain/stats';
import { z } from 'zod';
import type { Facts } from '../../../platform/stores/ports.ts';
import { IS_LEFT_OUT, READING, type Scope, columnsOf, statementOf } from './rows.ts';
import { SOURCE_VIEWS } from './sources.ts';
import { NOBODY_FROM, type Statement } from './statement.ts';

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
  /** The same for contrasts whose two sides hold the very same rows, whichever way round. */
  readonly rows: string;
}

/** Levels a candidate may have: its number and the level's share one 16-bit code. */
export const MOST_LEVELS = 40;
export const MOST_CANDIDATES = 60;
/** Level 0 is all levels together. A code of 0 is none: candidates are numbered from 1. */
const OTHER = 255;

const sumsRow = z.object({
  lv: z.number(),
  n: z.number(),
  clusters: z.number(),
  whole: z.number(),
  people: z.number(),
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
  const single = codes.filter((c) => !c.many).map((c) => c.sql);
  const arrays = [`[${single.join(', ')}]::Array(UInt16)`, ...codes.filter((c) => c.many).map((c) => c.sql)];
  const id = SOURCE_VIEWS[scope.metric.source].id;
  const rows = `SELECT ${columnsOf(scope.metric)}, cityHash64(${id}) AS h, arrayConcat(${arrays.join(', ')}) AS lvs
    FROM ${statement.from()} AND ${where}`;
  const found = await facts.query(sumsRow, contrastsSql(rows), statement.params, { settings: READING });
  const whole = new Map(found.filter((r) => r.lv % 256 === 0).map((r) => [r.lv, r]));
  return found.flatMap((row) => {
    const candidate = candidates[Math.floor(row.lv / 256) - 1];
    const level = candidate?.levels[(row.lv % 256) - 1];
    const all = whole.get(row.lv - (row.lv % 256));
    return candidate === undefined || level === undefined || all === undefined
      ? []
      : [{ field: candidate.field, level, ...against(row, all) }];
  });
}

/**
 * The codes of a row's levels. Of a single value one: 0 without it, `OTHER` for a level that is not measured by itself.
 * Of a list those of the levels that are measured, and level 0.
 */
function codesSql(statement: Statement, { field, levels }: Candidate, k: number): { sql: string; many: boolean } {
  const found = statement.field(field);
  if (found === undefined) throw new Error(`no field ${field}`);
  const known = statement.bind(['', ...levels], 'Array(String)');
  const code = (sql: string, other: number): string =>
    `transform(${sql}, ${known}, [0, ${levels.map((_, i) => k * 256 + i + 1).join(', ')}]::Array(UInt16), toUInt16(${other}))`;
  // What is a property of a JSON object was found to hold single values: no need to look for lists in it.
  if (found.kind !== 'list' || statement.isJson(field)) {
    return { sql: code(statement.text(field), k * 256 + OTHER), many: false };
  }
  const each = `arrayMap(e -> ${code('e', 0)}, arrayDistinct(${found.sql}))`;
  return { sql: `if(empty(${found.sql}), [], arrayPushBack(${each}, toUInt16(${k * 256})))`, many: true };
}

/**
 * Sums by person and level; then by person and property, for the rest is the property's sum less the level's; then by
 * level. People with one answer make no difference within themselves: they are summed as one (c = 0, `answers` = 1),
 * which spares most of the work.
 */
function contrastsSql(rows: string): string {
  const each = (name: string, i: number): string => `tupleElement(each, ${i}) AS ${name}`;
  const person = (value: string, alone: string): string => `sum(if(c = 0, ${alone}, ${value}))`;
  // A list brings its level 0 along; of single values it is the sum.
  const whole = (column: string): string => `if(listed, sumIf(${column}, lv % 256 = 0), sum(${column}))`;
  return `
SELECT lv, sum(pn) AS n, ${person('1', 'pn')} AS clusters, sum(if(c = 0, pn, toFloat64(pn = tn))) AS whole,
  sum(if(c = 0, pk, toFloat64(c < ${NOBODY_FROM}))) AS people,
  sum(if(c = 0, pk, toFloat64(pn = tn AND c < ${NOBODY_FROM}))) AS whole_people,
  sum(ps) AS x, ${person('ps * ps', 'pq')} AS xx, ${person('ps * pn', 'ps')} AS xn, ${person('pn * pn', 'pn')} AS nn,
  ${person('ps * ts', 'pq')} AS sx, ${person('ps * tn', 'ps')} AS sn, ${person('pn * ts', 'ps')} AS nx,
  ${person('pn * tn', 'pn')} AS ns, toString(sum(ph)) AS h
FROM (
  SELECT c, tn, ts, ${['lv', 'pn', 'ps', 'pq', 'pk', 'ph'].map((name, i) => each(name, i + 1)).join(', ')}
  FROM (
    SELECT c, min(lv) % 256 = 0 AS listed, ${whole('pn')} AS tn, ${whole('ps')} AS ts,
      arrayJoin(arrayConcat(groupArray((lv, pn, ps, pq, pk, ph)), if(listed, [], [(toUInt16(min(lv) - min(lv) % 256), tn, ts, sum(pq), sum(pk), sum(ph))]))) AS each
    FROM (
      SELECT c, lv, toFloat64(count()) AS pn, sum(v) AS ps, sum(v * v) AS pq, toFloat64(sum(known)) AS pk, sum(h) AS ph
      FROM (
        SELECT if(answers = 1, 0, k) AS c, v, h, k < ${NOBODY_FROM} AS known, arrayJoin(lvs) AS lv
        FROM (SELECT c AS k, v, h, lvs, count() OVER (PARTITION BY c) AS answers FROM (${rows}) WHERE NOT (${IS_LEFT_OUT}))
      )
      WHERE lv != 0
      GROUP BY c, lv
    )
    GROUP BY c, intDiv(lv, 256)
  )
)
GROUP BY lv
ORDER BY lv`;
}

function against(a: SumsRow, all: SumsRow): Omit<MeasuredContrast, 'field' | 'level'> {
  const rest: Sums = {
    n: all.n - a.n,
    clusters: all.clusters - a.whole,
    x: all.x - a.x,
    xx: all.xx - 2 * a.sx + a.xx,
    xn: all.xn - a.sn - a.nx + a.xn,
    nn: all.nn - 2 * a.ns + a.nn,
  };
  const others = BigInt.asUintN(64, BigInt(all.h) - BigInt(a.h)).toString();
  return {
    sums: { n: a.n, clusters: a.clusters, x: a.x, xx: a.xx, xn: a.xn, nn: a.nn },
    people: a.people,
    rest,
    restPeople: all.people - a.whole_people,
    cross: { xx: a.sx - a.xx, xn: a.sn - a.xn, nx: a.nx - a.xn, nn: a.ns - a.nn },
    rows: [`${a.n}/${a.h}`, `${rest.n}/${others}`].toSorted().join(' '),
  };
}
