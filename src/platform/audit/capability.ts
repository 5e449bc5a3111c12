import type { Capability } from '../house/house.ts';
import { bookOf } from './book.ts';
import { auditContract } from './contract.ts';
import { auditHandlers } from './handlers.ts';
import { auditKeeper } from './keeping.ts';
import { auditRoutes } from './routes.ts';

/** Who changed what, and who looked at whom. */
export const audit: Capability = {
  name: 'platform/audit',
  key: 'audit',
  contract: auditContract,
  plug: (house) => ({
    handlers: auditHandlers(house),
    routes: auditRoutes(house),
    keeps: [auditKeeper(house)],
    stop: () => bookOf(house).close(),
  }),
};
