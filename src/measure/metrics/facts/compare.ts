import { printText } from '@touchstone/domain/predicate';
import type { CrossSums, Sums } from '@touchstone/domain/stats';
import { z } from 'zod';
import { NOBODY_FROM, Statement } from '../../../core/fields/facade.ts';
import type { Facts } from '../../../platform/stores/ports.ts';
import { READING, REASON, type Scope, columnsOf } from './rows.ts';
import { METRIC_SQL } from './sources.ts';

/** One side of a comparison. */
export interface Side {
  readonly sums: Sums;
  readonly people: number;
  readonly excluded: readonly number[];
}

export interface Compared {
  readonly first: Side;
  readonly second: Side;
  readonly cross: CrossSums;
}

/** The other side: what of the question differs. */
type Against = Pick<Scope, 'period' | 'filter'>;

/** No whole number of these statements is beyond what JavaScript holds. */
const SETTINGS = { ...READING, output_format_json_quote_64bit_integers: 0 };

/** Two questions about the same metric in one statement, with what the people in both make common. */
export function selectComparison(facts: Facts, scope: Scope, against: Against): Promise<Compared> {
  const { metric, workspace } = scope;
  const statement = new Statement(metric.source, workspace);
  const { in1, in2, where, either } = sidesSql(statement, scope, against);
  // Flat where it can be: every nested statement takes ClickHouse a millisecond or two to analyse.
  if (metric.measure === null) {
    const rows = `${statement.from()} AND ${where}${either === '' ? '' : ' AND (in1 OR in2)'}`;
    return selectCounts(
      facts,
      { sides: `${in1} AS in1, ${in2} AS in2`, rows },
      statement,
      metric.source === 'feedback',
    );
  }
  const rows = `(SELECT ${columnsOf(metric)}, ${in1} AS in1, ${in2} AS in2 FROM ${statement.from()} AND ${where})${either}`;
  return selectMeans(facts, rows, statement, METRIC_SQL[metric.key].excluded.length);
}

/**
 * Which rows are on which side, and which are on any. What both sides ask is asked once, and nothing is asked that all
 * rows fulfil: it is what takes ClickHouse long to read.
 */
function sidesSql(statement: Statement, scope: Scope, against: Against) {
  const { scope: asked, moment } = METRIC_SQL[scope.metric.key];
  const [first, second] = [scope.period, against.period];
  const samePeriod = first.fromTime === second.fromTime && first.toTime === second.toTime;
  const sameFilter = printText(scope.filter) === printText(against.filter);
  const hull = {
    fromTime: first.fromTime < second.fromTime ? first.fromTime : second.fromTime,
    toTime: first.toTime > second.toTime ? first.toTime : second.toTime,
  };
  const common = [asked, statement.during(moment, hull), ...(sameFilter ? [statement.where(scope.filter)] : [])];
  const where = common.join(' AND ');
  // A period and the one right before it: whatever lies in both together is on either side.
  if (sameFilter && second.toTime === first.fromTime) {
    return { in1: `${moment} >= ${statement.instant(first.fromTime)}`, in2: 'NOT in1', where, either: '' };
  }
  const side = (of: Against): string => {
    const own = [
      ...(samePeriod ? [] : [statement.during(moment, of.period)]),
      ...(sameFilter ? [] : [statement.where(of.filter)]),
    ];
    return own.length === 0 ? '1' : `(${own.join(' AND ')})`;
  };
  return { in1: side(scope), in2: side(against), where, either: ' WHERE in1 OR in2' };
}

const countedSide = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .transform(([n, people, nobodies, x]): Side => ({
    // Nobody known is told apart from people by the number 0, which the distinct numbers hold.
    sums: { n, clusters: people - Math.min(nobodies, 1) + nobodies, x, xx: 0, xn: 0, nn: 0 },
    people: people - Math.min(nobodies, 1),
    excluded: [],
  }));

/** Counts have no interval: nothing of persons is needed but how many there are. Answers given together count once. */
async function selectCounts(
  facts: Facts,
  { sides, rows }: { readonly sides: string; readonly rows: string },
  statement: Statement,
  together: boolean,
): Promise<Compared> {
  const [p, r] = ['f.person_no', 'f.response_id'];
  const counts = [1, 2].map(
    (i) => `tuple(countIf(in${i}), uniqExactIf(${p}, in${i}), countIf(${p} = 0 AND in${i}),
    ${together ? `countIf(${r} = '' AND in${i}) + uniqExactIf(${r}, ${r} != '' AND in${i})` : `countIf(in${i})`})`,
  );
  const sql = `WITH ${sides} SELECT ${counts[0] ?? ''} AS first, ${counts[1] ?? ''} AS second FROM ${rows}`;
  const shape = z.object({ first: countedSide, second: countedSide });
  const [row] = await facts.query(shape, sql, statement.params, { settings: SETTINGS });
  if (row === undefined) throw new Error('a comparison of counts has one row');
  return { ...row, cross: { xx: 0, xn: 0, nx: 0, nn: 0 } };
}

/** What is left out may add up to no number at all, as on a scale without a width; only how many is read of it. */
const numbers = z.array(
  z
    .number()
    .nullable()
    .transform((value) => value ?? 0),
);
const meansRow = z.object({ reason: z.number(), first: numbers, second: numbers, both: numbers });

/** First the sums of each person on either side, then sums over people; one row for what counts and one for each reason. */
async function selectMeans(facts: Facts, rows: string, statement: Statement, reasons: number): Promise<Compared> {
  const sides = [1, 2].map((i) => {
    const [n, s] = [`n${i}`, `s${i}`];
    return `tuple(sum(${n}), countIf(${n} > 0), countIf(${n} > 0 AND c < ${NOBODY_FROM}), sum(${s}), sum(${s} * ${s}), sum(${s} * ${n}), sum(${n} * ${n}))`;
  });
  const sql = `
SELECT ${reasons === 0 ? '0' : REASON} AS reason, ${sides[0] ?? ''} AS first, ${sides[1] ?? ''} AS second,
  tuple(sum(s1 * s2), sum(s1 * n2), sum(n1 * s2), sum(n1 * n2)) AS both
FROM (
  SELECT c, countIf(in1) AS n1, sumIf(v, in1) AS s1, countIf(in2) AS n2, sumIf(v, in2) AS s2
  FROM ${rows}
  GROUP BY c
)
GROUP BY reason`;
  const found = await facts.query(meansRow, sql, statement.params, { settings: SETTINGS });
  const counted = found.find((r) => r.reason === 0);
  const sideOf = (of: 'first' | 'second'): Side => {
    const [n = 0, clusters = 0, people = 0, x = 0, xx = 0, xn = 0, nn = 0] = counted?.[of] ?? [];
    const left = Array.from({ length: reasons }, (_, i) => found.find((r) => r.reason === i + 1)?.[of][0] ?? 0);
    return { sums: { n, clusters, x, xx, xn, nn }, people, excluded: left };
  };
  const [xx = 0, xn = 0, nx = 0, nn = 0] = counted?.both ?? [];
  return { first: sideOf('first'), second: sideOf('second'), cross: { xx, xn, nx, nn } };
}
