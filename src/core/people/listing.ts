import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import type { PersonItem } from './contract.ts';
import { selectCounts, selectOrderOwners } from './facts/reading.ts';
import { whoseFacts } from './facts/whose.ts';
import { evenOut } from './keys.ts';
import { type IdentityCounts, sumCounts } from './counts.ts';
import { selectPersonNos } from './records/identities.ts';
import { type ListedPerson, searchPeople, selectIdentitiesOf, selectPeople } from './records/reading.ts';
import { IDENTITY_KINDS } from './vocabulary.ts';

const cursorShape = z.tuple([z.number().int()]);

export interface ListWanted {
  readonly q?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** People, the latest known first. */
export async function listPeople(house: House, workspaceId: string, wanted: ListWanted) {
  const { db } = house.records;
  const before = wanted.cursor === undefined ? undefined : readCursor(cursorShape, wanted.cursor)[0];
  const page = { before, limit: wanted.limit + 1 };
  const q = wanted.q?.trim() ?? '';
  const rows = q === '' ? await selectPeople(db, workspaceId, page) : await search(house, workspaceId, q, page);
  const shown = rows.slice(0, wanted.limit);
  const last = shown.at(-1);

  const personNos = shown.map((p) => p.person_no);
  const identities = await selectIdentitiesOf(db, workspaceId, personNos);
  const personOf = new Map(identities.map((i) => [i.identity_no, i.person_no]));
  const byPerson = new Map<number, IdentityCounts[]>();
  for (const counts of await selectCounts(house.facts, whoseFacts(workspaceId, personNos, [...personOf.keys()]))) {
    const personNo = personOf.get(counts.identity_no) ?? 0;
    const others = byPerson.get(personNo);
    if (others === undefined) byPerson.set(personNo, [counts]);
    else others.push(counts);
  }
  return {
    items: shown.map((p) => itemOf(p, byPerson.get(p.person_no) ?? [])),
    nextCursor: rows.length > shown.length && last !== undefined ? writeCursor([last.person_no]) : null,
  };
}

async function search(
  house: House,
  workspaceId: string,
  q: string,
  page: { before: number | undefined; limit: number },
) {
  const { db } = house.records;
  const evened = IDENTITY_KINDS.map((kind) => ({ kind, value: evenOut(kind, q) }));
  const owners = await selectOrderOwners(house.facts, workspaceId, q);
  const persons = await selectPersonNos(db, workspaceId, owners);
  return searchPeople(db, workspaceId, q, evened, [...persons.values()], page);
}

function itemOf(p: ListedPerson, counted: readonly IdentityCounts[]): PersonItem {
  const { last, events, answers, orders } = sumCounts(counted);
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
