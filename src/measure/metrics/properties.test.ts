import { expect, test } from 'vitest';
import { infoOf } from './properties.ts';

/** A property with so many levels of so many rows each. */
function found(field: string, distinct: number, each: number, alone = 0) {
  const levels = Array.from({ length: Math.min(40, distinct) }, (_, i) => ({ key: `level ${i}`, rows: each }));
  return { field, rows: distinct * each, distinct, alone, levels };
}

test('[MT11] what nearly everybody has a level of their own of makes no groups', () => {
  const groups = (...of: Parameters<typeof found>) => infoOf(found(...of), undefined).groups;
  expect(groups('person.plan', 3, 100)).toBe(true);
  expect(groups('person.city', 150, 20)).toBe(true);
  // Few people: each may well be alone in their state.
  expect(groups('person.state', 12, 1, 12)).toBe(true);
  expect(groups('person.email', 30, 2, 30)).toBe(false);
  expect(groups('person.customer_since', 540, 45)).toBe(false);
  expect(infoOf(found('person.name', 400, 3), undefined).levels).toEqual([]);
});
