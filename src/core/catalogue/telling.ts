import type { House, Teller } from '../../platform/house/house.ts';
import { selectRun } from './records.ts';

/** How far the past has been given the places of the rules. A run that changed nothing is not told of. */
export function catalogueTeller(house: House): Teller {
  return {
    permission: 'catalogue:read',
    tell: async ({ workspaceId, since }) => {
      const run = await selectRun(house.records.db, workspaceId);
      if (run === undefined) return [];
      const { state, total, done, changed, startedAt, finishedAt } = run;
      if (state === 'done' && (changed === 0 || finishedAt === null || finishedAt < since)) return [];
      return [
        {
          id: `${workspaceId} ${run.rulesVersion}`,
          what: 'catalogue.apply',
          state,
          count: changed,
          share: state === 'running' && total > 0 ? done / total : null,
          at: finishedAt ?? startedAt,
        },
      ];
    },
  };
}
