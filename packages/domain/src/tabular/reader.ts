import type { Encoding } from './encoding.ts';
import { decodeBinary, isUtf8Row } from './encoding.ts';

/** Why a line is no row. */
export type Fault =
  | 'too-long'
  | 'stray-quote'
  | 'after-quote'
  | 'open-quote'
  | 'encoding'
  | 'nul'
  | 'json'
  | 'not-object';

export interface RawRecord {
  /** The line it begins on, from 1. */
  readonly line: number;
  /** Where the next record begins, in bytes: a reader may start again there, on line `nextLine`. */
  readonly end: number;
  readonly nextLine: number;
  /** Empty where there is a fault. */
  readonly cells: readonly string[];
  readonly fault?: Fault;
  /** With a fault: how the line begins, at most 200 characters. */
  readonly excerpt?: string;
}

export type TextFormat =
  | {
      readonly kind: 'csv';
      readonly delimiter: string;
      readonly encoding: Encoding;
      /** A record counts as one line, whatever breaks its cells hold: it is a row of a spreadsheet. */
      readonly rowIsLine?: boolean | undefined;
    }
  | { readonly kind: 'ndjson'; readonly encoding: Encoding };

export interface ReaderOptions {
  /** A record that is longer is a fault; memory stays below twice this. Default 1,000,000. */
  readonly maxRecordBytes?: number;
  /** Where the first byte stands in the file, and on which line. */
  readonly offset?: number;
  readonly line?: number;
}

type Scan =
  | { readonly at: number; readonly lines: number; readonly cells: string[] }
  | { readonly fault: Fault }
  | { readonly more: true };

const LF = 10;
const CR = 13;
const QUOTE = 34;

/**
 * Cuts text into records (RFC 4180 with any delimiter, or one JSON text per line), from binary strings in which each
 * character is a byte. A broken record costs its own line only: reading goes on at the line after the one it began on,
 * whatever its quotes claim. Memory is flat: never more than one record and one block.
 */
export class RecordReader {
  #rest = '';
  #offset: number;
  #line: number;
  #skipping = false;
  /** Whether the text at hand holds a NUL anywhere. */
  #nul = false;
  readonly #max: number;
  readonly #rowIsLine: boolean;

  constructor(
    readonly format: TextFormat,
    options: ReaderOptions = {},
  ) {
    this.#max = options.maxRecordBytes ?? 1_000_000;
    this.#offset = options.offset ?? 0;
    this.#line = options.line ?? 1;
    this.#rowIsLine = format.kind === 'csv' && format.rowIsLine === true;
  }

