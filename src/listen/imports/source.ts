import {
  type ColumnProfile,
  brokenHeader,
  byteEncoding,
  detectEncoding,
  flattenObject,
  hasHeader,
  isMissing,
  looksNdjson,
  namedDelimiter,
  profileColumn,
  type RawRecord,
  RecordReader,
  sniffDelimiter,
  type Fault,
} from '@touchstone/domain/tabular';
import type { Readable } from 'node:stream';
import type { Files } from '../../platform/files/ports.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { readPiece } from './formats/reading.ts';
import type { FileFormat, Origin } from './vocabulary.ts';

const HEAD_BYTES = 512_000;
const PIECE_BYTES = 64_000;
const HEAD_ROWS = 2_000;
const OURS = { encoding: 'utf-8', bom: 0, certain: true } as const;
/** A row may be as long as a long e-mail with its history; memory stays below a few times this. */
export const MAX_RECORD_BYTES = 1_000_000;
/** Most columns of a file: every one is looked at, mapped and shown. */
export const MAX_COLUMNS = 2_000;

export function fileOf(uploadId: string): string {
  return `uploads/${uploadId}`;
}

export interface Inspected {
  readonly format: FileFormat;
  readonly profiles: readonly ColumnProfile[];
  /** Sampled rows with their lines: the first of the file, then some from further down. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** Looks at the beginning of a file and at four places further down. A table that was made of a workbook is written as we do. */
export async function inspect(
  files: Files,
  name: string,
  prefer: 'dmy' | 'mdy',
  origin: Origin | null,
): Promise<Inspected> {
  const ours = origin?.header !== undefined;
  const size = await files.size(name);
  const head = await readPiece(files, name, 0, HEAD_BYTES);
  const places = size > HEAD_BYTES + 8 * PIECE_BYTES ? [0.25, 0.5, 0.75].map((p) => Math.floor(size * p)) : [];
  if (size > HEAD_BYTES) places.push(Math.max(HEAD_BYTES, size - PIECE_BYTES));
  const pieces = await Promise.all(places.map((from) => readPiece(files, name, from, PIECE_BYTES)));
  const afterBreak = pieces.map((p) => p.subarray(p.indexOf(10) + 1));
  const { encoding, bom, certain } = ours ? OURS : detectEncoding(Buffer.concat([head, ...afterBreak]));
  const wide = encoding.startsWith('utf-16');
  const binaryOf = (bytes: Buffer): string =>
    (wide ? Buffer.from(new TextDecoder(encoding).decode(bytes)) : bytes).toString('latin1');
  const headText = binaryOf(wide ? head.subarray(0, head.length & ~1) : head.subarray(bom));
  const kind = !ours && looksNdjson(headText) ? 'ndjson' : 'csv';
  const named = kind === 'csv' && !ours ? namedDelimiter(headText) : null;
  const delimiter = named ?? (kind === 'csv' && !ours ? sniffDelimiter(headText.slice(0, PIECE_BYTES)) : ',');
  const whole = size <= HEAD_BYTES;
  const read = (text: string, last: boolean): RawRecord[] =>
    new RecordReader({ kind, delimiter, encoding, rowIsLine: ours }, { maxRecordBytes: MAX_RECORD_BYTES }).push(
      text,
      last,
    );
  const preface = named === null ? 0 : 1;
  const records = read(headText, whole).slice(preface);
  const first = records.filter((r) => r.fault === undefined).slice(0, HEAD_ROWS);
  const later = wide ? [] : afterBreak.flatMap((p) => read(p.toString('latin1'), false).slice(0, 300));
  const sampled = [...first, ...later.filter((r) => r.fault === undefined)];
  if (sampled.length === 0) throw noRows('No row of the file can be read.', 'Is it a CSV or NDJSON file?');
  const from = origin === null ? {} : { origin };
  if (kind === 'ndjson') return inspectNdjson(sampled, { encoding, encodingCertain: certain, bom, ...from }, prefer);

  const top = first[0]?.cells ?? [];
  refuseTooWide(top.length);
  // A first line that cannot be cut into cells by the rules is the header still, where its names can be told.
  const begin = named === null ? headText : headText.slice(headText.search(/[\r\n]/)).replace(/^\r?\n|^\r/, '');
  const mended =
    ours || records[0]?.fault === undefined ? null : brokenHeader(begin, delimiter, byteEncoding(encoding));
  if (mended !== null && top.length > 0 && mended.length !== top.length) {
    throw new Problem(
      'bad-input',
      `The first line cannot be read: it names ${mended.length} columns, and the rows have ${top.length}.`,
      { field: 'file', mend: 'Put each name in quotation marks, or leave the marks out.' },
    );
  }
  const header = origin?.header ?? (mended !== null || (records[0]?.fault === undefined && hasHeader(top)));
  const columns = header ? uniqueNames(mended ?? top) : top.map((_, i) => `column ${i + 1}`);
  const body = sampled.slice(header && mended === null ? 1 : 0);
  if (body.length === 0) throw noRows('The file has a header and no row that can be read.', 'Was it exported whole?');
  const rows = body.filter((r) => r.cells.length === columns.length);
  const profiles = columns.map((c, i) =>
    profileColumn(
      c,
      rows.map((r) => r.cells[i] ?? ''),
      prefer,
    ),
  );
  const format: FileFormat = {
    kind,
    encoding,
    encodingCertain: certain,
    bom,
    delimiter,
    preface,
    header,
    columns,
    ...(ours ? { rowIsLine: true } : {}),
    ...from,
  };
  return { format, profiles, rows: body };
}

function noRows(detail: string, mend: string): Problem {
  return new Problem('bad-input', detail, { field: 'file', mend, code: 'file-no-rows' });
}

function refuseTooWide(columns: number): void {
  if (columns <= MAX_COLUMNS) return;
  throw new Problem('bad-input', `The file has ${columns} columns; at most ${MAX_COLUMNS} are taken.`, {
    field: 'file',
    mend: 'Leave out those that say nothing, or split the file by columns.',
    code: 'file-too-wide',
    values: { columns, most: MAX_COLUMNS },
  });
}

function inspectNdjson(
  sampled: readonly RawRecord[],
  written: Pick<FileFormat, 'encoding' | 'encodingCertain' | 'bom' | 'origin'>,
  prefer: 'dmy' | 'mdy',
): Inspected {
  const objects = sampled.flatMap((r) => {
    const cells = parseObject(r.cells[0] ?? '');
    return typeof cells === 'string' ? [] : [{ line: r.line, cells }];
  });
  const columns = [...new Set(objects.flatMap((o) => Object.keys(o.cells)))];
  if (columns.length === 0)
    throw new Problem('bad-input', 'No line of the file is a JSON object.', {
      field: 'file',
      code: 'file-no-rows',
    });
  refuseTooWide(columns.length);
  const rows = objects.map((o) => ({ line: o.line, cells: columns.map((c) => o.cells[c] ?? '') }));
  const profiles = columns.map((c, i) =>
    profileColumn(
      c,
      rows.map((r) => r.cells[i] ?? ''),
      prefer,
    ),
  );
  const format: FileFormat = { kind: 'ndjson', ...written, delimiter: ',', preface: 0, header: false, columns };
  return { format, profiles, rows };
}

function parseObject(line: string): Record<string, string> | Fault {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-object';
    return flattenObject(Object.fromEntries(Object.entries(value)));
  } catch {
    return 'json';
  }
}

