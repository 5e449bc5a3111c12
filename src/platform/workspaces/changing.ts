import type { House } from '../house/house.ts';
import type { Workspace } from '../kernel/context.ts';
import { zoneChanged } from './events.ts';
import { forgetWorkspace } from './memory.ts';
import * as records from './records.ts';

/** Changes what is given of a workspace; null where there is none. A new time zone is told to the house. */
export async function changeWorkspace(
  house: House,
  workspaceId: string,
  change: Partial<Omit<Workspace, 'id'>>,
): Promise<Workspace | null> {
  const changed = await house.records.transaction(async (tx) => {
    const before = await records.workspaceById(tx, workspaceId);
    const after = await records.updateWorkspace(tx, workspaceId, change, house.clock.now());
    if (after !== null && before?.zone !== after.zone) await house.events.publish(zoneChanged, { workspaceId }, { tx });
    return after;
  });
  forgetWorkspace(house, workspaceId);
  return changed;
}
