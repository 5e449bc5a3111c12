import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { isWorked, readBegun, signBegun } from './begun.ts';
import { Guarding } from './guarding.ts';
import { GUARD } from './vocabulary.ts';

test('[SQ60] of one address more responses are begun with work than without, and the work grows with their number', () => {
  let now = 1_000_000_000_000;
  const guarding = new Guarding({ now: () => new Date(now) });
  const begun = (ip: string, worked: boolean, times: number): boolean[] =>
    Array.from({ length: times }, () => guarding.begin(ip, worked));
  expect(guarding.bitsFor('a')).toBe(GUARD.bits.usual);
  // A few are nobody's crowd; from then on who did no work is marked, and shut out at last, and who did is not.
  expect(new Set(begun('a', false, GUARD.crowd))).toEqual(new Set([false]));
  expect(new Set(begun('a', false, GUARD.begun.plain - GUARD.crowd))).toEqual(new Set([true]));
  expect(() => guarding.begin('a', false)).toThrow('Too many answers');
  expect(new Set(begun('a', true, 200))).toEqual(new Set([false]));
  expect(guarding.bitsFor('a')).toBe(GUARD.bits.most);
  expect(guarding.bitsFor('b')).toBe(GUARD.bits.usual);
  now += 3_600_000;
  expect(guarding.bitsFor('a')).toBe(GUARD.bits.usual);
  expect(guarding.begin('a', false)).toBe(false);

  guarding.take('a', { typed: GUARD.bytesAMinute, files: 1 });
  expect(() => guarding.take('a', { typed: 1, files: 0 })).toThrow('Too many answers');
});

test('[SQ60] whoever has a whole network of IPv6 counts as one address, and IPv4 within IPv6 as itself', () => {
  const guarding = new Guarding({ now: () => new Date(1_000_000_000_000) });
  for (let i = 0; i < GUARD.begun.plain; i++) guarding.begin(`2001:db8::${i.toString(16)}:1`, false);
  for (const ip of ['2001:DB8:0:0:f::9', '2001:db8::', '2001:0db8:0000:0000:1:2:3:4'])
    expect(() => guarding.begin(ip, false), ip).toThrow('Too many answers');
  for (const ip of ['2001:db8:0:1::1', '2001:db9::1', 'fe80::1%eth0'])
    expect(guarding.begin(ip, false), ip).toBe(false);
  for (let i = 0; i < GUARD.begun.plain; i++) guarding.begin('::ffff:192.0.2.1', false);
  expect(() => guarding.begin('::ffff:192.0.2.1', false)).toThrow('Too many answers');
  expect(guarding.begin('::ffff:192.0.2.2', false)).toBe(false);
  expect(guarding.begin('::1', false)).toBe(false);
});

test('[SQ60] a beginning is taken as it was signed, for its own token, and work that was done for it', () => {
  const at = new Date('2026-11-22T10:00:00.000Z');
  const field = signBegun('secret', { token: 'token', at, version: 3, bits: 8 });
  expect(readBegun('secret', 'token', field, at)).toEqual({ token: 'token', at, version: 3, bits: 8 });
  expect(readBegun('secret', 'other', field, at)).toBeNull();
  expect(readBegun('other', 'token', field, at)).toBeNull();
  expect(readBegun('secret', 'token', field.replace('.3.8.', '.3.0.'), at)).toBeNull();
  expect(readBegun('secret', 'token', field, new Date(at.getTime() - 1))).toBeNull();
  expect(readBegun('secret', 'token', 'anything', at)).toBeNull();

  let number = 0;
  while (createHash('sha256').update(`${field}.${number}`).digest()[0] !== 0) number++;
  expect(isWorked(field, String(number), 8)).toBe(true);
  expect(isWorked(field, String(number), 30)).toBe(false);
  expect(isWorked(field, 'x', 0)).toBe(false);
  expect(isWorked(`${field}x`, String(number), 8)).toBe(false);
});
