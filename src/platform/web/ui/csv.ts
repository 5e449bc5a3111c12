import { csvCell } from '@touchstone/domain/csv';

/** A cell of an export. Numbers are as the API gave them. */
export type Cell = string | number | boolean | null | undefined;

/** CSV (RFC 4180) of rows under their titles, with a BOM so that spreadsheets read UTF-8; nothing in it is run by them. */
export function toCsv(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [titles, ...rows].map((cells) => cells.map(writeCell).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function writeCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'string' ? csvCell(cell) : String(cell);
}
