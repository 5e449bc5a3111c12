import type { Capability } from '../house/house.ts';
import { directoryContract } from './contract.ts';
import { directoryHandlers, resealProviders } from './handlers.ts';
import { scimRoutes } from './scim-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';

/** A company's own sign-in (OpenID Connect) and provisioning (SCIM). */
export const directory: Capability = {
  name: 'platform/directory',
  key: 'directory',
  contract: directoryContract,
  plug: (house) => ({
    handlers: directoryHandlers(house),
    routes: [...signInRoutes(house), ...scimRoutes(house)],
    reseal: (vault) => resealProviders(house, vault),
  }),
};
