import { describe, expect, test } from 'vitest';
import { seeded } from '../random/index.ts';
import { chiSquareTail } from './chi-square.ts';
import { drawTable, fisher } from './contingency.ts';
import { independenceOf, normalTail, partTest, sumsOfCounts, sumsOfGroups, sumsOf } from './index.ts';

describe('tables', () => {
  test('[ST10] chi-square’s distribution agrees with published tables', () => {
    // NIST/SEMATECH e-Handbook 1.3.6.7.4, upper critical values.
    for (const [df, at05, at01] of [
      [1, 3.841, 6.635],
      [2, 5.991, 9.21],
      [5, 11.07, 15.086],
      [10, 18.307, 23.209],
      [30, 43.773, 50.892],
      [100, 124.342, 135.807],
    ] as const) {
      expect(chiSquareTail(at05, df)).toBeCloseTo(0.05, 4);
      expect(chiSquareTail(at01, df)).toBeCloseTo(0.01, 4);
    }
    expect(chiSquareTail(0, 3)).toBe(1);
    for (const x of [0.1, 2, 30]) {
      expect(chiSquareTail(x * x, 1) / (2 * normalTail(x))).toBeCloseTo(1, 10);
      expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 12);
    }
  });

  test('[ST10] a table, its parts and its strength are as Agresti prints them', () => {
    // Agresti, "An Introduction to Categorical Data Analysis" (2007), tables 2.5 and 2.6: party by gender.
    const party = [
      [762, 327, 468],
      [484, 239, 477],
    ];
    const found = independenceOf(party);
    expect(found).toMatchObject({ df: 2, how: 'chi-square' });
    expect(found?.statistic).toBeCloseTo(30.07, 2);
    expect(found?.p).toBeCloseTo(2.954e-7, 9);
    expect(found?.strength).toBeCloseTo(Math.sqrt(30.07 / 2757), 4);
    for (const [i, row, column, residual] of [
      [0, 1557, 1246, 4.5],
      [1, 1557, 566, 0.7],
      [2, 1557, 945, -5.32],
    ] as const)
      expect(partTest(party[0]?.[i] ?? 0, row, column, 2757).residual).toBeCloseTo(residual, 2);
    // Lines of nobody change nothing, and one line alone says nothing.
    expect(independenceOf([...party.map((row) => [...row, 0]), [0, 0, 0, 0]])).toEqual(found);
    expect(
      independenceOf([
        [3, 4],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(partTest(5, 5, 3, 5)).toEqual({ residual: 0, p: 1 });
  });

  test('[ST10] few are tested exactly', () => {
    // Fisher's tea: Agresti (2007), 2.6.2. R: fisher.test(rbind(c(3, 1), c(1, 3))).
    expect(fisher(3, 1, 1, 3)).toBeCloseTo(0.4857, 4);
    expect(
      independenceOf([
        [3, 1],
        [1, 3],
      ]),
    ).toMatchObject({ how: 'exact', p: fisher(3, 1, 1, 3) });
    expect(partTest(3, 4, 4, 8).p).toBeCloseTo(0.4857, 4);
    // Fisher's twins, R's documentation of fisher.test: p = 0.0005367.
    expect(fisher(2, 15, 10, 3)).toBeCloseTo(0.0005367, 7);
  });

  test('[ST10] what is drawn comes to what all tables together say', () => {
    const table = [
      [6, 1, 0],
      [1, 2, 4],
      [0, 1, 1],
    ];
    const found = independenceOf(table);
    expect(found?.how).toBe('drawn');
    const exact = byEnumeration(table);
    // Four standard errors of 9,999 draws.
    expect(Math.abs((found?.p ?? 1) - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 9_999));
    expect(independenceOf(table)).toEqual(found);
    const random = seeded('sums');
    for (let i = 0; i < 50; i++) {
      const one = drawTable(random, [500, 20, 3], [400, 100, 23], 523);
      expect(one.map((row) => row.reduce((a, b) => a + b))).toEqual([500, 20, 3]);
      expect([0, 1, 2].map((j) => one.reduce((a, row) => a + (row[j] ?? 0), 0))).toEqual([400, 100, 23]);
    }
  });

  test('[ST3] counts of equal answers make the sums that the answers make', () => {
    expect(
      sumsOfCounts([
        [5, 3],
        [1, 2],
      ]),
    ).toEqual(
      sumsOf([
        [1, 5],
        [1, 5],
        [1, 5],
        [1, 1],
        [1, 1],
      ]),
    );
    expect(sumsOfGroups([{ n: 3, sum: -2, times: 2 }])).toEqual(
      sumsOf([
        [3, -2],
        [3, -2],
      ]),
    );
  });
});

/** Every table with the same sums, each with its chance. */
function byEnumeration(table: readonly (readonly number[])[]): number {
  const rows = table.map((row) => row.reduce((a, b) => a + b));
  const columns = rows.map((_, j) => table.reduce((a, row) => a + (row[j] ?? 0), 0));
  const all = rows.reduce((a, b) => a + b);
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const fixed = [...rows, ...columns].reduce((a, n) => a * factorial(n), 1) / factorial(all);
  const statistic = (t: readonly (readonly number[])[]): number =>
    t
      .flatMap((row, i) => row.map((n, j) => ({ n, e: ((rows[i] ?? 0) * (columns[j] ?? 0)) / all })))
      .reduce((a, { n, e }) => a + (n - e) ** 2 / e, 0);
  const limit = statistic(table) * (1 - 1e-9);
  let p = 0;
  const fill = (cells: readonly number[]): void => {
    if (cells.length === 9) {
      const t = [cells.slice(0, 3), cells.slice(3, 6), cells.slice(6)];
      const fits = columns.every((c, j) => t.reduce((a, row) => a + (row[j] ?? 0), 0) === c);
      if (fits && statistic(t) >= limit) p += fixed / cells.reduce((a, n) => a * factorial(n), 1);
      return;
    }
    const row = Math.floor(cells.length / 3);
    const left = (rows[row] ?? 0) - cells.slice(row * 3).reduce((a, b) => a + b, 0);
    const last = cells.length % 3 === 2;
    for (let n = last ? left : 0; n <= left; n++) fill([...cells, n]);
  };
  fill([]);
  return p;
}
