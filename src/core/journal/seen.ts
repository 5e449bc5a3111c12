/** How long a messageId is known: the same one within this time is the same message. */
export const SEEN_MS = 7 * 86_400_000;

const FIRST_BITS = 2 ** 23;
const LARGEST_BITS = 2 ** 28;
const BITS_PER_ID = 24;
const HASHES = 10;
const HOUR_MS = 3_600_000;

/** A Bloom filter over event ids of about one stretch of time. */
class Filter {
  readonly #words: Uint32Array;
  readonly #mask: number;
  readonly #capacity: number;
  #count = 0;
  readonly firstMs: number;
  lastMs: number;

  constructor(
    readonly bits: number,
    receivedMs: number,
  ) {
    this.#words = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
    this.#capacity = bits / BITS_PER_ID;
    this.firstMs = receivedMs;
    this.lastMs = receivedMs;
  }

  /** Full, or an hour old: then another begins, so that the old can be let go whole. */
  takes(receivedMs: number): boolean {
    return this.#count < this.#capacity && receivedMs - this.firstMs < HOUR_MS;
  }

  get isFull(): boolean {
    return this.#count >= this.#capacity;
  }

  add(a: number, b: number, receivedMs: number): void {
    for (let i = 0; i < HASHES; i++) {
      const bit = (a + Math.imul(i, b)) & this.#mask;
      this.#words[bit >>> 5] = (this.#words[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
    this.#count++;
    if (receivedMs > this.lastMs) this.lastMs = receivedMs;
  }

  has(a: number, b: number): boolean {
    for (let i = 0; i < HASHES; i++) {
      const bit = (a + Math.imul(i, b)) & this.#mask;
      if (((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

/**
 * Which event ids came within seven days, in 3 bytes each. May hold one for seen that was not (about 2 in 100,000 a
 * filter), never the other way round: who needs to be sure asks the facts store about those it names. An event id is a
 * UUIDv5, so its own digits are the hash.
 */
export class SeenIds {
  #filters: Filter[] = [];

  /** @param id a UUID in its usual spelling */
  add(id: string, receivedMs: number): void {
    this.addHash(id.slice(0, 8), id.slice(28, 36), receivedMs);
  }

  /** The first and the last eight hex digits of a UUID. */
  addHash(head: string, tail: string, receivedMs: number): void {
    this.#filterFor(receivedMs).add(parseInt(head, 16), parseInt(tail, 16) | 1, receivedMs);
  }

  mayHave(id: string): boolean {
    const a = parseInt(id.slice(0, 8), 16);
    const b = parseInt(id.slice(28, 36), 16) | 1;
    for (let i = this.#filters.length - 1; i >= 0; i--) if (this.#filters[i]?.has(a, b) === true) return true;
    return false;
  }

  /** Lets go of filters whose ids all came before a moment. */
  forgetBefore(ms: number): void {
    this.#filters = this.#filters.filter((f) => f.lastMs >= ms);
  }

  #filterFor(receivedMs: number): Filter {
    const last = this.#filters.at(-1);
    if (last !== undefined && last.takes(receivedMs)) return last;
    const bits = last?.isFull === true ? Math.min(last.bits * 2, LARGEST_BITS) : FIRST_BITS;
    const filter = new Filter(bits, receivedMs);
    this.#filters.push(filter);
    return filter;
  }
}
