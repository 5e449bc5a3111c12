import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a form says of how it was begun, before anything of it is kept. */
export interface Begun {
  /** What the respondent goes on with. */
  readonly token: string;
  /** When the first page was shown. */
  readonly at: Date;
  /** Of the survey, that was shown. */
  readonly version: number;
  /** How hard the work is that a script is asked for, in bits. */
  readonly bits: number;
}

/**
 * The beginning as a field of the form: time, version and bits, and half of an HMAC-SHA-256 over them and the token. Whoever
 * hands it in was shown a page of this survey, at that time, with that token.
 */
export function signBegun(secret: string, begun: Begun): string {
  const said = [begun.at.getTime().toString(36), begun.version, begun.bits].join('.');
  return `${said}.${signature(secret, begun.token, said)}`;
}

/** Null for what was signed by nobody, or says that it will be begun. */
export function readBegun(secret: string, token: string, field: string, now: Date): Begun | null {
  const found = /^(([0-9a-z]{8,9})\.(\d{1,9})\.(\d{1,2}))\.([\w-]{22})$/.exec(field);
  if (found === null) return null;
  const [, said = '', at = '', version = '', bits = '', given = ''] = found;
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(signature(secret, token, said)))) return null;
  const begun = { token, at: new Date(Number.parseInt(at, 36)), version: Number(version), bits: Number(bits) };
  return begun.at > now ? null : begun;
}

/** Whether the work was done: SHA-256 of the field and a number begins with so many zero bits (Hashcash; Back 2002). */
export function isWorked(field: string, number: string, bits: number): boolean {
  if (!/^\d{1,12}$/.test(number)) return false;
  return createHash('sha256').update(`${field}.${number}`).digest().readUInt32BE(0) < 2 ** (32 - bits);
}

function signature(secret: string, token: string, said: string): string {
  return createHmac('sha256', secret).update(`begun ${token} ${said}`).digest('base64url').slice(0, 22);
}
