import type { House, Keeper } from '../../platform/house/house.ts';
import { selectFilesOf } from './records/files.ts';
import { deleteResponses } from './records/leaving.ts';
import { removeFiles } from './uploading.ts';

const AT_ONCE = 2_000;

/** What answers were made of leaves with them, files too. */
export function surveyKeepers(house: House): Keeper[] {
  return [
    {
      kind: 'feedback',
      remove: async ({ workspaceId, before }) => {
        const { db } = house.records;
        const gone = await deleteResponses(db, workspaceId, before, AT_ONCE);
        await removeFiles(house, await selectFilesOf(db, gone));
        return { rows: gone.length, more: gone.length === AT_ONCE };
      },
    },
  ];
}
