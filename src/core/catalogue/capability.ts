import { type Capability, subscribe } from '../../platform/house/house.ts';
import { handleJob } from '../../platform/jobs/ports.ts';
import { workspaceCreated } from '../../platform/workspaces/events.ts';
import { apply, applyRules, applyThenSettle, settleRules, sweep, sweepRules } from './applying.ts';
import { catalogueContract } from './contract.ts';
import { catalogueHandlers } from './handlers.ts';
import { loadCatalogue } from './loading.ts';
import { catalogueTeller } from './telling.ts';

/** The places where a company meets its customers, and the rules that say where each fact belongs. */
export const catalogue: Capability = {
  name: 'core/catalogue',
  key: 'catalogue',
  contract: catalogueContract,
  plug: (house) => ({
    handlers: catalogueHandlers(house),
    tells: catalogueTeller(house),
    jobs: [
      handleJob(applyRules, (input, context) => applyThenSettle(house, input, context)),
      handleJob(settleRules, ({ workspaceId }, context) => apply(house, workspaceId, context)),
      handleJob(sweepRules, (_input, context) => sweep(house, context)),
    ],
    start: async () => {
      if (house.background) await house.jobs.schedule(sweepRules, '37 * * * *', {});
    },
    subscriptions: [
      subscribe(workspaceCreated, async ({ workspaceId }) => {
        await loadCatalogue(house, workspaceId);
      }),
    ],
  }),
};
