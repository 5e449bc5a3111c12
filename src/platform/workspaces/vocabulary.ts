import type { Permission } from '../kernel/permissions.ts';

/** A write key stands in a page's source: public. A secret key opens the API: shown once. */
export const WRITE_KEY_PREFIX = 'tsw_';
export const SECRET_KEY_PREFIX = 'tss_';

export const MIN_PASSWORD = 10;
export const MAX_PASSWORD = 128;

/** What a secret key may carry. */
export type Scope = Exclude<Permission, 'workspace:write' | `${'members' | 'keys' | 'operations'}:${string}`>;

/** Whether a secret key may carry it: nothing of members, keys, the workspace itself or the whole installation. */
export function mayBeScope(permission: Permission): permission is Scope {
  return !/^(members|keys|operations):/.test(permission) && permission !== 'workspace:write';
}