  /**
   * Takes the next block and gives the records that end in it.
   * @param last whether the file ends here
   */
  push(block: string, last = false): RawRecord[] {
    const text = this.#rest === '' ? block : this.#rest + block;
    this.#nul = text.includes('\0');
    const records: RawRecord[] = [];
    let at = 0;
    while (at < text.length) {
      if (this.#skipping) {
        const end = lineEnd(text, at, last);
        if (end === null) {
          this.#offset += text.length - at;
          at = text.length;
          break;
        }
        this.#skipping = false;
        this.#offset += end - at;
        this.#line++;
        at = end;
        continue;
      }
      const scan = this.format.kind === 'csv' ? this.#csv(text, at, last) : this.#json(text, at, last);
      if ('cells' in scan) {
        const line = this.#line;
        this.#offset += scan.at - at;
        this.#line += this.#rowIsLine ? 1 : scan.lines;
        at = scan.at;
        const first = scan.cells[0];
        if (scan.cells.length > 1 || (first !== undefined && first !== '')) {
          records.push(this.#decoded(line, scan.cells));
        }
        continue;
      }
      if ('more' in scan && text.length - at <= this.#max) break;
      const fault: Fault = 'fault' in scan ? scan.fault : 'too-long';
      const line = this.#line;
      const excerpt = text.slice(at, at + 200).split(/[\r\n]/, 1)[0] ?? '';
      const end = lineEnd(text, at, last);
      if (end === null) {
        this.#offset += text.length - at;
        at = text.length;
        this.#skipping = true;
      } else {
        this.#offset += end - at;
        this.#line++;
        at = end;
      }
      const reached = end === null && !last ? { end: this.#offset, nextLine: line } : this.#here();
      records.push({ line, ...reached, cells: [], fault, excerpt: this.#shown(excerpt) });
    }
    this.#rest = text.slice(at);
    return records;
  }

  #here(): { end: number; nextLine: number } {
    return { end: this.#offset, nextLine: this.#line };
  }

  #shown(binary: string): string {
    const text = decodeBinary(binary, byteEncoding(this.format.encoding)) ?? decodeBinary(binary, 'windows-1252') ?? '';
    return text.replaceAll('\0', '\ufffd');
  }

  #decoded(line: number, binary: string[]): RawRecord {
    const encoding = byteEncoding(this.format.encoding);
    // Single bytes can be read whatever they are, as other letters than were meant.
    if (encoding !== 'utf-8' && isUtf8Row(binary.join(' '))) return this.#broken(line, binary, 'encoding');
    const cells = binary;
    for (let i = 0; i < cells.length; i++) {
      const bytes = cells[i] ?? '';
      // No store takes it.
      if (this.#nul && bytes.includes('\0')) return this.#broken(line, binary, 'nul');
      const cell = decodeBinary(bytes, encoding);
      if (cell === null) return this.#broken(line, binary, 'encoding');
      cells[i] = cell;
    }
    return { line, ...this.#here(), cells };
  }

  #broken(line: number, binary: readonly string[], fault: Fault): RawRecord {
    return { line, ...this.#here(), cells: [], fault, excerpt: this.#shown(binary.join(' ').slice(0, 200)) };
  }

  #csv(text: string, from: number, last: boolean): Scan {
    const delimiter = this.format.kind === 'csv' ? this.format.delimiter.charCodeAt(0) : 0;
    const cells: string[] = [];
    const n = text.length;
    let at = from;
    let lines = 0;
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        const begin = ++at;
        let doubled = false;
        for (;;) {
          const c = at < n ? text.charCodeAt(at) : -1;
          if (c === -1) return last ? { fault: 'open-quote' } : { more: true };
          if (c === QUOTE) {
            if (at + 1 >= n && !last) return { more: true };
            if (text.charCodeAt(at + 1) !== QUOTE) break;
            doubled = true;
            at++;
          } else if (c === LF || (c === CR && text.charCodeAt(at + 1) !== LF)) lines++;
          at++;
          if (at - from > this.#max) return { fault: 'too-long' };
        }
        const cell = text.slice(begin, at);
        cells.push(doubled ? cell.replaceAll('""', '"') : cell);
        at++;
        const next = at < n ? text.charCodeAt(at) : -1;
        if (next !== -1 && next !== delimiter && next !== LF && next !== CR) return { fault: 'after-quote' };
      } else {
        const begin = at;
        let c = at < n ? text.charCodeAt(at) : -1;
        while (c !== delimiter && c !== LF && c !== CR && c !== -1) {
          if (c === QUOTE) return { fault: 'stray-quote' };
          at++;
          c = at < n ? text.charCodeAt(at) : -1;
        }
        cells.push(text.slice(begin, at));
      }
      if (at - from > this.#max) return { fault: 'too-long' };
      const c = at < n ? text.charCodeAt(at) : -1;
      if (c === delimiter) {
        at++;
        if (at >= n && !last) return { more: true };
        continue;
      }
      if (c === -1) return last ? { at, lines, cells } : { more: true };
      if (c === CR && at + 1 >= n && !last) return { more: true };
      at += c === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
      return { at, lines: lines + 1, cells };
    }
  }

  #json(text: string, from: number, last: boolean): Scan {
    let end = text.indexOf('\n', from);
    const lines = end === -1 ? 0 : 1;
    if (end === -1) {
      if (!last) return { more: true };
      end = text.length;
    }
    if (end - from > this.#max) return { fault: 'too-long' };
    const line = text.slice(from, text.charCodeAt(end - 1) === CR ? end - 1 : end).trim();
    return { at: end + lines, lines, cells: [line] };
  }
}

/** UTF-16 is turned into UTF-8 before it is read here. */
export function byteEncoding(encoding: Encoding): Encoding {
  return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
}

/** Where the next line begins, or null when this one does not end here. */
function lineEnd(text: string, from: number, last: boolean): number | null {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === LF) return i + 1;
    if (c === CR) {
      if (i + 1 >= text.length && !last) return null;
      return text.charCodeAt(i + 1) === LF ? i + 2 : i + 1;
    }
  }
  return last ? text.length : null;
}
