import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type PersonSaid, personSaid } from './around.ts';

/** What a signed link says. */
const claims = z.object({
  person: personSaid,
  hidden: z.record(z.string(), z.string()).default({}),
  answers: z.record(z.string(), z.string()).default({}),
  /** Seconds since 1970. */
  exp: z.number().optional(),
});
export type Claims = z.infer<typeof claims>;

export type Refused = 'forged' | 'expired';

/**
 * `payload.signature`, both in base64url: the claims as JSON, and HMAC-SHA-256 (RFC 2104) of the payload's text under the
 * survey's secret, which leaves this installation never.
 */
export function sign(secret: string, said: z.input<typeof claims>): string {
  const payload = Buffer.from(JSON.stringify(said)).toString('base64url');
  return `${payload}.${signature(secret, payload)}`;
}

export function verify(secret: string, signed: string, now: Date): Claims | Refused {
  const [payload = '', given = '', ...rest] = signed.split('.');
  const [a, b] = [Buffer.from(given), Buffer.from(signature(secret, payload))];
  if (rest.length > 0 || a.length !== b.length || !timingSafeEqual(a, b)) return 'forged';
  let said: Claims;
  try {
    said = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    // Signed by who holds the secret, and yet not what a link says.
    return 'forged';
  }
  return said.exp !== undefined && said.exp * 1_000 <= now.getTime() ? 'expired' : said;
}

/**
 * Stand for a person's names without telling them: the same name leaves the same mark on one survey, and another on any
 * other. An order is no person, and stands for one only where nothing else is known.
 */
export function marksOf(secret: string, { userId, email, phone, orderId }: Partial<PersonSaid>): string[] {
  const names = [
    ['user', userId?.trim()],
    ['email', email?.trim().toLowerCase()],
    ['phone', phone?.replaceAll(/\P{Nd}/gu, '').replace(/^00/, '')],
  ].filter(([, name]) => name !== undefined && name !== '');
  const known = names.length > 0 || orderId === undefined ? names : [['order', orderId.trim()]];
  return known.map(([kind, name]) => createHmac('sha256', secret).update(`once ${kind} ${name}`).digest('base64url'));
}

function signature(secret: string, payload: string): string {
  return createHmac('sha256', secret).update(payload).digest('base64url');
}
