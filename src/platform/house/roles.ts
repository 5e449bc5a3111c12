import type { Role } from '../kernel/config.ts';
import type { Living } from './compose.ts';

/** What of a house a server answers: operations and most routes belong to `web`, a route may name another role. */
export function answering(living: readonly Living[], roles: ReadonlySet<Role>): readonly Living[] {
  return living.map(({ capability, plugged }) => {
    const routes = (plugged.routes ?? []).filter(({ role = 'web' }) => role === 'any' || roles.has(role));
    if (roles.has('web')) return { capability, plugged: { ...plugged, routes } };
    return { capability: { ...capability, contract: {} }, plugged: { ...plugged, handlers: {}, routes } };
  });
}
