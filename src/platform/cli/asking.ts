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

/** A request with a JSON body. */
export function sending(method: 'POST' | 'PUT' | 'PATCH', body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
