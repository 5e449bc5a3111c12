/** 8 MiB: after three million names one in a thousand is taken for seen that was not, after thirty million every second. */
const BITS = 2 ** 26;

/**
 * Which names a file has had so far, in memory that does not grow: a Bloom filter (Bloom, CACM 13, 1970) of four bits a name,
 * chosen by two hashes (Kirsch and Mitzenmacher, 2008). It may take a name for seen that was not, never the other way.
 */
export class Seen {
  readonly #bytes: Uint8Array | null;

  /** @param options.whole whether it hears of every name there is; if not, each may have been there. */
  constructor(options: { readonly whole: boolean }) {
    this.#bytes = options.whole ? new Uint8Array(BITS / 8) : null;
  }

  /** Takes in the names of a chunk, and gives those that may have come before it, as often as they stand there. */
  meet(names: readonly string[]): readonly string[] {
    const bytes = this.#bytes;
    if (bytes === null) return names;
    const hashes = new Uint32Array(names.length);
    const met: string[] = [];
    for (const [i, name] of names.entries()) {
      const hash = hashOf(name);
      hashes[i] = hash;
      if (has(bytes, hash)) met.push(name);
    }
    for (const hash of hashes) add(bytes, hash);
    return met;
  }
}

/** FNV-1a. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** How far the bits of a name lie apart: the last steps of MurmurHash3, odd. */
function stepOf(hash: number): number {
  let step = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  step = Math.imul(step ^ (step >>> 13), 0xc2b2ae35);
  return (step ^ (step >>> 16)) | 1;
}

function has(bytes: Uint8Array, hash: number): boolean {
  const step = stepOf(hash);
  for (let i = 0; i < 4; i++) {
    const bit = (hash + Math.imul(i, step)) >>> 6;
    if (((bytes[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function add(bytes: Uint8Array, hash: number): void {
  const step = stepOf(hash);
  for (let i = 0; i < 4; i++) {
    const bit = (hash + Math.imul(i, step)) >>> 6;
    bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }
}
