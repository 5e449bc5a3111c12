import { expect, test } from 'vitest';
import { Numbers } from './numbers.ts';

test('[PE1] numbers of identities are kept as bits, the highest there can be too', () => {
  const numbers = new Numbers();
  const some = [0, 1, 7, 8, 65_535, 65_536, 16_777_217, 2 ** 31, 2 ** 32 - 1];
  for (const n of some) numbers.add(n);
  expect(some.filter((n) => !numbers.has(n))).toEqual([]);
  expect([2, 9, 65_534, 65_537, 16_777_216, 2 ** 31 + 1, 2 ** 32 - 2].filter((n) => numbers.has(n))).toEqual([]);
});
