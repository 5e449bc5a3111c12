import type { AnyContractProcedure, AnyContractRouter } from '@orpc/contract';
import { isContractProcedure } from '@orpc/contract';
import type { Living } from '../house/compose.ts';
import type { Capability, Route } from '../house/house.ts';
import type { Access, Audited, OperationMeta } from '../kernel/contract.ts';

/** Below it lie all operations. */
export const API_PREFIX = '/api/v1';

export interface SurfaceOperation {
  /** `workspaces.members.list` */
  readonly name: string;
  readonly method: string;
  /** Whole, parameters in braces: `/api/v1/members/{memberId}`. */
  readonly path: string;
  readonly permission: Access;
  readonly audit?: Audited;
}

/** Every operation of the API, in the order of the capabilities. Throws when one names no permission. */
export function operationsOf(capabilities: readonly Capability[]): SurfaceOperation[] {
  return capabilities.flatMap((c) => walk(c.contract, [c.key]));
}

/** Every route that is no operation. */
export function routesOf(living: readonly Living[]): Route[] {
  return living.flatMap((l) => l.plugged.routes ?? []);
}

function walk(router: AnyContractRouter, path: readonly string[]): SurfaceOperation[] {
  if (!isContractProcedure(router)) {
    return Object.entries(router).flatMap(([name, below]) => walk(below, [...path, name]));
  }
  const name = path.join('.');
  const { route } = router['~orpc'];
  if (route.path === undefined || route.method === undefined) throw new Error(`${name} has no method or path.`);
  const { permission, audit } = metaOf(router, name);
  const told = audit === undefined ? {} : { audit };
  return [{ name, method: route.method, path: `${API_PREFIX}${route.path}`, permission, ...told }];
}

/** What an operation says about who may call it. Throws when it says nothing: nothing is open by accident. */
export function metaOf(procedure: AnyContractProcedure, name: string): OperationMeta {
  const { permission, perMinute, audit } = procedure['~orpc'].meta;
  if (typeof permission !== 'string') throw new Error(`${name} names no permission.`);
  return {
    permission: permission as Access,
    ...(typeof perMinute === 'number' ? { perMinute } : {}),
    ...(typeof audit === 'object' && audit !== null ? { audit: audit as Audited } : {}),
  };
}
