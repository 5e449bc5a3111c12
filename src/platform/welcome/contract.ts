import { z } from 'zod';
import { operation } from '../kernel/contract.ts';
import { COMPANY_KINDS, HAVINGS } from './vocabulary.ts';

/** What a workspace says of itself on the page of its first steps. */
export const saidOfItself = z.object({
  /** Null until it was said. */
  kind: z.enum(COMPANY_KINDS).nullable(),
  has: z.array(z.enum(HAVINGS)).max(HAVINGS.length),
});
export type SaidOfItself = z.infer<typeof saidOfItself>;

const welcomed = saidOfItself.extend({
  /** The address that people and programs reach this server at, as it was told or as it guesses. */
  url: z.string(),
});
export type Welcomed = z.infer<typeof welcomed>;

export const welcomeContract = {
  get: operation({
    method: 'GET',
    path: '/welcome',
    permission: 'workspace:write',
    summary: 'What the workspace said of itself, and the address that events are sent to',
  }).output(welcomed),
  set: operation({
    method: 'PUT',
    path: '/welcome',
    audit: { change: 'workspace' },
    permission: 'workspace:write',
    summary: 'Say what kind of company it is and what it has; only the first steps that are shown depend on it',
  })
    .input(saidOfItself)
    .output(welcomed),
};
