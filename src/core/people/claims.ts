import type { Db } from '../../platform/stores/ports.ts';
import { type SaidTraits, laterOf, said } from './traits.ts';
import type { PeopleHouse, TraitsClaim } from './shapes.ts';
import { instantOf } from './identities.ts';
import { publishPeople } from './publish.ts';
import { selectPersonNos } from './records/identities.ts';
import { lockPeople } from './records/links.ts';
import { deleteClaims, selectClaims, upsertClaims } from './records/persons.ts';
import { settleTraits } from './settle.ts';

const CHUNK = 5_000;

/** Sets traits. Per trait the latest `at` holds, whatever order they arrive in; each source's are kept apart. */
export async function setTraits(
  house: PeopleHouse,
  workspaceId: string,
  claims: readonly TraitsClaim[],
  source: string,
): Promise<void> {
  const fresh = new Map<number, SaidTraits>();
  for (const claim of claims) {
    const one = said(claim.traits, instantOf(claim.at).getTime());
    const before = fresh.get(claim.identityNo);
    fresh.set(claim.identityNo, before === undefined ? one : laterOf(before, one));
  }
  const entries = [...fresh].filter(([, traits]) => Object.keys(traits).length > 0);
  for (let i = 0; i < entries.length; i += CHUNK) {
    const chunk = new Map(entries.slice(i, i + CHUNK));
    await house.records.transaction((tx) => claimTraits(house, tx, workspaceId, chunk, source));
  }
  await publishPeople(house);
}

async function claimTraits(
  house: PeopleHouse,
  tx: Db,
  workspaceId: string,
  fresh: ReadonlyMap<number, SaidTraits>,
  source: string,
): Promise<void> {
  await lockPeople(tx, workspaceId);
  const persons = await selectPersonNos(tx, workspaceId, [...fresh.keys()]);
  const before = await selectClaims(tx, workspaceId, source, [...persons.keys()]);
  const merged = new Map<number, SaidTraits>();
  for (const identityNo of persons.keys()) {
    merged.set(identityNo, laterOf(before.get(identityNo) ?? {}, fresh.get(identityNo) ?? {}));
  }
  await upsertClaims(tx, workspaceId, source, merged);
  await settleTraits(house, tx, workspaceId, [...new Set(persons.values())]);
}

/** Takes back the traits a source gave: of these identities, or of all. What other sources said holds again. */
export async function removeTraits(
  house: PeopleHouse,
  workspaceId: string,
  source: string,
  identities?: readonly number[],
): Promise<void> {
  await house.records.transaction(async (tx) => {
    await lockPeople(tx, workspaceId);
    await settleTraits(house, tx, workspaceId, await deleteClaims(tx, workspaceId, source, identities ?? null));
  });
  await publishPeople(house);
}
