import { describe, expect, test } from 'vitest';
import { fnv1a64, fromState, splitMix64 } from './generator.ts';
import { chance, exponential, integer, logNormal, normal, pick, poisson, seeded, shuffled, weighted } from './index.ts';

const many = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);
const mean = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length;
const variance = (xs: readonly number[]): number => mean(xs.map((x) => (x - mean(xs)) ** 2));

describe('random', () => {
  test('[RN1] xoshiro128**, SplitMix64 and FNV-1a give their published vectors', () => {
    const random = fromState([1, 2, 3, 4]);
    expect(many(10, () => random.uint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
    // SplitMix64 from state 1234567, as Rosetta Code lists it.
    let state = 1234567n;
    const outputs = Array.from({ length: 5 }, () => {
      state = (state + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
      return splitMix64(state);
    });
    expect(outputs).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ]);
    // FNV's own test suite.
    expect(fnv1a64('')).toBe(0xcbf29ce484222325n);
    expect(fnv1a64('a')).toBe(0xaf63dc4c8601ec8cn);
    expect(fnv1a64('foobar')).toBe(0x85944171f73967e8n);
  });

  test('[RN2] seeds and forks', () => {
    const first = (seed: string | number): number[] => {
      const random = seeded(seed);
      return many(5, () => random.uint32());
    };
    expect(first('a')).toEqual(first('a'));
    expect(first('a')).not.toEqual(first('b'));
    const [plain, forked] = [seeded('x'), seeded('x')];
    const child = forked.fork('people');
    child.uint32();
    expect(forked.uint32()).toBe(plain.uint32());
    expect(seeded('x').fork('people').uint32()).toBe(forked.fork('people').uint32());
    expect(forked.fork('orders').uint32()).not.toBe(forked.fork('people').uint32());
  });

  test('[RN3] distributions', () => {
    const random = seeded('distributions');
    const n = 20_000;
    const floats = many(n, () => random.float());
    expect(mean(floats)).toBeCloseTo(0.5, 1);
    expect(Math.min(...floats)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...floats)).toBeLessThan(1);
    const dice = many(n, () => integer(random, 1, 6));
    for (let face = 1; face <= 6; face++) expect(dice.filter((d) => d === face).length / n).toBeCloseTo(1 / 6, 1.7);
    expect(many(100, () => integer(random, 3, 3)).every((x) => x === 3)).toBe(true);
    const normals = many(n, () => normal(random, 10, 2));
    expect(Math.abs(mean(normals) - 10)).toBeLessThan(0.06);
    expect(Math.abs(variance(normals) - 4)).toBeLessThan(0.2);
    for (const rate of [0.5, 4, 1200]) {
      const counts = many(4000, () => poisson(random, rate));
      expect(Math.abs(mean(counts) - rate)).toBeLessThan(5 * Math.sqrt(rate / 4000));
      expect(variance(counts) / rate).toBeGreaterThan(0.88);
      expect(variance(counts) / rate).toBeLessThan(1.12);
    }
    expect(Math.abs(mean(many(n, () => exponential(random, 3))) - 3)).toBeLessThan(0.1);
    expect(many(n, () => logNormal(random, 5, 0.5)).filter((x) => x < 5).length / n).toBeCloseTo(0.5, 1.7);
    expect(many(n, () => (chance(random, 0.2) ? 1 : 0)).reduce((a, b) => a + b) / n).toBeCloseTo(0.2, 1.7);
    const drawn = many(n, () =>
      weighted(random, [
        [1, 3],
        [0, 1],
      ]),
    );
    expect(mean(drawn)).toBeCloseTo(0.75, 1.7);
    const deck = Array.from({ length: 52 }, (_, i) => i);
    expect(shuffled(random, deck).toSorted((a, b) => a - b)).toEqual(deck);
    expect(deck).toContain(pick(random, deck));
  });
});
