import { expect, test } from 'vitest';
import { base32, codeOf, freshRecoveryCodes, otpauthUri, stepAt, stepOfCode } from './totp.ts';

/** Of RFC 6238, appendix B. */
const SECRET = Buffer.from('12345678901234567890');

test('[AN5] the codes of RFC 6238, appendix B', () => {
  const published: [number, string][] = [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ];
  for (const [seconds, code] of published) {
    expect(codeOf(SECRET, stepAt(new Date(seconds * 1_000)), 8)).toBe(code);
  }
});

test('[AN5] a code is good once, within half a minute before and after', () => {
  const now = new Date('2026-11-22T10:00:10.000Z');
  const step = stepAt(now);
  for (const near of [-1, 0, 1]) expect(stepOfCode(SECRET, codeOf(SECRET, step + near), now, 0)).toBe(step + near);
  for (const far of [-2, 2]) expect(stepOfCode(SECRET, codeOf(SECRET, step + far), now, 0)).toBeNull();
  expect(stepOfCode(SECRET, codeOf(SECRET, step), now, step)).toBeNull();
});

test('[AN5] how the apps take a secret: RFC 4648, §10', () => {
  const published = { f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', fooba: 'MZXW6YTB', foobar: 'MZXW6YTBOI' };
  for (const [text, coded] of Object.entries(published)) expect(base32(Buffer.from(text))).toBe(coded);
  expect(otpauthUri(SECRET, 'ada@example.com')).toMatch(
    /^otpauth:\/\/totp\/Touchstone:ada%40example\.com\?secret=GEZD/,
  );
  const codes = freshRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
});
