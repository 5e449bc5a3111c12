import { z } from 'zod';
import type { Connection } from '../house/house.ts';

const problem = z.object({ detail: z.string(), field: z.string().optional(), mend: z.string().optional() });

/** Asks the API and reads its answer. @throws an Error in the words of the problem, with the field and the mend */
export async function ask<T>(
  connection: Connection,
  shape: z.ZodType<T>,
  path: `/${string}`,
  init?: RequestInit,
): Promise<T> {
  const response = await connection.request(path, init);
  if (!response.ok) throw new Error(await saidBy(response, connection.to));
  const body: unknown = await response.json().catch(() => null);
  return shape.parse(body);
}

/** Why it was refused, in the words of the problem, with the field and the mend; `to`: who answered. */
export async function saidBy(response: Response, to: string): Promise<string> {
  const told = problem.safeParse(await response.json().catch(() => null));
  if (!told.success) return `${to} answered ${response.status}.`;
  const { detail, field, mend } = told.data;
  const isNamed = field === undefined || detail.startsWith(`${field}: `);
  return [isNamed ? detail : `${field}: ${detail}`, mend].filter((s) => s !== undefined).join(' ');
}

/** Nobody answers at the address, or no longer. */
export class NoAnswer extends Error {}

/** Speaks HTTP to a server. Throws NoAnswer, which says whom it was asked of and why. */
export async function reach(server: string, path: `/${string}`, init: RequestInit): Promise<Response> {
  return fetch(new URL(path, server), init).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : '';
    throw new NoAnswer(`The server at ${server} does not answer${why === '' ? '' : ` (${why})`}.`, { cause: error });
  });
}

/** A request with a JSON body. */
export function sending(method: 'POST' | 'PUT' | 'PATCH', body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
