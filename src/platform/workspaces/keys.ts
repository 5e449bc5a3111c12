import { createHash, randomBytes } from 'node:crypto';
import { SECRET_KEY_PREFIX, WRITE_KEY_PREFIX } from './vocabulary.ts';

export type KeyKind = 'write' | 'secret';

export interface FreshKey {
  readonly key: string;
  /** What may be shown again: the whole of a write key, the first letters of a secret one. */
  readonly shown: string;
  readonly hash: string;
}

/** A key of 160 (write) or 256 (secret) random bits after its readable prefix. */
export function freshKey(kind: KeyKind): FreshKey {
  const key =
    kind === 'write'
      ? WRITE_KEY_PREFIX + randomBytes(20).toString('hex')
      : SECRET_KEY_PREFIX + randomBytes(32).toString('hex');
  return { key, shown: kind === 'write' ? key : `${key.slice(0, SECRET_KEY_PREFIX.length + 6)}…`, hash: hashOf(key) };
}

/** SHA-256 in hex: enough for what is random itself. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The secret key of `Authorization: Bearer tss_…`, where there is one. */
export function bearerKey(headers: Headers): string | undefined {
  const found = /^Bearer\s+(tss_[0-9a-f]{64})\s*$/i.exec(headers.get('authorization') ?? '');
  return found?.[1];
}
