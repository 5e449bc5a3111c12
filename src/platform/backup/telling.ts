import type { House, Teller } from '../house/house.ts';
import { selectBackups } from './records.ts';
import { stateOf } from './vocabulary.ts';

/** The backup that is being taken, or the latest where it failed. */
export function backupTeller(house: House): Teller {
  return {
    permission: 'operations:read',
    tell: async ({ since }) =>
      (await selectBackups(house.records.db, 1)).flatMap(({ name, state, startedAt, finishedAt }) => {
        const at = finishedAt ?? startedAt;
        return state === 'done' || at < since
          ? []
          : [{ id: name, what: 'backups.take', state: stateOf.parse(state), at }];
      }),
  };
}
