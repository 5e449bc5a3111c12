import { peopleContract } from './core/people/contract.ts';
import { workspacesContract } from './platform/workspaces/contract.ts';

/** The whole API: one key per capability. Types of the web app's client and the OpenAPI document come from here. */
export const contract = { workspaces: workspacesContract, people: peopleContract };

export type Contract = typeof contract;
