import type { House } from '../../platform/house/house.ts';
import { rejectedItem } from './handlers.ts';
import { selectRejected } from './records/rejected.ts';

const ROWS_A_BLOCK = 500;

/** Every refused message of a workspace as NDJSON, newest first, block by block as it is read. */
export async function* rejectedLines(house: Pick<House, 'records'>, workspaceId: string): AsyncGenerator<string> {
  for (let before: number | undefined; ;) {
    const rows = await selectRejected(house.records.db, workspaceId, ROWS_A_BLOCK, before);
    yield rows.map((row) => `${JSON.stringify(rejectedItem(row))}\n`).join('');
    if (rows.length < ROWS_A_BLOCK) return;
    before = rows.at(-1)?.id;
  }
}
