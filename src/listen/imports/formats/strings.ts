import { notTaken } from './limits.ts';

const MOST_BYTES = 256_000_000;
const MOST_STRINGS = 20_000_000;

/** The texts that a workbook keeps once for all its cells, as bytes: a fraction of what as many strings would hold. */
export class SharedStrings {
  #bytes = Buffer.alloc(65_536);
  #ends = new Uint32Array(4_096);
  #used = 0;
  count = 0;

  add(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.#used + size > MOST_BYTES || this.count >= MOST_STRINGS) {
      throw notTaken(
        `The workbook holds more than ${MOST_BYTES} bytes of different texts.`,
        'Save the sheet as CSV and send that.',
      );
    }
    if (this.#used + size > this.#bytes.length) {
      const more = Buffer.alloc(Math.min(MOST_BYTES, Math.max(this.#bytes.length * 2, this.#used + size)));
      this.#bytes.copy(more, 0, 0, this.#used);
      this.#bytes = more;
    }
    if (this.count === this.#ends.length) {
      const more = new Uint32Array(this.#ends.length * 2);
      more.set(this.#ends);
      this.#ends = more;
    }
    this.#used += this.#bytes.write(text, this.#used);
    this.#ends[this.count++] = this.#used;
  }

  /** Undefined past the last. */
  get(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) return undefined;
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
  }
}
