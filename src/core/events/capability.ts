import type { Capability } from '../../platform/house/house.ts';
import { eventsContract } from './contract.ts';
import table from './facts/0001_events.sql?raw';
import { eventsRoutes } from './exporting.ts';
import { eventsHandlers } from './handlers.ts';
import { eventKeepers } from './keeping.ts';

/** What people did and what happened to them: the table, its public view, and a look at what arrives. */
export const events: Capability = {
  name: 'core/events',
  key: 'events',
  contract: eventsContract,
  facts: [{ name: 'core/events/0001_events', sql: table }],
  plug: (house) => ({ handlers: eventsHandlers(house), routes: eventsRoutes(house), keeps: eventKeepers(house) }),
};
