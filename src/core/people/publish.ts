import type { Facts } from '../../platform/stores/ports.ts';
import type { PeopleHouse } from './shapes.ts';
import { emptyMirror, insertIdentityPersons, insertPersonTraits, reloadIdentityPerson } from './facts/mirror.ts';
import { markPublished, selectUnpublished, unpublishIdentities } from './records/identities.ts';
import { markPersonsPublished, selectUnpublishedPersons, unpublishPersons } from './records/persons.ts';

const CHUNK = 20_000;

/**
 * Brings the facts store up to what records say of who is who. What is due stands in records, so that a crash before or
 * amid this leaves it due; the versions make repetition and overtaking harmless. Goes on until nothing is due: by then
 * every query sees it, whoever published it, for it is marked only after the reload.
 */
export async function publishPeople(house: PeopleHouse): Promise<void> {
  const { db } = house.records;
  for (;;) {
    const rows = await selectUnpublished(db, CHUNK);
    if (rows.length === 0) break;
    await insertIdentityPersons(
      house.facts,
      rows.map((r) => ({
        workspace: r.workspace_id,
        identity_no: r.identity_no,
        person_no: r.person_no,
        version: r.version,
      })),
    );
    await reload(house.facts);
    await markPublished(db, rows);
  }
  for (;;) {
    const rows = await selectUnpublishedPersons(db, CHUNK);
    if (rows.length === 0) break;
    await insertPersonTraits(
      house.facts,
      rows.map((r) => ({ workspace: r.workspace_id, person_no: r.person_no, traits: r.traits, version: r.version })),
    );
    await markPersonsPublished(db, rows);
  }
}

/**
 * Makes all of it anew: a backup may hold of the mirror what came a moment after what it holds of the records, and under
 * numbers that these give again.
 */
export async function publishAnew(house: PeopleHouse): Promise<void> {
  await house.records.transaction(async (tx) => {
    await unpublishIdentities(tx);
    await unpublishPersons(tx);
  });
  await emptyMirror(house.facts);
  await publishPeople(house);
  await reload(house.facts);
}

interface Reloading {
  running: Promise<void>;
  next: Promise<void> | null;
}

const reloads = new WeakMap<Facts, Reloading>();

/** Reloads once for all who ask while one runs: theirs is the one that starts after it. */
export async function reload(facts: Facts): Promise<void> {
  const current = reloads.get(facts);
  if (current === undefined) {
    const running = reloadIdentityPerson(facts);
    const entry: Reloading = { running, next: null };
    reloads.set(facts, entry);
    try {
      await running;
    } finally {
      if (reloads.get(facts) === entry) reloads.delete(facts);
    }
    return;
  }
  current.next ??= current.running.then(
    () => reload(facts),
    () => reload(facts),
  );
  await current.next;
}
