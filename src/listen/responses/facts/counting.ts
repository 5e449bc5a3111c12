import type { Interval } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { Facts } from '../../../platform/stores/ports.ts';
import type { Condition } from './narrowing.ts';
import { HIDDEN_BELOW_PEOPLE } from '../vocabulary.ts';

const FROM = 'FROM v_survey_responses AS r WHERE';
/** Who ended the survey or left it; who the survey itself ended counts in no figure of a question. */
const COUNTED = `r.state IN ('complete', 'partial')`;
/** More different marks than these are not read: 10,000 choices, each asked for in some rounds. */
const MOST_MARKS = 100_000;

/** Whose a response is: of nobody known each is somebody's of their own. */
export const WHO = 'if(r.person_no = 0, cityHash64(r.response_id), r.person_no)';

/** So many responses, and of how many people: as many as responses where that is not few. */
export interface Heads {
  readonly n: number;
  readonly people: number;
}

/** People are told exactly where they are few: one more than may be hidden stands for as many as there are. */
export function headsOf(n: number, people: number): Heads {
  return { n, people: people > HIDDEN_BELOW_PEOPLE ? n : Math.min(n, people) };
}

const markRow = z.object({ mark: z.string(), n: z.coerce.number(), people: z.coerce.number() });

/** Where nobody asks of how many people, that they are many: to tell takes as long again. */
function fewOf(who: string, ofPeople: boolean): string {
  return ofPeople ? `uniqUpTo(${HIDDEN_BELOW_PEOPLE})(${who})` : `${HIDDEN_BELOW_PEOPLE + 1}`;
}

/** How many responses bear each mark, and of how many people; not `ofPeople`: as if each were another's. */
export async function countMarks(
  facts: Facts,
  { sql, params }: Condition,
  ofPeople: boolean,
): Promise<Map<string, Heads>> {
  const rows = await facts.query(
    markRow,
    `SELECT arrayJoin(r.marks) AS mark, count() AS n, ${fewOf(WHO, ofPeople)} AS people ${FROM} ${sql} AND ${COUNTED}
     GROUP BY mark ORDER BY n DESC, mark LIMIT ${MOST_MARKS}`,
    params,
  );
  return new Map(rows.map(({ mark, n, people }) => [mark, headsOf(n, people)]));
}

/** What is said of numbers that were typed. */
export interface NumberSums extends Heads {
  readonly x: number;
  readonly xx: number;
  readonly least: number;
  readonly most: number;
  /** At 10, 25, 50, 75 and 90 of 100. */
  readonly quantiles: readonly number[];
}

const numberRow = z.object({
  name: z.string(),
  n: z.coerce.number(),
  people: z.coerce.number(),
  x: z.number(),
  xx: z.number(),
  least: z.number(),
  most: z.number(),
  quantiles: z.array(z.number()),
});

export async function sumNumbers(
  facts: Facts,
  { sql, params }: Condition,
  ofPeople: boolean,
): Promise<Map<string, NumberSums>> {
  const rows = await facts.query(
    numberRow,
    `SELECT tupleElement(one, 1) AS name, count() AS n, ${fewOf('who', ofPeople)} AS people, sum(value) AS x,
       sum(value * value) AS xx, min(value) AS least, max(value) AS most, quantilesTDigest(0.1, 0.25, 0.5, 0.75, 0.9)(value) AS quantiles
     FROM (SELECT arrayJoin(arrayZip(r.number_names, r.numbers)) AS one, tupleElement(one, 2) AS value, ${WHO} AS who
       ${FROM} ${sql} AND ${COUNTED} AND notEmpty(r.numbers))
     GROUP BY name`,
    params,
  );
  return new Map(rows.map(({ name, ...sums }) => [name, { ...sums, ...headsOf(sums.n, sums.people) }]));
}

const standingRow = z.object({
  state: z.string(),
  version: z.number(),
  last_page: z.string(),
  n: z.coerce.number(),
});
export interface Standing {
  readonly state: string;
  readonly version: number;
  readonly lastPage: string;
  readonly n: number;
}

/** How responses ended, by version and last page. */
export async function countStandings(facts: Facts, { sql, params }: Condition): Promise<Standing[]> {
  const rows = await facts.query(
    standingRow,
    `SELECT toString(r.state) AS state, r.version AS version, toString(r.last_page) AS last_page, count() AS n
     ${FROM} ${sql} GROUP BY r.state, r.version, r.last_page ORDER BY n DESC LIMIT 20000`,
    params,
  );
  return rows.map(({ last_page, ...row }) => ({ ...row, lastPage: last_page }));
}

const spanRow = z.object({
  n: z.coerce.number(),
  people: z.coerce.number(),
  seconds: z.number().nullable(),
  first: z.string(),
  last: z.string(),
});

export type Span = z.infer<typeof spanRow>;

/** Of those that count: from how many people (not `ofPeople`: as if each were another's), how long the whole takes, and when. */
export async function selectSpan(facts: Facts, { sql, params }: Condition, ofPeople: boolean): Promise<Span> {
  const people = ofPeople ? 'uniqExactIf(r.person_no, r.person_no != 0) + countIf(r.person_no = 0)' : 'count()';
  const [row] = await facts.query(
    spanRow,
    `SELECT count() AS n, ${people} AS people,
       nullIf(quantileTDigestIf(0.5)(toFloat64(dateDiff('second', r.started_at, r.ended_at)), r.state = 'complete'), nan) AS seconds,
       min(r.ended_at) AS first, max(r.ended_at) AS last
     ${FROM} ${sql} AND ${COUNTED}`,
    params,
  );
  return row ?? { n: 0, people: 0, seconds: null, first: '', last: '' };
}

const BUCKETS: Readonly<Record<Interval, string>> = {
  day: 'toDate(r.ended_at, {zone:String})',
  week: 'toStartOfWeek(r.ended_at, 1, {zone:String})',
  month: 'toStartOfMonth(r.ended_at, {zone:String})',
  quarter: 'toStartOfQuarter(r.ended_at, {zone:String})',
};

const bucketRow = z.object({
  at: z.string(),
  level: z.string(),
  n: z.coerce.number(),
  people: z.coerce.number(),
  whole: z.coerce.number(),
});
export type BucketRow = z.infer<typeof bucketRow>;

/** How often each level of an expression was given, by bucket of the workspace's calendar; `whole`: of how many people all were. */
export function countByTime(
  facts: Facts,
  { sql, params }: Condition,
  wanted: { readonly levels: string; readonly interval: Interval; readonly zone: string; readonly bound: object },
): Promise<BucketRow[]> {
  return facts.query(
    bucketRow,
    `SELECT at, level, count() AS n, uniqUpTo(${HIDDEN_BELOW_PEOPLE})(who) AS people, grouping(level) AS whole
     FROM (SELECT toString(${BUCKETS[wanted.interval]}) AS at, arrayJoin(${wanted.levels}) AS level, ${WHO} AS who
       ${FROM} ${sql} AND ${COUNTED})
     GROUP BY GROUPING SETS ((at, level), (at)) ORDER BY at LIMIT 100000`,
    { ...params, ...wanted.bound, zone: wanted.zone },
  );
}
