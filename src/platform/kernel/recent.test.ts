import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

test('what was set last is known, at least half of the capacity and no more than all of it', () => {
  const recent = new Recent<number>(10);
  const known = (): number[] =>
    Array.from({ length: 100 }, (_, i) => i).filter((i) => recent.get(`${i}`) !== undefined);
  for (let i = 0; i < 100; i++) {
    recent.set(`${i}`, i);
    const found = known();
    expect(found).toEqual(Array.from({ length: found.length }, (_, n) => i - found.length + 1 + n));
    expect(found.length).toBeGreaterThanOrEqual(Math.min(i + 1, 5));
    expect(found.length).toBeLessThanOrEqual(10);
  }
});

test('what is set again stays, with what was set last', () => {
  const recent = new Recent<number>(4);
  for (let i = 0; i < 20; i++) {
    recent.set('often', i);
    recent.set(`${i}`, i);
    expect(recent.get('often')).toBe(i);
  }
});
