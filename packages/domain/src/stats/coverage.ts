import { type Random, normal, seeded } from '../random/index.ts';
import { differenceInterval } from './difference.ts';
import { type Measure, intervalOf } from './interval.ts';
import type { Sums } from './sums.ts';

/** One kind of answers and the truth about it. */
export interface Scenario {
  readonly name: string;
  readonly measure: Measure;
  readonly truth: number;
  /** Draws another truth for each sample, where it is not the same for all. */
  vary?(random: Random): Scenario;
  /** Answers a person gives, on average. */
  readonly perPerson: number;
  /** How many answers a person gives. */
  size(random: Random): number;
  /** The sum of that many answers of one person. */
  sum(random: Random, size: number): number;
}

/** Sums of as many people's answers. */
function sample(scenario: Scenario, people: number, random: Random): Sums {
  let [n, x, xx, xn, nn] = [0, 0, 0, 0, 0];
  for (let i = 0; i < people; i++) {
    const size = scenario.size(random);
    const sum = scenario.sum(random, size);
    n += size;
    x += sum;
    xx += sum * sum;
    xn += sum * size;
    nn += size * size;
  }
  return { n, clusters: people, x, xx, xn, nn };
}

/** Of `times` samples of about `n` answers, the share whose 95 % interval holds the truth. */
export function coverage(scenario: Scenario, n: number, times: number, seed: string): number {
  const random = seeded(`${seed}/${scenario.name}/${n}`);
  const people = Math.round(n / scenario.perPerson);
  let held = 0;
  for (let i = 0; i < times; i++) {
    const drawn = scenario.vary?.(random) ?? scenario;
    const interval = intervalOf(sample(drawn, people, random), drawn.measure);
    const { truth } = drawn;
    if (interval !== undefined && interval.low <= truth && truth <= interval.high) held++;
  }
  return held / times;
}

/** The same for the difference of two samples, of about n answers each. */
export function differenceCoverage(a: Scenario, b: Scenario, n: number, times: number, seed: string): number {
  const random = seeded(`${seed}/${a.name}-${b.name}/${n}`);
  const truth = a.truth - b.truth;
  let held = 0;
  for (let i = 0; i < times; i++) {
    const first = sample(a, Math.round(n / a.perPerson), random);
    const second = sample(b, Math.round(n / b.perPerson), random);
    const found = differenceInterval(first, second, a.measure);
    if (found !== undefined && found.low <= truth && truth <= found.high) held++;
  }
  return held / times;
}

/** Values with their chances: answers of people who give one each. */
export function single(name: string, measure: Measure, chances: readonly (readonly [number, number])[]): Scenario {
  return {
    name,
    measure,
    truth: chances.reduce((sum, [value, p]) => sum + value * p, 0),
    perPerson: 1,
    size: () => 1,
    sum: (random) => choose(chances, random.uint32()),
  };
}

/** Single shares whose truth lies anywhere from 0.05 to 0.95. */
export function spread(name: string, measure: Measure): Scenario {
  return {
    ...single(name, measure, [[1, 0.5]]),
    vary: (random) => {
      const p = 0.05 + 0.9 * random.float();
      return single(name, measure, [
        [1, p],
        [0, 1 - p],
      ]);
    },
  };
}

const SIZES = [
  [1, 0.6],
  [2, 0.2],
  [3, 0.1],
  [4, 0.05],
  [6, 0.05],
] as const;

/**
 * Answers of people who give one to six each and resemble themselves: with `likeness` a further answer of a person
 * repeats the first, else it is drawn anew, so that likeness is the correlation within a person.
 */
export function clustered(
  name: string,
  measure: Measure,
  likeness: number,
  chances: readonly (readonly [number, number])[],
): Scenario {
  return {
    name,
    measure,
    truth: chances.reduce((sum, [value, p]) => sum + value * p, 0),
    perPerson: SIZES.reduce((sum, [size, p]) => sum + size * p, 0),
    size: (random) => choose(SIZES, random.uint32()),
    sum: (random, size) => {
      const own = choose(chances, random.uint32());
      let sum = own;
      for (let i = 1; i < size; i++) sum += random.uint32() < likeness * WHOLE ? own : choose(chances, random.uint32());
      return sum;
    },
  };
}

/** Days, skewed to the right: the square of a normal about 3 with deviation 0.6. */
export const DAYS: Scenario = {
  name: 'days, skewed',
  measure: { kind: 'open' },
  truth: 9.36,
  perPerson: 1,
  size: () => 1,
  sum: (random) => normal(random, 3, 0.6) ** 2,
};

const WHOLE = 2 ** 32;

function choose(chances: readonly (readonly [number, number])[], at: number): number {
  let left = at;
  for (let i = 0; i < chances.length; i++) {
    const chance = chances[i];
    if (chance === undefined) break;
    left -= chance[1] * WHOLE;
    if (left < 0) return chance[0];
  }
  return chances.at(-1)?.[0] ?? 0;
}
