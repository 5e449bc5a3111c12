import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { inTurns, namesOf, type Column, type ColumnKind, type Table } from './table.ts';
import { textOf } from './texts.ts';

/** A group of rows is kept in memory until it is written: so many rows, or so many letters. */
const MOST_ROWS = 5_000;
const MOST_LETTERS = 8_000_000;

/** Digits of a decimal after the point, as the stores keep money, and all of them. */
const SCALE = 4;
const PRECISION = 38;

const TYPES: Readonly<Record<ColumnKind, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  decimal: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', scale: SCALE, precision: PRECISION }, // prettier-ignore
  day: { type: 'INT32', converted_type: 'DATE' },
  moment: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  boolean: { type: 'BOOLEAN' },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

/** A decimal as the whole number of its smallest parts. Throws RangeError for one that would lose a digit. */
export function unscaled(text: string): bigint {
  const [, minus = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const digits = part.replace(/0+$/, '');
  const value = whole === '' ? null : BigInt(`${minus}${whole}${digits.padEnd(SCALE, '0')}`);
  if (value === null || digits.length > SCALE || whole.length > PRECISION - SCALE) {
    throw new RangeError(`A decimal has at most ${PRECISION - SCALE} digits before the point and ${SCALE} after it.`);
  }
  return value;
}

function valueOf<T>(column: Column<T>, row: T): unknown {
  if (column.kind === 'json') return column.of(row) === null ? null : textOf(column, row);
  const value = column.of(row);
  if (value === null) return null;
  if (column.kind === 'decimal') return unscaled(String(value));
  return column.kind === 'day' || column.kind === 'moment' ? new Date(String(value)) : value;
}

/**
 * Parquet with typed columns that may all hold nothing: texts, doubles, decimals of 38 digits, days, moments in
 * milliseconds of UTC, booleans; lists and objects as JSON text. Compressed by snappy, in groups of bounded size.
 */
export async function* parquetOf<T>({ columns, rows }: Table<T>): AsyncGenerator<Uint8Array> {
  const names = namesOf(columns);
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ kind }, i): SchemaElement => ({ name: names[i] ?? '', repetition_type: 'OPTIONAL', ...TYPES[kind] })), // prettier-ignore
  ];
  const writer = new ByteWriter();
  // What it says of each group is held until the end: without the least and greatest of each column it is some kilobytes.
  const file = new ParquetWriter({ writer, schema, statistics: false, createdBy: 'touchstone' });
  let group: unknown[][] = columns.map(() => []);
  let letters = 0;
  const taken = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  const writeGroup = async (): Promise<Uint8Array> => {
    await file.write({
      columnData: group.map((data, i) => ({ name: names[i] ?? '', data, offsetIndex: false })),
      rowGroupSize: MOST_ROWS,
    });
    group = columns.map(() => []);
    letters = 0;
    return taken();
  };
  for await (const block of inTurns(rows)) {
    for (const row of block) {
      for (const [i, column] of columns.entries()) {
        const value = valueOf(column, row);
        if (typeof value === 'string') letters += value.length;
        group[i]?.push(value);
      }
      if ((group[0]?.length ?? 0) >= MOST_ROWS || letters >= MOST_LETTERS) yield await writeGroup();
    }
  }
  if ((group[0]?.length ?? 0) > 0) yield await writeGroup();
  await file.finish();
  yield taken();
}
