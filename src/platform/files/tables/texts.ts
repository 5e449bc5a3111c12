import { csvCell } from '@touchstone/domain/csv';
import { inTurns, namesOf, type Column, type Table } from './table.ts';

/** A cell as text: nothing is empty, lists and objects are JSON. */
export function textOf<T>(column: Column<T>, row: T): string {
  if (column.kind === 'json') {
    const value = column.of(row);
    return value === null ? '' : (JSON.stringify(value) ?? '');
  }
  const value = column.of(row);
  return value === null || (typeof value === 'number' && !Number.isFinite(value)) ? '' : String(value);
}

/**
 * CSV (RFC 4180): UTF-8, commas, CRLF, the names of the columns first. Excel reads letters beyond ASCII only behind a
 * byte-order mark, which programs may stumble over: whoever asks says which.
 */
export async function* csvOf<T>(
  { columns, rows, written }: Table<T>,
  bom: boolean,
): AsyncGenerator<Uint8Array | string> {
  const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
  yield `${bom ? '\uFEFF' : ''}${line(columns.map(({ name }) => csvCell(name)))}`;
  if (written !== undefined) {
    for await (const block of rows) for (const row of block) yield* written.lines(row);
    return;
  }
  for await (const block of inTurns(rows)) {
    yield block.map((row) => line(columns.map((column) => csvCell(textOf(column, row))))).join('');
  }
}

/** A JSON object per line: decimals as text, which loses no digit; lists and objects as they are. */
export async function* ndjsonOf<T>({ columns, rows }: Table<T>): AsyncGenerator<string> {
  const names = namesOf(columns);
  for await (const block of inTurns(rows)) {
    yield block
      .map((row) => `${JSON.stringify(Object.fromEntries(columns.map((c, i) => [names[i], c.of(row)])))}\n`)
      .join('');
  }
}
