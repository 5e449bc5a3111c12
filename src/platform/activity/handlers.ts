import { implement } from '@orpc/server';
import type { Happening, House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import { readUserSetting, sayUserSetting } from '../workspaces/facade.ts';
import { userOf } from '../workspaces/sessions.ts';
import { activityContract, type HappeningView } from './contract.ts';
import { seenSetting } from './seen.ts';

const TOLD_MS = 14 * 86_400_000;
const MOST = 50;

export function activityHandlers(house: House) {
  const os = implement(activityContract).$context<RequestContext>();
  const { db } = house.records;
  return os.router({
    list: os.list.handler(async ({ context }) => {
      const { workspace, permissions, caller } = context;
      const userId = caller.kind === 'member' ? caller.userId : null;
      const since = new Date(house.clock.now().getTime() - TOLD_MS);
      const tellers = house.tellers().filter((teller) => permissions.has(teller.permission));
      const told = await Promise.all(
        tellers.map((teller) => teller.tell({ workspaceId: workspace.id, userId, since })),
      );
      const seenAt = userId === null ? null : await readUserSetting(db, userId, seenSetting(workspace.id));
      return { items: told.flat().toSorted(byUrgency).slice(0, MOST).map(viewOf), seenAt };
    }),
    seen: os.seen.handler(async ({ input, context }) => {
      const { userId } = userOf(context);
      const now = house.clock.now().toISOString();
      const said = new Date(input.at).toISOString();
      const at = said < now ? said : now;
      const seenAt = await sayUserSetting(house, userId, seenSetting(context.workspace.id), (before) =>
        before !== null && before > at ? before : at,
      );
      return { seenAt: seenAt ?? at };
    }),
  });
}

const goesOn = ({ state }: Happening): boolean => state === 'running' || state === 'waiting';

/** What runs, then what waits, then the latest. */
function byUrgency(a: Happening, b: Happening): number {
  if (goesOn(a) !== goesOn(b)) return goesOn(a) ? -1 : 1;
  if (goesOn(a) && a.state !== b.state) return a.state === 'running' ? -1 : 1;
  return b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1);
}

function viewOf(happening: Happening): HappeningView {
  const { name = null, count = null, share = null, secondsLeft = null, at, ...rest } = happening;
  return { ...rest, name, count, share, secondsLeft, at: at.toISOString() };
}
