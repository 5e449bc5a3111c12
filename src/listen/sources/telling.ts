import type { House, Teller } from '../../platform/house/house.ts';
import { selectSources } from './records.ts';

/** Sources whose last look failed: they go on looking, and somebody should see why. */
export function sourceTeller(house: House): Teller {
  return {
    permission: 'imports:read',
    tell: async ({ workspaceId }) =>
      (await selectSources(house.records.db, workspaceId)).flatMap(({ id, name, paused, lastState, lastRunAt }) =>
        paused || lastState !== 'failed' || lastRunAt === null
          ? []
          : [{ id, what: 'sources.look', state: 'attention' as const, name, at: lastRunAt }],
      ),
  };
}
