import type { Capability } from '../../platform/house/house.ts';
import { importsContract } from './contract.ts';
import tables from './facts/0001_imports.sql?raw';
import { importsHandlers } from './handlers.ts';
import { importJobs, sweepUploads } from './jobs.ts';
import { importKeepers } from './keeping.ts';
import { hasFiles } from './records.ts';
import { importRoutes } from './routes.ts';
import { importTeller } from './telling.ts';

/** Files of people, orders, products, events, answers and returns: into the house, and out of it again. */
export const imports: Capability = {
  name: 'listen/imports',
  key: 'imports',
  contract: importsContract,
  facts: [{ name: 'listen/imports/0001_imports', sql: tables }],
  plug: (house) => ({
    handlers: importsHandlers(house),
    routes: importRoutes(house),
    jobs: importJobs(house),
    keeps: importKeepers(house),
    tells: importTeller(house),
    holds: (workspaceId) => hasFiles(house.records.db, workspaceId),
    start: () => house.jobs.schedule(sweepUploads, '17 3 * * *', {}),
  }),
};
