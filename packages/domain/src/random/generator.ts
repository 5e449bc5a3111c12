/**
 * A source of numbers that look random and are the same for the same seed, on every machine.
 * xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), its state filled by
 * SplitMix64 (Steele, Lea and Flood, 2014) from FNV-1a 64 of the seed. Not for secrets.
 */
export interface Random {
  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number;
  /** A number from 0 inclusive to 1 exclusive, of 53 bits. */
  float(): number;
  /** A generator of its own for a part of the work: drawing from it does not move this one. */
  fork(label: string): Random;
}

/** A generator from a seed: any text or number. */
export function seeded(seed: string | number): Random {
  let s = fnv1a64(String(seed));
  const next = (): bigint => {
    s = (s + 0x9e3779b97f4a7c15n) & MASK;
    return splitMix64(s);
  };
  const [a, b] = [next(), next()];
  return fromState(
    [Number(a & 0xffffffffn), Number(a >> 32n), Number(b & 0xffffffffn), Number(b >> 32n)],
    String(seed),
  );
}

/** The bare algorithm from four words of state, not all zero. `seed` names the forks. */
export function fromState(state: readonly [number, number, number, number], seed = state.join('.')): Random {
  let [s0, s1, s2, s3] = state;
  const uint32 = (): number => {
    const scaled = Math.imul(s1, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  };
  return {
    uint32,
    float: () => ((uint32() >>> 5) * 67_108_864 + (uint32() >>> 6)) / 9_007_199_254_740_992,
    fork: (label) => seeded(`${seed}/${label}`),
  };
}

const MASK = 0xffffffffffffffffn;

/** One output of SplitMix64 for a state. */
export function splitMix64(state: bigint): bigint {
  let z = state;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return z ^ (z >> 31n);
}

/** FNV-1a, 64 bits, of a text's UTF-8 bytes. */
export function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & MASK;
  return hash;
}
