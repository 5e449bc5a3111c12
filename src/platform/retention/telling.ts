import type { Happening, House, Teller } from '../house/house.ts';
import { standingOf, type Standing } from './standing.ts';
import { GRACE_MS, LIMITS } from './vocabulary.ts';

/** Limits that are about to keep less, removals under way, and those that failed. */
export function retentionTeller(house: House): Teller {
  return {
    permission: 'workspace:read',
    tell: async ({ workspaceId }) => (await standingOf(house, workspaceId)).flatMap(happeningsOf),
  };
}

function happeningsOf({ kind, coming, run }: Standing): Happening[] {
  const happenings: Happening[] = [];
  // The limits that hold where nobody says anything are no news.
  if (coming !== null && coming.days !== LIMITS[kind].usual) {
    const at = new Date(coming.from.getTime() - GRACE_MS);
    happenings.push({ id: `coming ${kind}`, what: 'retention.coming', state: 'attention', name: kind, at });
  }
  if (run === undefined || run.startedAt === null || (run.state !== 'running' && run.state !== 'failed'))
    return happenings;
  happenings.push({
    id: `remove ${kind}`,
    what: 'retention.remove',
    state: run.state,
    name: kind,
    share: run.state === 'running' && run.total > 0 ? Math.min(1, run.removed / run.total) : null,
    at: run.finishedAt ?? run.startedAt,
  });
  return happenings;
}
