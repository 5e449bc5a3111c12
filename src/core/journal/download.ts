import type { House } from '../../platform/house/house.ts';
import { rejectedItem } from './handlers.ts';
import { selectRejected } from './records/rejected.ts';

const ROWS_A_BLOCK = 500;

/** Every refused message of a workspace as NDJSON, newest first, block by block as it is read. */
export function pack(house: Pick<House, 'records'>, workspaceId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before: number | undefined;
  return new ReadableStream({
    async pull(controller) {
      const rows = await selectRejected(house.records.db, workspaceId, ROWS_A_BLOCK, before);
      before = rows.at(-1)?.id;
      const lines = rows.map((row) => `${JSON.stringify(rejectedItem(row))}\n`);
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.join('')));
      if (rows.length < ROWS_A_BLOCK) controller.close();
    },
  });
}
