import type { Capability } from '../house/house.ts';
import { resealCookieSecret } from './auth.ts';
import { workspacesContract } from './contract.ts';
import { workspacesHandlers } from './handlers.ts';
import { membersTeller } from './telling.ts';

export const workspaces: Capability = {
  name: 'platform/workspaces',
  key: 'workspaces',
  contract: workspacesContract,
  plug: (house) => ({
    handlers: workspacesHandlers(house),
    tells: membersTeller(house),
    reseal: (vault) => resealCookieSecret(house, vault),
  }),
};
