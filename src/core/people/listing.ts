import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import type { PersonItem } from './contract.ts';
import { selectCounts, selectOrderOwners } from './facts/reading.ts';
import { whoseFacts } from './facts/whose.ts';
import { evenOut } from './keys.ts';
import { sumCounts } from './counts.ts';
import { grouped } from './grouped.ts';
import { selectPersonNos } from './records/identities.ts';
import {
  type ListedPerson,
  type PeopleWanted,
  type StoredIdentity,
  searchPeople,
  selectIdentitiesOf,
  selectPeople,
} from './records/reading.ts';
import { IDENTITY_KINDS } from './vocabulary.ts';

const cursorShape = z.tuple([z.number().int()]);

export interface ListWanted {
  readonly q?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A person, all names they are known by, and how much is known to have happened. */
export interface KnownPerson {
  readonly person: ListedPerson;
  readonly identities: readonly StoredIdentity[];
  readonly counts: ReturnType<typeof sumCounts>;
}

/** People, the latest known first. */
export async function listPeople(house: House, workspaceId: string, wanted: ListWanted) {
  const before = wanted.cursor === undefined ? undefined : readCursor(cursorShape, wanted.cursor)[0];
  const page = { before, limit: wanted.limit + 1 };
  const rows = await findPeople(house, workspaceId, wanted.q, page);
  const shown = rows.slice(0, wanted.limit);
  const last = shown.at(-1);
  const known = await knownPeople(house, workspaceId, shown);
  return {
    items: known.map(itemOf),
    nextCursor: rows.length > shown.length && last !== undefined ? writeCursor([last.person_no]) : null,
  };
}

/** A page of everybody, or of those whom `q` finds. */
export async function findPeople(
  house: House,
  workspaceId: string,
  words: string | undefined,
  page: PeopleWanted,
): Promise<ListedPerson[]> {
  const q = words?.trim() ?? '';
  return q === '' ? selectPeople(house.records.db, workspaceId, page) : search(house, workspaceId, q, page);
}

/** What is known of these. `signal`: whoever asked has gone. */
export async function knownPeople(
  house: House,
  workspaceId: string,
  people: readonly ListedPerson[],
  signal?: AbortSignal,
): Promise<KnownPerson[]> {
  signal?.throwIfAborted();
  const personNos = people.map((p) => p.person_no);
  const identities = await selectIdentitiesOf(house.records.db, workspaceId, personNos);
  const whose = whoseFacts(workspaceId, personNos, identities.map((i) => i.identity_no)); // prettier-ignore
  const personOf = new Map(identities.map((i) => [i.identity_no, i.person_no]));
  const counted = grouped(await selectCounts(house.facts, whose, signal), (c) => personOf.get(c.identity_no) ?? 0);
  const named = grouped(identities, (i) => i.person_no);
  return people.map((person) => ({
    person,
    identities: named.get(person.person_no) ?? [],
    counts: sumCounts(counted.get(person.person_no) ?? []),
  }));
}

async function search(house: House, workspaceId: string, q: string, page: PeopleWanted) {
  const { db } = house.records;
  const evened = IDENTITY_KINDS.map((kind) => ({ kind, value: evenOut(kind, q) }));
  const owners = await selectOrderOwners(house.facts, workspaceId, q);
  const persons = await selectPersonNos(db, workspaceId, owners);
  return searchPeople(db, workspaceId, q, evened, [...persons.values()], page);
}

function itemOf({ person: p, counts: { last, events, answers, orders } }: KnownPerson): PersonItem {
  const matched = p.kind !== null && p.value !== null ? { matched: { kind: p.kind, value: p.value } } : {};
  return {
    id: p.id,
    label: p.label,
    email: p.email,
    ...matched,
    lastSeen: last === null ? null : factsTimeToInstant(last),
    events,
    answers,
    orders,
  };
}
