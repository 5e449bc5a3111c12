import { expect, test } from 'vitest';
import { pick, seeded } from '../random/index.ts';
import { apartFromWhole } from './apart.ts';
import { holm } from './families.ts';
import { intervalOf } from './interval.ts';
import { meanOf, sumsOf } from './sums.ts';

const STARS = { kind: 'bounded', low: 1, high: 5 } as const;

test('[ST9] the p-value of a part is that of its distance in halves of its interval', () => {
  const part = { value: 4, low: 3.9, high: 4.05 };
  expect(apartFromWhole(part, 4)).toBe(1);
  // One side of the interval reaches the whole: right at the level of the interval.
  expect(apartFromWhole(part, 3.9)).toBeCloseTo(0.05, 12);
  expect(apartFromWhole(part, 4.05)).toBeCloseTo(0.05, 12);
  expect(apartFromWhole(part, 4.2)).toBeLessThan(1e-10);
  expect(apartFromWhole({ value: 5, low: 4.8, high: 5 }, 5)).toBe(1);
});

test('[ST9] tables whose parts answer alike are seldom said to differ anywhere', () => {
  const random = seeded('tables');
  let claimed = 0;
  const tables = 300;
  for (let table = 0; table < tables; table++) {
    const parts = Array.from({ length: 40 }, (_, i) => Array.from({ length: i % 2 === 0 ? 30 : 90 }, () => pick(random, [5, 5, 5, 4, 4, 3, 2, 1]))); // prettier-ignore
    const whole = meanOf(sumsOf(parts.flat().map((value) => [1, value])));
    const ps = parts.map((values) => {
      const sums = sumsOf(values.map((value) => [1, value]));
      return apartFromWhole({ value: meanOf(sums), ...(intervalOf(sums, STARS) ?? { low: 1, high: 5 }) }, whole);
    });
    if (holm(ps).some((p) => p < 0.05)) claimed++;
  }
  // Two standard errors of so many tables.
  expect(claimed / tables).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / tables));
});
