import type { Capability } from '../../platform/house/house.ts';
import { demoContract } from './contract.ts';
import { demoHandlers } from './handlers.ts';
import { demoJobs } from './jobs.ts';
import type { DemoCompany } from './story.ts';
import { demoTeller } from './telling.ts';

/** A made-up company to look at before one has data of one's own. Whoever puts the house together says which. */
export function demoOf(company: DemoCompany): Capability {
  const demo: Capability = {
    name: 'listen/demo',
    key: 'demo',
    contract: demoContract,
    plug: (house) => ({
      handlers: demoHandlers(house, company),
      jobs: demoJobs(house, company),
      tells: demoTeller(house, company),
    }),
  };
  return demo;
}
