import { expect, test } from 'vitest';
import { Recent } from './memory.ts';

test('[PE14] what was used lately is remembered, in each group by itself; what was not makes room', () => {
  const recent = new Recent<number>(3);
  recent.set('a', 'x', 1);
  recent.set('b', 'x', 2);
  expect([recent.get('a', 'x'), recent.get('b', 'x'), recent.get('c', 'x')]).toEqual([1, 2, undefined]);
  for (let i = 0; i < 20; i++) {
    recent.set('a', `y${i}`, i);
    expect(recent.get('b', 'x')).toBe(2);
  }
  expect(recent.get('a', 'x')).toBeUndefined();
  expect([recent.get('a', 'y18'), recent.get('a', 'y19')]).toEqual([18, 19]);
});
