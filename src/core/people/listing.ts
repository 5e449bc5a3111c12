import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import type { PersonItem } from './contract.ts';
import { sumCounts } from './counts.ts';
import { type Chosen, askedOf } from './facts/choosing.ts';
import { selectCounts } from './facts/reading.ts';
import { whoseFacts } from './facts/whose.ts';
import { type PeopleAsked, findPeople, howMany } from './finding.ts';
import { grouped } from './grouped.ts';
import { type ListedPerson, type StoredIdentity, selectIdentitiesOf } from './records/reading.ts';
import { PEOPLE_SORTS, type PeopleSort } from './vocabulary.ts';

const cursorShape = z.tuple([
  z.enum(['', ...PEOPLE_SORTS]),
  z.number().int(),
  z.number().int().min(0).max(4_294_967_295),
]);

/** A person, all names they are known by, and how much is known to have happened. */
export interface KnownPerson {
  readonly person: ListedPerson;
  readonly identities: readonly StoredIdentity[];
  readonly counts: ReturnType<typeof sumCounts>;
}

/** A page of people in their order, and with the first page how many there are. */
export async function listPeople(
  house: House,
  asked: PeopleAsked,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const { workspace, sort } = asked;
  const after = cursor === undefined ? undefined : placeOf(cursor, sort);
  const [{ people, end }, total] = await Promise.all([
    findPeople(house, asked, { after, limit }),
    after === undefined ? howMany(house, asked) : null,
  ]);
  return {
    items: (await knownPeople(house, workspace.id, people)).map(itemOf),
    nextCursor: end === null ? null : writeCursor([sort ?? '', end.key, end.no]),
    total,
    of: askedOf(asked),
  };
}

/** Where a page of this sort ended. Throws Problem. */
function placeOf(cursor: string, sort: PeopleSort | undefined): Chosen {
  const shape = cursorShape.refine(([sorted]) => sorted === (sort ?? ''));
  const [, key, no] = readCursor(shape, cursor);
  return { key, no };
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
