import type { Capability } from '../../platform/house/house.ts';
import { feedbackContract } from './contract.ts';
import table from './facts/0001_feedback.sql?raw';
import byOwner from './facts/0002_by_owner.sql?raw';
import given from './facts/0003_given_touchpoint.sql?raw';
import { feedbackRoutes } from './exporting.ts';
import { feedbackHandlers } from './handlers.ts';
import { feedbackKeepers } from './keeping.ts';

/** What people said: one typed answer a row, whatever its source. */
export const feedback: Capability = {
  name: 'core/feedback',
  key: 'feedback',
  contract: feedbackContract,
  facts: [
    { name: 'core/feedback/0001_feedback', sql: table },
    { name: 'core/feedback/0002_by_owner', sql: byOwner },
    { name: 'core/feedback/0003_given_touchpoint', sql: given },
  ],
  plug: (house) => ({
    handlers: feedbackHandlers(house),
    routes: feedbackRoutes(house),
    keeps: feedbackKeepers(house),
  }),
};
