import type { Capability } from '../house/house.ts';
import { welcomeContract } from './contract.ts';
import { welcomeHandlers } from './handlers.ts';

/** From the first page to the first figure. */
export const welcome: Capability = {
  name: 'platform/welcome',
  key: 'welcome',
  contract: welcomeContract,
  plug: (house) => ({ handlers: welcomeHandlers(house) }),
};
