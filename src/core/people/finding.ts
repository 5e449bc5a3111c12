import { factsPeriod } from '../../platform/house/exporting.ts';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { readRowFilter } from '../fields/facade.ts';
import {
  type Chosen,
  type ChosenPage,
  type PeopleScope,
  askedOf,
  countChosen,
  sourcesOf,
  streamChosen,
} from './facts/choosing.ts';
import { selectOrderOwners } from './facts/reading.ts';
import { evenOut } from './keys.ts';
import { selectPersonNos } from './records/identities.ts';
import {
  type ListedPerson,
  type Looked,
  type PeopleWanted,
  countPeople,
  searchNumbers,
  searchPeople,
  selectPeople,
} from './records/reading.ts';
import { IDENTITY_KINDS, type PeopleSort } from './vocabulary.ts';

/** Whom a listing or an export is asked for. */
export interface PeopleAsked extends PeopleScope {
  /** Trimmed; empty: nobody in particular. */
  readonly q: string;
  readonly sort: PeopleSort | undefined;
}

/** Reads what was asked. Throws Problem for a filter that cannot be asked, or asks what the caller may not read. */
export function peopleAsked(
  input: {
    readonly q?: string | undefined;
    readonly filter?: string | undefined;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly sort?: PeopleSort | undefined;
  },
  { workspace, permissions }: Pick<RequestContext, 'workspace' | 'permissions'>,
): PeopleAsked {
  const period = factsPeriod(input, workspace.zone);
  const filter = readRowFilter(input.filter, permissions, (read) => sourcesOf(askedOf({ period, filter: read })));
  return { workspace, period, filter, q: input.q?.trim() ?? '', sort: input.sort };
}

/**
 * A page of people in their order, and where it ended; null where it is the last. Of whom the facts tell and the records
 * know nothing any more, the page is so much shorter.
 */
export async function findPeople(
  house: House,
  asked: PeopleAsked,
  { after, limit }: { readonly after: Chosen | undefined; readonly limit: number },
): Promise<{ people: ListedPerson[]; end: Chosen | null }> {
  if (!isPlain(asked)) {
    const places = await choose(house, asked, { after, limit: limit + 1 });
    const shown = places.slice(0, limit);
    return { people: await peopleOf(house, asked, shown), end: places.length > limit ? (shown.at(-1) ?? null) : null };
  }
  const found = await select(house, asked, { before: after?.no, limit: limit + 1 });
  const people = found.slice(0, limit);
  const last = people.at(-1);
  return { people, end: found.length > limit && last !== undefined ? { no: last.person_no, key: 0 } : null };
}

/** All of them in their order, so many at a time. */
export async function* everyone(
  house: House,
  asked: PeopleAsked,
  size: number,
  signal: AbortSignal,
): AsyncGenerator<ListedPerson[]> {
  if (!isPlain(asked)) {
    // All numbers first: the facts store does not wait for who reads slowly.
    const places = await choose(house, asked, { signal });
    for (let i = 0; i < places.length; i += size) yield peopleOf(house, asked, places.slice(i, i + size));
    return;
  }
  for (let after: Chosen | null | undefined; after !== null;) {
    const { people, end } = await findPeople(house, asked, { after, limit: size });
    yield people;
    after = end;
  }
}

/** How many they are; null where `q` looks for some. */
export async function howMany(house: House, asked: PeopleAsked): Promise<number | null> {
  if (asked.q !== '') return null;
  const { records, facts } = house;
  return (await countChosen(facts, asked)) ?? (await countPeople(records.db, asked.workspace.id)).people;
}

/** Whether everybody is asked for, or whom `q` finds, latest known first: the records know that alone. */
function isPlain(asked: PeopleAsked): boolean {
  return askedOf(asked) === null && asked.sort === undefined;
}

/** A page of people as the facts tell of them. Whom `q` finds the facts do not know: then all are told, until the page is full. */
async function choose(house: House, asked: PeopleAsked, page: ChosenPage): Promise<Chosen[]> {
  const looked = await lookedFor(house, asked);
  if (looked === undefined) return all(streamChosen(house.facts, asked, asked.sort, page));
  const found = await searchNumbers(house.records.db, asked.workspace.id, looked);
  const { limit, ...whole } = page;
  return all(streamChosen(house.facts, asked, asked.sort, whole), ({ no }) => found.has(no), limit);
}

async function all(
  parts: AsyncIterable<readonly Chosen[]>,
  wanted: (row: Chosen) => boolean = () => true,
  limit = Infinity,
): Promise<Chosen[]> {
  const kept: Chosen[] = [];
  for await (const part of parts) {
    for (const row of part) if (wanted(row)) kept.push(row);
    if (kept.length >= limit) break;
  }
  return limit === Infinity ? kept : kept.slice(0, limit);
}

async function peopleOf(house: House, asked: PeopleAsked, places: readonly Chosen[]): Promise<ListedPerson[]> {
  const among = places.map(({ no }) => no);
  const people = await select(house, asked, { among, limit: among.length });
  const byNo = new Map(people.map((person) => [person.person_no, person]));
  return among.flatMap((no) => byNo.get(no) ?? []);
}

async function select(house: House, asked: PeopleAsked, wanted: PeopleWanted): Promise<ListedPerson[]> {
  const { db } = house.records;
  const { id } = asked.workspace;
  const looked = await lookedFor(house, asked);
  return looked === undefined ? selectPeople(db, id, wanted) : searchPeople(db, id, looked, wanted);
}

async function lookedFor(house: House, { q, workspace }: PeopleAsked): Promise<Looked | undefined> {
  if (q === '') return undefined;
  const owners = await selectOrderOwners(house.facts, workspace.id, q);
  const persons = await selectPersonNos(house.records.db, workspace.id, owners);
  const evened = IDENTITY_KINDS.map((kind) => ({ kind, value: evenOut(kind, q) }));
  return { q, evened, alsoPersons: [...persons.values()] };
}
