import type { House } from '../house/house.ts';
import { selectBorder } from './records.ts';
import type { RetentionKind } from './vocabulary.ts';

/** The moment before which what is of a kind has left a workspace, or is leaving; null where nothing has. */
export function keptSince(
  house: Pick<House, 'records'>,
  workspaceId: string,
  kind: RetentionKind,
): Promise<Date | null> {
  return selectBorder(house.records.db, workspaceId, kind);
}
