import type { Random } from './generator.ts';

/** A whole number from `low` to `high`, both inclusive, each as likely (rejection, no modulo bias). */
export function integer(random: Random, low: number, high: number): number {
  const span = high - low + 1;
  if (!Number.isInteger(span) || span < 1 || span > 4_294_967_296)
    throw new RangeError('low to high must be 1 to 2^32 values');
  const limit = 4_294_967_296 - (4_294_967_296 % span);
  for (;;) {
    const drawn = random.uint32();
    if (drawn < limit) return low + (drawn % span);
  }
}

/** True with a probability. */
export function chance(random: Random, probability: number): boolean {
  return random.float() < probability;
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[integer(random, 0, from.length - 1)];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}

/** One of some, each as likely as its weight is of all weights. */
export function weighted<T>(random: Random, from: readonly (readonly [T, number])[]): T {
  let left = random.float() * from.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of from) {
    left -= weight;
    if (left < 0) return value;
  }
  const last = from.at(-1);
  if (last === undefined) throw new RangeError('nothing to pick from');
  return last[0];
}

/** A shuffled copy: sorted by a random key each. */
export function shuffled<T>(random: Random, from: readonly T[]): T[] {
  const keyed = from.map((value) => ({ value, key: random.float() }));
  return keyed.sort((a, b) => a.key - b.key).map((k) => k.value);
}

/** Normally distributed (Box and Muller, 1958). */
export function normal(random: Random, mean = 0, deviation = 1): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.float()));
  return mean + deviation * radius * Math.cos(2 * Math.PI * random.float());
}

/** Exponentially distributed with a mean. */
export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.float());
}

/** Log-normally distributed with a median and the deviation of its logarithm. */
export function logNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(normal(random, 0, sigma));
}

/** Poisson distributed (Knuth's product, in steps, so that a large mean does not underflow). */
export function poisson(random: Random, mean: number): number {
  let count = 0;
  let left = mean;
  for (let product = 1; ;) {
    product *= random.float();
    while (product < 1 && left > 0) {
      const step = Math.min(left, 500);
      product *= Math.exp(step);
      left -= step;
    }
    if (product <= 1) return count;
    count++;
  }
}
