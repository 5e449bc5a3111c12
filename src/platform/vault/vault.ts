import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Problem } from '../kernel/problem.ts';

/** A key of 32 bytes and the name it has in what it sealed. */
export interface VaultKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Seals texts for the store. `place` is where the sealed text stands (`second_factors/usr_…`): it opens there only. */
export interface Vault {
  /** Whether there is a key that every process of this installation has. */
  readonly available: boolean;
  /** Throws Problem `unavailable` where there is no key. */
  seal(text: string, place: string): string;
  /** Throws an Error that says what is wrong: never with a part of the text. */
  open(sealed: string, place: string): string;
  /** Seals anew with the present key; the same text where it is that already. */
  reseal(sealed: string, place: string): string;
}

const FORM = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Whether a text is one that a vault sealed. */
export function isSealed(text: string): boolean {
  return /^v1\.[0-9a-f]{12}\.[A-Za-z0-9_-]+$/.test(text);
}

/** Named after itself: the same secret has the same name in every process. */
export function vaultKey(key: Buffer): VaultKey {
  return { id: createHash('sha256').update('touchstone key id').update(key).digest('hex').slice(0, 12), key };
}

/** A key from words: HKDF with SHA-256 (RFC 5869). The words have to be random themselves, 32 characters at least. */
export function keyOfSecret(secret: string): VaultKey {
  return vaultKey(Buffer.from(hkdfSync('sha256', secret, 'touchstone', 'secrets at rest', 32)));
}

export function freshVaultKey(): VaultKey {
  return vaultKey(randomBytes(32));
}

/** The first key seals; every one of them opens. */
export function makeVault(keys: readonly VaultKey[]): Vault {
  const [present] = keys;
  const open = (sealed: string, place: string): string => {
    const [, id] = sealed.split('.');
    const found = isSealed(sealed) ? keys.find((k) => k.id === id) : undefined;
    if (found === undefined) {
      throw new Error(
        `A secret at ${place} is sealed with the key ${id ?? '?'}, which is not here. Bring back secrets.json of the data directory, or set TOUCHSTONE_SECRET to what it was.`,
      );
    }
    const bytes = Buffer.from(sealed.slice(sealed.lastIndexOf('.') + 1), 'base64url');
    const tagAt = bytes.length - TAG_BYTES;
    try {
      const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAAD(Buffer.from(`${FORM}.${found.id}.${place}`));
      decipher.setAuthTag(bytes.subarray(tagAt));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, tagAt)), decipher.final()]).toString('utf8');
    } catch {
      throw new Error(`A secret at ${place} does not open: it was changed, or belongs elsewhere.`);
    }
  };
  const seal = (text: string, place: string): string => {
    if (present === undefined) {
      throw new Problem('unavailable', 'This server has no key to keep secrets with.', {
        mend: 'Set TOUCHSTONE_SECRET to the same random text for every process, and start again.',
      });
    }
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', present.key, nonce);
    cipher.setAAD(Buffer.from(`${FORM}.${present.id}.${place}`));
    const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${FORM}.${present.id}.${body.toString('base64url')}`;
  };
  return {
    available: present !== undefined,
    seal,
    open,
    reseal: (sealed, place) =>
      present !== undefined && sealed.startsWith(`${FORM}.${present.id}.`) ? sealed : seal(open(sealed, place), place),
  };
}
