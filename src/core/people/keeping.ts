import type { Keeper, Leaving } from '../../platform/house/house.ts';
import { selectPresent, selectPresentAmong } from './facts/present.ts';
import { forgetMemory } from './memory.ts';
import { publishPeople } from './publish.ts';
import { lockPeople } from './records/links.ts';
import { deletePersons, emptyPersons, type Known, selectKnownAmong, selectKnownBefore } from './records/leaving.ts';
import type { PeopleHouse } from './shapes.ts';

const PAGE = 10_000;
const AT_ONCE = 2_000;

const isNowhere =
  (present: { has(no: number): boolean }) =>
  ({ identityNos }: Known): boolean =>
    !identityNos.some((no) => present.has(no));

/**
 * A person leaves when no event, answer or order is theirs any more, and all that names them was first said before the
 * border: first what is known of them, then the names themselves. Named again they are somebody new.
 */
export function peopleKeeper(house: PeopleHouse): Keeper {
  const { records } = house;

  /** Persons of whom nothing is left, from the oldest known on; the facts are gone over once, and only where somebody is old enough. */
  async function* leaving({ workspaceId, before }: Leaving): AsyncGenerator<Known> {
    let present: Awaited<ReturnType<typeof selectPresent>> | undefined;
    for (let after = 0; ;) {
      const { known, last } = await selectKnownBefore(records.db, workspaceId, { before, after, limit: PAGE });
      if (known.length > 0) {
        present ??= await selectPresent(house.facts, workspaceId);
        yield* known.filter(isNowhere(present));
      }
      if (last === null) return;
      after = last;
    }
  }

  return {
    kind: 'people',
    // Whoever is being taken in just now would have a number that is nobody's.
    alone: true,
    count: async (all) => {
      let rows = 0;
      let oldest: Date | null = null;
      for await (const { since } of leaving(all)) {
        rows++;
        if (oldest === null || since < oldest) oldest = since;
      }
      return { rows, oldest };
    },
    find: async function* (all) {
      let part: number[] = [];
      for await (const { personNo } of leaving(all)) {
        part.push(personNo);
        if (part.length < AT_ONCE) continue;
        yield part;
        part = [];
      }
      if (part.length > 0) yield part;
    },
    // Whoever did something, or was named, since they were found stays.
    remove: async ({ workspaceId, before }, found = []) => {
      const known = await selectKnownAmong(records.db, workspaceId, before, found);
      const named = known.flatMap(({ identityNos }) => identityNos);
      const present = await selectPresentAmong(house.facts, workspaceId, named);
      const gone = known.filter(isNowhere(present));
      if (gone.length === 0) return { rows: 0, more: true };
      const identityNos = gone.flatMap((known) => known.identityNos);
      // A member may be joining two of them.
      const change = (work: typeof emptyPersons) =>
        records.transaction(async (tx) => {
          await lockPeople(tx, workspaceId);
          await work(tx, workspaceId, identityNos);
        });
      await change(emptyPersons);
      // The facts store has no traits of theirs before the records forget who they were.
      await publishPeople(house);
      await change(deletePersons);
      forgetMemory(records);
      return { rows: gone.length, more: true };
    },
    tables: ['person_traits'],
  };
}
