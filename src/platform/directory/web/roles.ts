import type { Role } from '../../kernel/permissions.ts';

/** Roles that a provider or a group may give. */
export const GIVEN_ROLES = ['admin', 'analyst', 'agent', 'viewer'] as const satisfies readonly Role[];
export type GivenRole = (typeof GIVEN_ROLES)[number];

export function isGivenRole(text: string): text is GivenRole {
  return GIVEN_ROLES.some((role) => role === text);
}