/** Names as they stand, with a number where one is empty or comes again. */
function uniqueNames(cells: readonly string[]): string[] {
  const used = new Set<string>();
  return cells.map((cell, i) => {
    const base = isMissing(cell) ? `column ${i + 1}` : cell.trim();
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base} (${n})`;
    used.add(name);
    return name;
  });
}

/** Where reading begins or goes on. For UTF-16 the offset counts the bytes of its text in UTF-8. */
export interface Place {
  readonly offset: number;
  readonly line: number;
}

export interface SourceRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault?: Fault;
}

export interface SourceBlock {
  readonly rows: readonly SourceRow[];
  /** Where each row of `rows` ends: reading may go on there. */
  readonly ends: readonly Place[];
  /** Bytes of the file read so far. */
  readonly bytesRead: number;
}

/** The rows of a file from a place on, block by block; the header is left out. Memory is flat. */
export async function* readRows(
  files: Files,
  name: string,
  format: FileFormat,
  from: Place | null,
): AsyncGenerator<SourceBlock> {
  const wide = format.encoding.startsWith('utf-16');
  const start = from ?? { offset: wide ? 0 : format.bom, line: 1 };
  const reader = new RecordReader(format, { maxRecordBytes: MAX_RECORD_BYTES, offset: start.offset, line: start.line });
  // What stands before the rows: a line that names the delimiter, and the header.
  let left = from === null ? format.preface + (format.header ? 1 : 0) : 0;
  let bytesRead = wide ? 0 : start.offset;
  const take = (records: readonly RawRecord[]): SourceBlock => {
    const rows: SourceRow[] = [];
    const ends: Place[] = [];
    for (const record of records) {
      if (left > 0) {
        left--;
        continue;
      }
      rows.push(toRow(record, format));
      ends.push({ offset: record.end, line: record.nextLine });
    }
    return { rows, ends, bytesRead };
  };
  const stream = await files.open(name, wide ? 0 : start.offset);
  const blocks = wide ? narrow(stream, format.encoding, start.offset) : stream;
  try {
    for await (const block of blocks) {
      const bytes = Buffer.isBuffer(block) ? block : Buffer.from(block);
      bytesRead += bytes.length;
      yield take(reader.push(bytes.toString('latin1')));
    }
    yield take(reader.push('', true));
  } finally {
    stream.destroy();
  }
}

/** UTF-16 as UTF-8, without the first `skip` bytes of that. */
async function* narrow(stream: Readable, encoding: string, skip: number): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  let left = skip;
  const cut = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    const rest = bytes.subarray(Math.min(left, bytes.length));
    left -= bytes.length - rest.length;
    return rest;
  };
  for await (const block of stream) yield cut(decoder.decode(Buffer.from(block), { stream: true }));
  yield cut(decoder.decode());
}

function toRow(record: RawRecord, format: FileFormat): SourceRow {
  const { line, cells, fault } = record;
  if (fault !== undefined) return { line, cells: [record.excerpt ?? ''], fault };
  if (format.kind === 'csv') return record;
  const object = parseObject(cells[0] ?? '');
  if (typeof object === 'string') return { line, cells: [(cells[0] ?? '').slice(0, 200)], fault: object };
  return { line, cells: format.columns.map((c) => object[c] ?? '') };
}
