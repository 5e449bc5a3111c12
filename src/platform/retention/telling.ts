import type { Happening, House, Teller } from '../house/house.ts';
import type { RunRow } from './records.ts';
import { standingOf, type Standing } from './standing.ts';
import { GRACE_MS, LIMITS } from './vocabulary.ts';

/** Limits that are about to keep less, removals under way, and those that failed of late. */
export function retentionTeller(house: House): Teller {
  return {
    permission: 'workspace:read',
    tell: async ({ workspaceId, since }) =>
      (await standingOf(house, workspaceId)).flatMap((standing) => happeningsOf(standing, since)),
  };
}

interface Told extends Pick<Standing, 'kind' | 'coming'> {
  readonly run: Pick<RunRow, 'state' | 'startedAt' | 'finishedAt' | 'removed' | 'total'> | undefined;
}

/** @param since what ended before is no news any more */
export function happeningsOf({ kind, coming, run }: Told, since: Date): Happening[] {
  const happenings: Happening[] = [];
  // The limits that hold where nobody says anything are no news.
  if (coming !== null && coming.days !== LIMITS[kind].usual) {
    const at = new Date(coming.from.getTime() - GRACE_MS);
    happenings.push({ id: `coming ${kind}`, what: 'retention.coming', state: 'attention', name: kind, at });
  }
  if (run === undefined || run.startedAt === null || (run.state !== 'running' && run.state !== 'failed'))
    return happenings;
  const at = run.finishedAt ?? run.startedAt;
  if (run.state === 'failed' && at < since) return happenings;
  happenings.push({
    id: `remove ${kind}`,
    what: 'retention.remove',
    state: run.state,
    name: kind,
    share: run.state === 'running' && run.total > 0 ? Math.min(1, run.removed / run.total) : null,
    at,
  });
  return happenings;
}
