import { type Predicate, fieldsOf, isEverything } from '@touchstone/domain/predicate';
import { z } from 'zod';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import { type Bounds, type Source, Statement, ownerOf } from '../../fields/facade.ts';
import { type AskedOf, MOMENTS, type PeopleSort } from '../vocabulary.ts';
import { countsSql } from './reading.ts';

/** Which people: those of whom something in the period satisfies the filter. */
export interface PeopleScope {
  readonly workspace: { readonly id: string; readonly zone: string };
  readonly period: Bounds;
  readonly filter: Predicate;
}

/** What they are asked of; null where neither period nor filter says anything. */
export function askedOf({ period, filter }: Pick<PeopleScope, 'period' | 'filter'>): AskedOf | null {
  const allTime = period.fromTime === undefined && period.toTime === undefined;
  if (isEverything(filter)) return allTime ? null : 'anything';
  const owners = new Set(fieldsOf(filter).map(ownerOf));
  if (owners.has('feedback')) return 'answers';
  if (owners.has('order')) return 'orders';
  return allTime && owners.size === 1 && owners.has('person') ? 'traits' : 'anything';
}

const HAPPENED: readonly Source[] = ['feedback', 'orders', 'events'];
const SOURCES: Readonly<Record<AskedOf, readonly Source[]>> = {
  answers: ['feedback'],
  orders: ['orders'],
  anything: HAPPENED,
  // Of some people nothing is known but who they are.
  traits: [...HAPPENED, 'people'],
};

export function sourcesOf(asked: AskedOf | null): readonly Source[] {
  return asked === null ? [] : SOURCES[asked];
}

/** The numbers of these people, any number of times each. Undefined: nothing narrows them. */
function numbersOf(scope: PeopleScope): { readonly sql: string; readonly params: FactsParams } | undefined {
  const asked = askedOf(scope);
  if (asked === null) return undefined;
  const parts = sourcesOf(asked).map((source) => {
    const statement = new Statement(source, scope.workspace, source);
    const where = `${inPeriod(statement, source, scope.period)} AND ${statement.where(scope.filter)}`;
    return {
      sql: `SELECT f.person_no AS person_no FROM ${statement.from()} AND f.person_no != 0 AND ${where}`,
      params: statement.params,
    };
  });
  return {
    sql: parts.map(({ sql }) => sql).join('\nUNION ALL\n'),
    params: Object.fromEntries(parts.flatMap(({ params }) => Object.entries(params))),
  };
}

/** Of an order any of its moments counts, as it does for when somebody was last seen. */
function inPeriod(statement: Statement, source: Source, period: Bounds): string {
  if (source === 'people') return '1';
  if (source !== 'orders') return statement.during('f.at', period);
  return `(${MOMENTS.map((moment) => `(${statement.during(`f.${moment}`, period)})`).join(' OR ')})`;
}

const chosen = z.object({ no: z.number(), key: z.coerce.number() });
/** A person's number, and what they are sorted by. */
export type Chosen = z.infer<typeof chosen>;

const SORT_KEYS = {
  seen: 'toUnixTimestamp64Milli(last)',
  orders: 'toInt64(orders)',
  answers: 'toInt64(answers)',
  events: 'toInt64(events)',
} as const;
const KEYS: Readonly<Record<PeopleSort, string>> = {
  ...{ seen: SORT_KEYS.seen, '-seen': SORT_KEYS.seen },
  ...{ orders: SORT_KEYS.orders, '-orders': SORT_KEYS.orders },
  ...{ answers: SORT_KEYS.answers, '-answers': SORT_KEYS.answers },
  ...{ events: SORT_KEYS.events, '-events': SORT_KEYS.events },
};

/** A page of them: after whom, and how many; all there are without a limit. */
export interface ChosenPage {
  readonly after?: Chosen | undefined;
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * People as they are sorted, those known latest first where `sort` is not said; numbers settle ties. Sorted by what
 * happened, those of whom nothing did are left out.
 */
export function streamChosen(
  facts: Facts,
  scope: PeopleScope,
  sort: PeopleSort | undefined,
  { after, limit, signal }: ChosenPage,
): AsyncIterable<Chosen[]> {
  const { sql: numbers, params = { workspace: scope.workspace.id } } = numbersOf(scope) ?? {};
  const [turn, behind] = sort === undefined || sort.startsWith('-') ? ['DESC', '<'] : ['ASC', '>'];
  const own = 'workspace = {workspace:String} AND person_no != 0';
  const among = numbers === undefined ? '' : `WHERE person_no IN (${numbers})`;
  const found =
    sort === undefined
      ? `SELECT DISTINCT person_no AS no, toInt64(0) AS key FROM (${numbers ?? ''})`
      : `SELECT person_no AS no, ${KEYS[sort]} AS key FROM (${countsSql('person_no', own)}) ${among}`;
  const later = after === undefined ? '' : `WHERE (key, no) ${behind} ({afterKey:Int64}, {afterNo:UInt32})`;
  const most = limit === undefined ? '' : 'LIMIT {limit:UInt32}';
  return facts.stream(
    chosen,
    `SELECT no, key FROM (${found}) ${later} ORDER BY key ${turn}, no ${turn} ${most}`,
    {
      ...params,
      ...(after === undefined ? {} : { afterKey: after.key, afterNo: after.no }),
      ...(limit === undefined ? {} : { limit }),
    },
    signal === undefined ? {} : { signal },
  );
}

const howMany = z.object({ n: z.coerce.number() });

/** How many they are; undefined where nothing narrows them. */
export async function countChosen(facts: Facts, scope: PeopleScope): Promise<number | undefined> {
  const numbers = numbersOf(scope);
  if (numbers === undefined) return undefined;
  const sql = `SELECT uniqExact(person_no) AS n FROM (${numbers.sql})`;
  return (await facts.query(howMany, sql, numbers.params))[0]?.n ?? 0;
}
