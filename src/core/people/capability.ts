import type { Capability } from '../../platform/house/house.ts';
import { peopleContract } from './contract.ts';
import tables from './facts/0001_people.sql?raw';
import dictionary from './facts/0002_identity_person.sql?raw';
import { peopleRoutes } from './exporting.ts';
import { peopleHandlers } from './handlers.ts';
import { peopleKeeper } from './keeping.ts';
import { hasPeople } from './records/persons.ts';
import { publishAnew, publishPeople, reload } from './publish.ts';

/** Who is who: identities, what joins them, what is known of a person and all that happened to them. */
export const people: Capability = {
  name: 'core/people',
  key: 'people',
  contract: peopleContract,
  facts: [
    { name: 'core/people/0001_people', sql: tables },
    { name: 'core/people/0002_identity_person', sql: dictionary, everyStart: true },
  ],
  plug: (house) => ({
    handlers: peopleHandlers(house),
    keeps: [peopleKeeper(house)],
    holds: (workspaceId) => hasPeople(house.records.db, workspaceId),
    routes: peopleRoutes(house),
    restored: () => publishAnew(house),
    // What a crash left due, and what it left unloaded.
    start: async () => {
      await publishPeople(house);
      await reload(house.facts);
    },
  }),
};
