import type { Capability } from '../../platform/house/house.ts';
import { responsesContract } from './contract.ts';
import table from './facts/0001_survey_responses.sql?raw';
import { responseRoutes } from './exporting.ts';
import { responsesHandlers } from './handlers.ts';
import { responseKeepers } from './keeping.ts';

/** What surveys found: every response that ended, and what they say together. */
export const responses: Capability = {
  name: 'listen/responses',
  key: 'responses',
  contract: responsesContract,
  facts: [{ name: 'listen/responses/0001_survey_responses', sql: table }],
  plug: (house) => ({
    handlers: responsesHandlers(house),
    routes: responseRoutes(house),
    keeps: responseKeepers(house),
  }),
};
