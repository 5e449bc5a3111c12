import type { House, Keeper } from '../house/house.ts';
import { countEntriesBefore, deleteEntriesBefore } from './records.ts';

const AT_ONCE = 5_000;

export function auditKeeper({ records }: House): Keeper {
  return {
    kind: 'audit',
    count: ({ workspaceId, before }) => countEntriesBefore(records.db, workspaceId, before),
    remove: async ({ workspaceId, before }) => {
      const rows = await records.transaction((tx) => deleteEntriesBefore(tx, workspaceId, before, AT_ONCE));
      return { rows, more: rows === AT_ONCE };
    },
  };
}
