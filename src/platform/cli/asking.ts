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
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return shape.parse(body);
  const told = problem.safeParse(body);
  if (!told.success) throw new Error(`${connection.to} answered ${response.status}.`);
  const { detail, field, mend } = told.data;
  throw new Error(
    [field === undefined ? detail : `${field}: ${detail}`, mend].filter((s) => s !== undefined).join(' '),
  );
}

/** A request with a JSON body. */
export function sending(method: 'POST' | 'PUT' | 'PATCH', body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
