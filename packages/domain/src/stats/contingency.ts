import { type Random, seeded } from '../random/index.ts';
import { chiSquareTail } from './chi-square.ts';
import { logGamma, normalTail } from './quantiles.ts';

/** Counts by row and column. */
export type Table = readonly (readonly number[])[];

export interface Independence {
  /** Pearson's chi-square. */
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  /**
   * How `p` was had: from the distribution of chi-square; Fisher's exact test; or from tables drawn with the same sums,
   * where the distribution does not hold for so few.
   */
  readonly how: 'chi-square' | 'exact' | 'drawn';
  /** How strong the relation is, 0 to 1: Cramér's V. */
  readonly strength: number;
}

/**
 * Whether rows and columns of a table have to do with one another. Chi-square where Cochran's rule lets it (no expected
 * count below 1, at most a fifth below 5: "Some methods for strengthening the common χ² tests", Biometrics 10 (1954)),
 * else Fisher's exact test of a table of two by two, and of larger ones the share of tables with the same sums that are
 * as unlike independence or more. Undefined where fewer than two rows or columns hold anything.
 */
export function independenceOf(table: Table): Independence | undefined {
  const counts = withoutEmpty(table);
  const { rows, columns, all } = sumsOfTable(counts);
  if (rows.length < 2 || columns.length < 2) return undefined;
  const statistic = pearson(counts);
  const df = (rows.length - 1) * (columns.length - 1);
  const strength = Math.sqrt(statistic / (all * Math.min(rows.length - 1, columns.length - 1)));
  const expected = rows.flatMap((row) => columns.map((column) => (row * column) / all));
  const sparse = expected.some((e) => e < 1) || expected.filter((e) => e < 5).length > expected.length / 5;
  if (!sparse) return { statistic, df, p: chiSquareTail(statistic, df), how: 'chi-square', strength };
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = counts;
  if (df === 1) return { statistic, df, p: fisher(a, b, c, d), how: 'exact', strength };
  return { statistic, df, p: drawn(rows, columns, all, statistic), how: 'drawn', strength };
}

/** What a table says of one of its parts beside all others. */
export interface PartTest {
  /**
   * How many standard errors the count lies from what independence would make it: Haberman's adjusted residual ("The
   * analysis of residuals in cross-classified tables", Biometrics 29 (1973)). 0 where a sum leaves no choice.
   */
  readonly residual: number;
  readonly p: number;
}

/**
 * One part of a table whose row, column and whole hold so many: by the normal distribution, exactly where fewer than five
 * are expected in one of the four parts of the table that it and the others make. Rows or columns may overlap.
 */
export function partTest(count: number, row: number, column: number, all: number): PartTest {
  const spread = (row * column * (all - row) * (all - column)) / all;
  if (!(spread > 0)) return { residual: 0, p: 1 };
  const residual = (count * all - row * column) / Math.sqrt(spread);
  const least = (Math.min(row, all - row) * Math.min(column, all - column)) / all;
  if (least < 5) return { residual, p: fisher(count, row - count, column - count, all - row - column + count) };
  return { residual, p: Math.min(1, 2 * normalTail(Math.abs(residual))) };
}

/** Two-sided: the chance of all tables with these sums that are as unlikely as this one, or more. */
export function fisher(a: number, b: number, c: number, d: number): number {
  const [row, column, all] = [a + b, a + c, a + b + c + d];
  const log = (n: number): number => logGamma(n + 1);
  const fixed = log(row) + log(all - row) + log(column) + log(all - column) - log(all);
  const chance = (x: number): number =>
    Math.exp(fixed - log(x) - log(row - x) - log(column - x) - log(all - row - column + x));
  const [from, to] = [Math.max(0, row + column - all), Math.min(row, column)];
  const limit = chance(a) * (1 + 1e-7);
  let p = 0;
  for (let x = from; x <= to; x++) {
    const one = chance(x);
    if (one <= limit) p += one;
  }
  return Math.min(1, p);
}

function withoutEmpty(table: Table): number[][] {
  const rows = table.filter((row) => row.some((n) => n > 0));
  const filled = (rows[0] ?? []).map((_, j) => rows.some((row) => (row[j] ?? 0) > 0));
  return rows.map((row) => row.filter((_, j) => filled[j]));
}

function sumsOfTable(table: Table) {
  const rows = table.map((row) => row.reduce((sum, n) => sum + n, 0));
  const columns = (table[0] ?? []).map((_, j) => table.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  return { rows, columns, all: rows.reduce((sum, n) => sum + n, 0) };
}

function pearson(table: Table): number {
  const { rows, columns, all } = sumsOfTable(table);
  let sum = 0;
  table.forEach((row, i) =>
    row.forEach((n, j) => {
      const expected = ((rows[i] ?? 0) * (columns[j] ?? 0)) / all;
      sum += (n - expected) ** 2 / expected;
    }),
  );
  return sum;
}

/** So many parts are drawn at most, and so many tables at least and at most. */
const DRAWS = { parts: 400_000, least: 999, most: 9_999 } as const;

/**
 * The share of tables with these sums whose chi-square is as high, this one among them (Davison and Hinkley, "Bootstrap
 * Methods and their Application" (1997), 4.2). The same table always draws the same ones.
 */
function drawn(rows: readonly number[], columns: readonly number[], all: number, statistic: number): number {
  const random = seeded(`${rows.join()} ${columns.join()}`);
  const cost = rows.length * columns.length * (1 + Math.sqrt(all) / 50);
  const times = Math.max(DRAWS.least, Math.min(DRAWS.most, Math.floor(DRAWS.parts / cost)));
  let reached = 1;
  for (let i = 0; i < times; i++)
    if (pearson(drawTable(random, rows, columns, all)) >= statistic * (1 - 1e-9)) reached++;
  return reached / (times + 1);
}

/** Row by row, each part from what its column and its row have left (Patefield, Applied Statistics 30 (1981), AS 159). */
export function drawTable(
  random: Random,
  rows: readonly number[],
  columns: readonly number[],
  all: number,
): number[][] {
  const left = [...columns];
  let among = all;
  return rows.map((row) => {
    let [wanted, beyond] = [row, among];
    among -= row;
    return left.map((column, j) => {
      const taken = hypergeometric(random, wanted, column, beyond);
      left[j] = column - taken;
      wanted -= taken;
      beyond -= column;
      return taken;
    });
  });
}

/** How many of `marked` are among `taken` of `all`. By halves of the distribution around its peak. */
function hypergeometric(random: Random, taken: number, marked: number, all: number): number {
  const [from, to] = [Math.max(0, taken + marked - all), Math.min(taken, marked)];
  if (from >= to) return from;
  const peak = Math.min(to, Math.max(from, Math.floor(((taken + 1) * (marked + 1)) / (all + 2))));
  const log = (n: number): number => logGamma(n + 1);
  let left = random.float();
  const height = Math.exp(
    log(taken) +
      log(all - taken) +
      log(marked) +
      log(all - marked) -
      log(all) -
      (log(peak) + log(taken - peak) + log(marked - peak) + log(all - taken - marked + peak)),
  );
  left -= height;
  if (left < 0) return peak;
  let [down, up, below, above] = [peak, peak, height, height];
  while (down > from || up < to) {
    if (up < to) {
      above *= ((taken - up) * (marked - up)) / ((up + 1) * (all - taken - marked + up + 1));
      up++;
      left -= above;
      if (left < 0) return up;
    }
    if (down > from) {
      below *= (down * (all - taken - marked + down)) / ((taken - down + 1) * (marked - down + 1));
      down--;
      left -= below;
      if (left < 0) return down;
    }
  }
  return peak;
}
