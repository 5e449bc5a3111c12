import type { Capability } from '../house/house.ts';
import { handleJob } from '../jobs/ports.ts';
import { accountsContract } from './contract.ts';
import { accountsHandlers } from './handlers.ts';
import { mailReset, sendReset } from './reset.ts';
import { resealSecondFactors } from './second-factor.ts';

/** Passwords forgotten, sessions elsewhere, the second factor. */
export const accounts: Capability = {
  name: 'platform/accounts',
  key: 'accounts',
  contract: accountsContract,
  plug: (house) => ({
    handlers: accountsHandlers(house),
    jobs: [handleJob(mailReset, ({ email, language }) => sendReset(house, email, language))],
    reseal: (vault) => resealSecondFactors(house, vault),
  }),
};
