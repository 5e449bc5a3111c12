import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Permission } from './permissions.ts';

/** `public`: anyone. `session`: whoever is signed in, in no workspace yet. Else: the permission in the workspace. */
export type Access = Permission | 'public' | 'session';

/**
 * What the audit log writes when an operation or route did its work: a change of something, or a look at what is known
 * of persons. `id` names the path parameter, input or output that says which one. Else why nothing is written.
 */
export type Audited =
  | { readonly change: string; readonly id?: string }
  | { readonly look: string; readonly id?: string }
  | { readonly none: string };

export interface OperationMeta {
  readonly permission: Access;
  /** Needed by all that changes and by all that shows persons; a test asks for it. */
  readonly audit?: Audited;
  /** Requests a minute, per caller (or per address where nobody is known). */
  readonly perMinute?: number;
}

export interface OperationOptions extends OperationMeta {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, parameters in braces: `/people/{personId}`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  /** 200 unless it creates (201) or only accepts (202). */
  readonly status?: 200 | 201 | 202 | 204;
}

/** One operation of the API. Add `.input(…)` and `.output(…)`. */
export function operation(options: OperationOptions) {
  const { permission, perMinute, audit, status, description, ...route } = options;
  const meta = {
    permission,
    ...(perMinute === undefined ? {} : { perMinute }),
    ...(audit === undefined ? {} : { audit }),
  };
  return oc.$meta<OperationMeta>(meta).route({
    ...route,
    ...(description === undefined ? {} : { description }),
    ...(status === undefined ? {} : { successStatus: status }),
  });
}

/** RFC 3339 with milliseconds, UTC. */
export const instant = z.iso.datetime({ offset: true });
/** A day of the workspace's calendar: `2026-11-22`. */
export const day = z.iso.date();
export const isoCurrency = z.string().regex(/^[A-Z]{3}$/, 'three capital letters of ISO 4217');
/** Money and other exact decimals travel as strings. */
export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'a decimal number');

/** Input of a listing: a page's size and where the last page ended. */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2_000).optional(),
};

/** Output of a listing: its items, and the cursor of the next page where there is one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
