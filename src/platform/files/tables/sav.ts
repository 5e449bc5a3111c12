import { offsetMs } from '@touchstone/domain/calendar';
import { BIAS, dictionaryOf, variablesOf, type Variable } from './sav-dictionary.ts';
import { inTurns, type Table } from './table.ts';
import { textOf } from './texts.ts';
import { letterEnd } from './variable-names.ts';

/** Seconds from the beginning of the Gregorian calendar, from which SPSS counts, to 1970. */
const GREGORIAN_S = 12_219_379_200;

/** Bytes that are handed on together. */
const AT_ONCE = 1_000_000;

/** Codes of compressed data. Numbers from -99 to 151 are their own code, behind the bias. */
const CODES = { end: 252, written: 253, blanks: 254, nothing: 255 } as const;

/**
 * A system file of SPSS (.sav) as the manual of PSPP describes it ("System File Format"), in UTF-8, its data compressed by
 * bytes, written in flat memory: the number of cases is not said, since nobody knows it yet. Moments stand in the clock of
 * the zone. A text that is longer than its column says is cut.
 */
export async function* savOf<T>(table: Table<T>): AsyncGenerator<Uint8Array> {
  const variables = variablesOf(table.columns);
  yield dictionaryOf(variables, table);
  const cells = new Cells();
  for await (const block of inTurns(table.rows)) {
    for (const row of block) {
      for (const variable of variables) writeCell(cells, variable, row, table.zone);
      // Rows of long texts are many bytes.
      if (cells.length > AT_ONCE) yield cells.taken();
    }
    yield cells.taken();
  }
  yield cells.end();
}

function writeCell<T>(cells: Cells, { column, width, segments }: Variable<T>, row: T, zone: string): void {
  switch (column.kind) {
    case 'number':
      return cells.number(column.of(row));
    case 'boolean': {
      const value = column.of(row);
      return cells.number(value === null ? null : Number(value));
    }
    case 'decimal': {
      const value = column.of(row);
      return cells.number(value === null ? null : Number(value));
    }
    case 'day':
    case 'moment': {
      const value = column.of(row);
      if (value === null) return cells.number(null);
      const ms = Date.parse(value);
      return cells.number((ms + (column.kind === 'day' ? 0 : offsetMs(ms, zone))) / 1_000 + GREGORIAN_S);
    }
    case 'text':
    case 'json':
      return cells.text(textOf(column, row), width, segments);
  }
}

/** Values as they stand in the file: eight codes at a time, each group followed by what its codes do not hold. */
class Cells {
  #bytes = Buffer.allocUnsafe(65_536);
  #at = 0;
  /** Where the codes of this group stand, and how many there are. */
  #group = 0;
  #codes = 8;

  get length(): number {
    return this.#at;
  }

  number(value: number | null): void {
    if (value === null || !Number.isFinite(value)) return this.#code(CODES.nothing);
    if (Number.isInteger(value) && value > -BIAS && value < CODES.end - BIAS) return this.#code(value + BIAS);
    this.#code(CODES.written);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  /** In pieces of eight bytes, filled up with blanks. A very long text is parted into segments of 255 bytes and a blank. */
  text(text: string, width: number, segments: readonly number[]): void {
    const bytes = Buffer.from(text);
    const end = letterEnd(bytes, width);
    let from = 0;
    for (const segment of segments) {
      const to = Math.min(from + segment, end);
      for (let at = from; at < from + segment; at += 8) {
        if (at >= to) this.#code(CODES.blanks);
        else this.#piece(bytes.subarray(at, Math.min(at + 8, to)));
      }
      from += segment;
    }
  }

  /** What is whole so far. */
  taken(): Uint8Array {
    const whole = this.#codes === 8 ? this.#at : this.#group;
    const taken = Buffer.from(this.#bytes.subarray(0, whole));
    this.#bytes.copyWithin(0, whole, this.#at);
    this.#at -= whole;
    this.#group = 0;
    return taken;
  }

  end(): Uint8Array {
    this.#code(CODES.end);
    this.#codes = 8;
    return this.taken();
  }

  #code(code: number): void {
    if (this.#at + 16 > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], this.#bytes.length * 2);
    if (this.#codes === 8) {
      this.#group = this.#at;
      this.#bytes.fill(0, this.#at, this.#at + 8);
      this.#at += 8;
      this.#codes = 0;
    }
    this.#bytes[this.#group + this.#codes++] = code;
  }

  #piece(piece: Uint8Array): void {
    this.#code(CODES.written);
    this.#bytes.fill(0x20, this.#at, this.#at + 8);
    this.#bytes.set(piece, this.#at);
    this.#at += 8;
  }
}
