import { csvLine } from '@touchstone/domain/tabular';
import { type FileMetaData, parquetMetadata, parquetScan, type SchemaElement } from 'hyparquet';
import type { Files } from '../../../platform/files/ports.ts';
import { Problem } from '../../../platform/kernel/problem.ts';
import { broken, notTaken } from './limits.ts';
import { checkPages, COMPRESSORS } from './parquet-pages.ts';
import { parquetText } from './parquet-values.ts';
import { readPiece } from './reading.ts';

const MOST_FOOTER_BYTES = 4_000_000;
/** Packed, of one column in one group of rows: it is held whole. */
const MOST_CHUNK_BYTES = 256_000_000;
/** Cells at once: memory for them is some times 10 MB, whatever the size of the file's groups. */
const CELLS_AT_ONCE = 500_000;
/** Text at once, by what the file says of its size. */
const BYTES_AT_ONCE = 64_000_000;
/** A column is read again for every step: so many rows at least. */
const FEWEST_ROWS = 1_000;
const MOST_COLUMNS = 10_000;
/** Characters, of one cell and of a row. */
const LONGEST_CELL = 1_000_000;
const LONGEST_ROW = 10_000_000;

export interface ParquetTable {
  /** Columns that hold lists or objects, or values that are no text. */
  readonly leftOut: readonly string[];
  readonly text: AsyncGenerator<Uint8Array>;
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw broken('a Parquet file', 'its footer or a page of it cannot be read');
  }
}

/** A Parquet file as CSV with a header, row after row. Throws Problem for one that is damaged or holds no columns of values. */
export async function parquetTable(files: Files, name: string): Promise<ParquetTable> {
  const size = await files.size(name);
  const metadata = await inWords(() => readFooter(files, name, size));
  const [root, ...elements] = metadata.schema;
  if (elements.length > MOST_COLUMNS) throw notTaken('The Parquet file has too many columns.', 'Leave some out.');
  const columns: { readonly name: string; readonly text: (value: unknown) => string }[] = [];
  const leftOut: string[] = [];
  const bare: SchemaElement[] = root === undefined ? [] : [root];
  for (let i = 0, inside = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element === undefined) continue;
    const below = element.num_children ?? 0;
    const text = below > 0 || element.repetition_type === 'REPEATED' ? null : parquetText(element);
    bare.push(text === null ? element : text.stored);
    if (inside === 0) {
      if (text === null) leftOut.push(element.name);
      else columns.push({ name: element.name, text: text.write });
    } else inside--;
    inside += below;
  }
  if (columns.length === 0) {
    throw notTaken('No column of the Parquet file holds plain values.', 'Flatten its lists and objects first.');
  }
  const plain = { ...metadata, schema: bare };
  return { leftOut, text: rowsOf(files, name, size, plain, columns) };
}

async function readFooter(files: Files, name: string, size: number): Promise<FileMetaData> {
  const tail = await readPiece(files, name, Math.max(0, size - 8), 8);
  const length = tail.readUInt32LE(0) + 8;
  if (length > size || length > MOST_FOOTER_BYTES || tail.toString('latin1', 4) !== 'PAR1') {
    throw new Error('no footer');
  }
  const footer = await readPiece(files, name, size - length, length);
  return parquetMetadata(Uint8Array.from(footer).buffer, { geoparquet: false });
}

async function* rowsOf(
  files: Files,
  name: string,
  size: number,
  metadata: FileMetaData,
  columns: readonly { readonly name: string; readonly text: (value: unknown) => string }[],
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLine(columns.map((c) => c.name)));
  const largest = metadata.row_groups.reduce((most, g) => Math.max(most, Number(g.num_rows)), 0);
  const widest = metadata.row_groups.reduce((most, g) => Math.max(most, bytesOfRow(g)), 1);
  const cells = Math.max(1, Math.floor(CELLS_AT_ONCE / columns.length));
  const step = Math.min(cells, Math.max(FEWEST_ROWS, Math.floor(BYTES_AT_ONCE / widest)));
  const file = {
    byteLength: size,
    slice: async (from: number, to: number = size): Promise<ArrayBuffer> => {
      if (!(from >= 0 && to > from && to <= size)) throw new Error('a column that lies outside the file');
      if (to - from > MOST_CHUNK_BYTES) {
        throw notTaken(
          'The Parquet file has groups of rows that are too large.',
          'Write it in smaller groups of rows.',
        );
      }
      const chunk = Uint8Array.from(await readPiece(files, name, from, to - from)).buffer;
      checkPages(chunk, largest);
      return chunk;
    },
  };
  const scan = await inWords(() =>
    parquetScan({ file, metadata, compressors: COMPRESSORS, utf8: false, useOffsetIndex: false, geoparquet: false }),
  );
  for (const range of scan.ranges) {
    for (let rowStart = range.rowStart; rowStart < range.rowEnd; rowStart += step) {
      const rowEnd = Math.min(range.rowEnd, rowStart + step);
      const read: ArrayLike<unknown>[] = [];
      for (const { name: column } of columns) {
        const values = await inWords(() => scan.readColumn({ column, rowStart, rowEnd }));
        if (values.length !== rowEnd - rowStart) throw broken('a Parquet file', 'a column has too few rows');
        read.push(values);
      }
      yield* linesOf(read, columns, rowEnd - rowStart);
    }
  }
}

function bytesOfRow(group: FileMetaData['row_groups'][number]): number {
  const rows = Math.max(1, Number(group.num_rows));
  return group.columns.reduce((sum, c) => sum + Number(c.meta_data?.total_uncompressed_size ?? 0), 0) / rows;
}

function* linesOf(
  read: readonly ArrayLike<unknown>[],
  columns: readonly { readonly text: (value: unknown) => string }[],
  rows: number,
): Generator<Uint8Array> {
  let text = '';
  for (let row = 0; row < rows; row++) {
    let length = 0;
    const cells = columns.map((column, i) => {
      const cell = column.text(read[i]?.[row]);
      length += cell.length;
      if (cell.length > LONGEST_CELL || length > LONGEST_ROW) {
        throw notTaken('The Parquet file holds a text that is too long.', 'Leave that column out, or cut it short.');
      }
      return cell;
    });
    text += csvLine(cells);
    if (text.length < 500_000) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}
