import type { House, Keeper } from '../../platform/house/house.ts';
import { deleteResponses } from './records/leaving.ts';

const AT_ONCE = 2_000;

/** What answers were made of leaves with them. */
export function surveyKeepers({ records }: House): Keeper[] {
  return [
    {
      kind: 'feedback',
      remove: async ({ workspaceId, before }) => {
        const rows = await deleteResponses(records.db, workspaceId, before, AT_ONCE);
        return { rows, more: rows === AT_ONCE };
      },
    },
  ];
}
