import type { House } from '../../platform/house/house.ts';
import { selectIsWaiting } from './records.ts';

const POLL_MS = 15;

/**
 * Waits until what was acknowledged as `journalSeq` can be read, at most `timeoutMs`. False when it cannot yet: the
 * read goes on with what there is.
 */
export async function waitForSeq(
  house: Pick<House, 'records'>,
  workspaceId: string,
  seq: number,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (await selectIsWaiting(house.records.db, workspaceId, seq)) {
    if (performance.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return true;
}
