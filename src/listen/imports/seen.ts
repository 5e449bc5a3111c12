/** 8 MiB: after three million names one in a thousand is taken for seen that was not, after thirty million every second. */
const BITS = 2 ** 26;

/**
 * Which names a file has had so far, in memory that does not grow: a Bloom filter (Bloom, CACM 13, 1970) of four bits a name,
 * chosen by two hashes (Kirsch and Mitzenmacher, 2008). It may take a name for seen that was not, never the other way.
 */
export class Seen {
  readonly #bytes: Uint8Array | null;
  #first = 0;
  #step = 1;

  /** @param options.whole whether it hears of every name there is; if not, each may have been there. */
  constructor(options: { readonly whole: boolean }) {
    this.#bytes = options.whole ? new Uint8Array(BITS / 8) : null;
  }

  mayHave(name: string): boolean {
    const bytes = this.#bytes;
    if (bytes === null) return true;
    this.#hash(name);
    for (let i = 0; i < 4; i++) {
      const bit = this.#bit(i);
      if (((bytes[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  }

  add(name: string): void {
    const bytes = this.#bytes;
    if (bytes === null) return;
    this.#hash(name);
    for (let i = 0; i < 4; i++) {
      const bit = this.#bit(i);
      bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) | (1 << (bit & 7));
    }
  }

  /** Two hashes of 32 bits: FNV-1a, and from that by the last steps of MurmurHash3 an odd one. */
  #hash(name: string): void {
    let a = 0x811c9dc5;
    for (let i = 0; i < name.length; i++) a = Math.imul(a ^ name.charCodeAt(i), 0x01000193);
    let b = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
    b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
    this.#first = a;
    this.#step = (b ^ (b >>> 16)) | 1;
  }

  #bit(i: number): number {
    return (this.#first + Math.imul(i, this.#step)) >>> 6;
  }
}
