import { fromFactsTimeMs } from '@touchstone/domain/calendar';
import { newId } from '../../platform/kernel/ids.ts';
import type { IdentityKey, PeopleHouse, SeenKey } from './shapes.ts';
import { evenOut, keyOf } from './keys.ts';
import { memoryOf } from './memory.ts';
import { insertEvidence, insertFresh, selectKnown, selectNamings, selectPersonNos } from './records/identities.ts';
import { lockPeople } from './records/links.ts';
import { updateLive } from './records/persons.ts';
import type { IdentityKind } from './vocabulary.ts';

/** Rows of one statement: large enough to be fast, small enough to keep others waiting briefly. */
const CHUNK = 5_000;

/** RFC 3339, or the facts store's `2026-11-22 10:00:00.000`, as an instant. */
export function instantOf(text: string): Date {
  return new Date(text.includes('T') ? text : fromFactsTimeMs(text));
}

/** A key evened out, with when it was first seen. */
interface Sought extends IdentityKey {
  at: Date;
}

/**
 * The number of each identity, keyed by `keyOf` of the key as it was passed; unknown ones are allotted the next.
 * Made for batches of thousands. A number once given stays, so this takes part in no transaction of the caller's.
 * @param source 'http' or an import's id: kept as evidence, taken back by `removeSource`
 */
export async function allotIdentities(
  house: PeopleHouse,
  workspaceId: string,
  keys: readonly SeenKey[],
  source: string,
): Promise<Map<string, number>> {
  const { numbers } = memoryOf(house);
  const groups = groupsOf(workspaceId, source);
  const found = new Map<string, number>();
  const evenOf = new Map<string, { readonly key: IdentityKey; readonly even: string }>();
  const sought = new Map<string, Sought>();

  for (const key of keys) {
    const given = keyOf(key);
    if (found.has(given)) continue;
    const remembered = numbers.get(groups[key.kind], key.value);
    if (remembered !== undefined) {
      found.set(given, remembered);
      continue;
    }
    const even = evenOf.get(given)?.even ?? keyOf({ kind: key.kind, value: evenOut(key.kind, key.value) });
    evenOf.set(given, { key, even });
    const at = instantOf(key.at);
    const before = sought.get(even);
    if (before === undefined) sought.set(even, { kind: key.kind, value: even.slice(key.kind.length + 1), at });
    else if (at < before.at) before.at = at;
  }

  const wanted = [...sought.values()];
  const numberOf = new Map<string, number>();
  for (let i = 0; i < wanted.length; i += CHUNK) {
    for (const [even, no] of await allotChunk(house, workspaceId, source, wanted.slice(i, i + CHUNK))) {
      numberOf.set(even, no);
    }
  }
  for (const [given, { key, even }] of evenOf) {
    const no = numberOf.get(even);
    if (no === undefined) continue;
    found.set(given, no);
    numbers.set(groups[key.kind], key.value, no);
  }
  return found;
}

type Groups = Readonly<Record<IdentityKind, string>>;

/** The memory's groups of a workspace and a source. */
function groupsOf(workspaceId: string, source: string): Groups {
  const of = (kind: IdentityKind): string => `${workspaceId}\n${source}\n${kind}`;
  return { user: of('user'), email: of('email'), phone: of('phone'), anonymous: of('anonymous'), order: of('order') };
}

/** The numbers this process remembers that a source named. A look-up, for those who ask for every message. */
export function rememberedNumbers(
  house: Pick<PeopleHouse, 'records' | 'clock'>,
  workspaceId: string,
  source: string,
): (kind: IdentityKind, value: string) => number | undefined {
  const { numbers } = memoryOf(house);
  const groups = groupsOf(workspaceId, source);
  return (kind, value) => numbers.get(groups[kind], value);
}

async function allotChunk(
  house: PeopleHouse,
  workspaceId: string,
  source: string,
  wanted: readonly Sought[],
): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  const unnamed: { identityNo: number; at: Date }[] = [];
  const look = async (keys: readonly Sought[]) => {
    const times = new Map(keys.map((k) => [keyOf(k), k.at]));
    for (const row of await selectKnown(house.records.db, workspaceId, source, keys)) {
      const key = keyOf(row);
      numbers.set(key, row.identity_no);
      const at = times.get(key);
      if (!row.named && at !== undefined) unnamed.push({ identityNo: row.identity_no, at });
    }
  };
  const missing = () => wanted.filter((k) => !numbers.has(keyOf(k)));

  await look(wanted);
  const fresh = missing().map((k) => ({ ...k, personId: newId('person', house.clock) }));
  if (fresh.length > 0) {
    for (const row of await insertFresh(house.records.db, workspaceId, source, fresh, house.clock.now())) {
      numbers.set(keyOf(row), row.identity_no);
    }
    // What is still missing was allotted by somebody else between our look and our insert.
    const others = missing();
    if (others.length > 0) await look(others);
  }
  if (unnamed.length > 0) await nameKnown(house, workspaceId, source, unnamed);
  return numbers;
}

/** Notes that a source names known identities: their persons are there again, should they have been gone. */
async function nameKnown(
  house: PeopleHouse,
  workspaceId: string,
  source: string,
  unnamed: readonly { readonly identityNo: number; readonly at: Date }[],
): Promise<void> {
  await house.records.transaction(async (tx) => {
    await lockPeople(tx, workspaceId);
    await insertEvidence(tx, workspaceId, source, unnamed);
    const persons = await selectPersonNos(
      tx,
      workspaceId,
      unnamed.map((u) => u.identityNo),
    );
    await updateLive(tx, workspaceId, [...new Set(persons.values())]);
  });
}

/** Of names that sources once said those that are no longer known from them: whoever they named has left. */
export async function namesNoMore<T extends { readonly name: IdentityKey; readonly source: string }>(
  house: Pick<PeopleHouse, 'records'>,
  workspaceId: string,
  said: readonly T[],
): Promise<T[]> {
  const gone: T[] = [];
  for (let i = 0; i < said.length; i += CHUNK) {
    const chunk = said.slice(i, i + CHUNK);
    const wanted = chunk.map(({ name, source }) => ({
      kind: name.kind,
      value: evenOut(name.kind, name.value),
      source,
    }));
    const known = new Set(await selectNamings(house.records.db, workspaceId, wanted));
    gone.push(...chunk.filter((_, at) => !known.has(at)));
  }
  return gone;
}

/** The number of the person behind each known identity, keyed by `keyOf`; unknown ones are left out. */
export async function personsOf(
  house: PeopleHouse,
  workspaceId: string,
  keys: readonly IdentityKey[],
): Promise<Map<string, number>> {
  const { db } = house.records;
  const evened = keys.map((k) => ({ given: keyOf(k), kind: k.kind, value: evenOut(k.kind, k.value) }));
  const known = await selectKnown(db, workspaceId, '', evened);
  const numbers = new Map(known.map((k) => [keyOf(k), k.identity_no]));
  const persons = await selectPersonNos(db, workspaceId, [...numbers.values()]);
  const found = new Map<string, number>();
  for (const k of evened) {
    const person = persons.get(numbers.get(keyOf(k)) ?? 0);
    if (person !== undefined) found.set(k.given, person);
  }
  return found;
}
