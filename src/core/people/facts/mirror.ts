import type { Facts } from '../../../platform/stores/ports.ts';

export async function insertIdentityPersons(
  facts: Facts,
  rows: readonly { workspace: string; identity_no: number; person_no: number; version: number }[],
): Promise<void> {
  await facts.insert('identity_persons', rows);
}

export async function insertPersonTraits(
  facts: Facts,
  rows: readonly { workspace: string; person_no: number; traits: string; version: number }[],
): Promise<void> {
  await facts.insert('person_traits', rows);
}

/** Makes what stands in identity_persons hold for every later query. */
export async function reloadIdentityPerson(facts: Facts): Promise<void> {
  await facts.command('SYSTEM RELOAD DICTIONARY identity_person');
}

/** Forgets what was published, so that all of it can be anew. */
export async function emptyMirror(facts: Facts): Promise<void> {
  await facts.command('TRUNCATE TABLE identity_persons');
  await facts.command('TRUNCATE TABLE person_traits');
}
