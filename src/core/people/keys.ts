import { createHash } from 'node:crypto';
import type { IdentityKey } from './shapes.ts';
import type { IdentityKind } from './vocabulary.ts';

/** Longest value kept as it is; longer ones end in their hash. */
const LONGEST = 400;

// What PostgreSQL's text cannot hold: NUL, and halves of surrogate pairs.
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const EVERY_UNSTORABLE = new RegExp(UNSTORABLE, 'gu');

/** A text as records can hold it. */
export function storable(text: string): string {
  return UNSTORABLE.test(text) ? text.replaceAll(EVERY_UNSTORABLE, '\uFFFD') : text;
}

/**
 * The value two spellings of one identity share. E-mails: without outer space, in small letters. Phones: digits with a
 * leading +, `00` read as +; where fewer than 6 digits remain the value stays as it is. The rest is taken as it came.
 */
export function evenOut(kind: IdentityKind, value: string): string {
  const plain = storable(value);
  const even = kind === 'email' ? plain.trim().toLowerCase() : kind === 'phone' ? evenPhone(plain) : plain;
  if (even.length <= LONGEST) return even;
  return `${even.slice(0, LONGEST - 64)}${createHash('sha256').update(even).digest('hex')}`;
}

const DIGITS = new Map(
  ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹'].flatMap((row) => [...row].map((digit, i) => [digit, String(i)] as const)),
);

function evenPhone(value: string): string {
  const plain = [...value.trim()].map((c) => DIGITS.get(c) ?? c).join('');
  const digits = plain.replaceAll(/\D/gu, '');
  if (digits.length < 6) return plain;
  if (plain.startsWith('+')) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

/** How an IdentityKey is spelled as the key of a Map: `user\n42`. */
export function keyOf(key: IdentityKey): string {
  return `${key.kind}\n${key.value}`;
}
