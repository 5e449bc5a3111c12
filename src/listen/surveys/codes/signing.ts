import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Hung, hung } from '../around.ts';

/** Half of an HMAC-SHA-256: a code is read from a distance, so that its address has to be short. */
const LETTERS = 16;

/** What a code stands for, in the order in which it is written; what is missing at the end is left out. */
const NAMES = ['touchpoint', 'locationId', 'place', 'orderId'] as const satisfies (keyof Hung)[];

const written = z.array(z.string().nullable()).max(NAMES.length);

/** What a code stands for, as its address carries it: nobody makes another of it without the survey's secret. */
export function signCode(secret: string, said: Hung): string {
  const all = NAMES.map((name) => said[name] ?? null);
  while (all.length > 0 && all.at(-1) === null) all.pop();
  const payload = Buffer.from(JSON.stringify(all)).toString('base64url');
  return `${payload}.${signature(secret, payload)}`;
}

/** Null for what was not signed by us. */
export function readCode(secret: string, code: string): Hung | null {
  const [payload = '', given = '', ...rest] = code.split('.');
  const [a, b] = [Buffer.from(given), Buffer.from(signature(secret, payload))];
  if (rest.length > 0 || a.length !== b.length || !timingSafeEqual(a, b)) return null;
  const all = written.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  return hung.parse(Object.fromEntries(NAMES.flatMap((name, i) => (all[i] == null ? [] : [[name, all[i]]]))));
}

function signature(secret: string, payload: string): string {
  return createHmac('sha256', secret).update(`code ${payload}`).digest('base64url').slice(0, LETTERS);
}
