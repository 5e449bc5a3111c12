import { parquetOf } from './parquet.ts';
import { savOf } from './sav.ts';
import type { Table } from './table.ts';
import { csvOf, ndjsonOf } from './texts.ts';
import { tripleSOf } from './triple-s.ts';
import { xlsxOf } from './xlsx.ts';

/** Formats that every table is written in, by the ending of the file, and their media types. */
export const TABLE_FORMATS = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
} as const;

/** Formats of tables that say what their columns and values stand for. */
export const LABELLED_FORMATS = {
  sav: 'application/x-spss-sav',
  'sss.zip': 'application/zip',
} as const;

export type TableFormat = keyof typeof TABLE_FORMATS;
export type LabelledFormat = keyof typeof LABELLED_FORMATS;

export function isTableFormat(text: string): text is TableFormat {
  return Object.hasOwn(TABLE_FORMATS, text);
}

/**
 * A table as a file, part by part, in flat memory. Ending the iteration ends that of the rows; an error of theirs is
 * thrown on, and no part that would make the file look whole follows.
 * @param bom of CSV: whether it begins with a byte-order mark
 */
export function written<T>(
  table: Table<T>,
  format: TableFormat | LabelledFormat,
  bom = false,
): AsyncGenerator<Uint8Array | string> {
  switch (format) {
    case 'csv':
      return csvOf(table, bom);
    case 'ndjson':
      return ndjsonOf(table);
    case 'xlsx':
      return xlsxOf(table);
    case 'parquet':
      return parquetOf(table);
    case 'sav':
      return savOf(table);
    case 'sss.zip':
      return tripleSOf(table);
  }
}
