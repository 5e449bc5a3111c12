import type { Db } from '../../platform/stores/ports.ts';
import { selectSaid, updateLive, updatePersons } from './records/persons.ts';
import type { PeopleHouse } from './shapes.ts';
import { type SaidTraits, holding, laterOf, nameOf } from './traits.ts';

/** Weighs all that is said of these persons and writes down what holds. */
export async function settleTraits(
  house: PeopleHouse,
  tx: Db,
  workspaceId: string,
  personNos: readonly number[],
): Promise<void> {
  const weighed = new Map<number, { all: SaidTraits; email: string }>(
    personNos.map((no) => [no, { all: {}, email: '' }]),
  );
  for (const row of await selectSaid(tx, workspaceId, personNos)) {
    const person = weighed.get(row.person_no);
    if (person === undefined) continue;
    if (row.traits !== null) person.all = laterOf(person.all, row.traits);
    if (row.email !== null && person.email === '') person.email = row.email;
  }
  const states = [...weighed].map(([personNo, { all, email }]) => {
    const traits = holding(all);
    const ownEmail = typeof traits['email'] === 'string' ? traits['email'] : '';
    return { personNo, traits, name: nameOf(traits), email: ownEmail === '' ? email : ownEmail };
  });
  await updatePersons(tx, workspaceId, states, house.clock.now());
}

/** After identities moved: who is there, and what holds of them. */
export async function settlePersons(
  house: PeopleHouse,
  tx: Db,
  workspaceId: string,
  personNos: readonly number[],
): Promise<void> {
  const touched = [...new Set(personNos)];
  if (touched.length === 0) return;
  await updateLive(tx, workspaceId, touched);
  await settleTraits(house, tx, workspaceId, touched);
}
