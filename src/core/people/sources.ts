import { partPersons } from './linking.ts';
import { forgetMemory } from './memory.ts';
import { publishPeople } from './publish.ts';
import { deleteEvidence, selectPersonNos } from './records/identities.ts';
import { deleteLinksOf, lockPeople } from './records/links.ts';
import { deleteClaims, updateLive } from './records/persons.ts';
import { settleTraits } from './settle.ts';
import type { PeopleHouse } from './shapes.ts';

/** Takes back all that a source said: traits, links, and identities nobody else named (their numbers stay theirs). */
export async function removeSource(house: PeopleHouse, workspaceId: string, source: string): Promise<void> {
  await house.records.transaction(async (tx) => {
    await lockPeople(tx, workspaceId);
    const freed = await deleteLinksOf(tx, workspaceId, source);
    const persons = new Set((await selectPersonNos(tx, workspaceId, freed)).values());
    await partPersons(house, tx, workspaceId, [...persons]);
    await settleTraits(house, tx, workspaceId, await deleteClaims(tx, workspaceId, source, null));
    await updateLive(tx, workspaceId, await deleteEvidence(tx, workspaceId, source));
  });
  forgetMemory(house.records);
  await publishPeople(house);
}
