/** Numbers whose bits lie together. */
const TOGETHER_BITS = 16;
const BYTES = 2 ** (TOGETHER_BITS - 3);

/**
 * A set of whole numbers from 0 to 2^32 - 1 that keeps a bit of each, 8 KiB for every 65,536 of which there are any: numbers
 * given out one after the other take next to no room, and there is no most of them, as a Set has.
 */
export class Numbers {
  readonly #bits = new Map<number, Uint8Array>();

  add(n: number): void {
    const of = n >>> TOGETHER_BITS;
    let bits = this.#bits.get(of);
    if (bits === undefined) this.#bits.set(of, (bits = new Uint8Array(BYTES)));
    const at = (n >>> 3) % BYTES;
    bits[at] = (bits[at] ?? 0) | (1 << (n & 7));
  }

  has(n: number): boolean {
    const bits = this.#bits.get(n >>> TOGETHER_BITS);
    return bits !== undefined && ((bits[(n >>> 3) % BYTES] ?? 0) & (1 << (n & 7))) !== 0;
  }
}
