/** A cell of an export. Numbers are as the API gave them. */
export type Cell = string | number | boolean | null | undefined;

/**
 * CSV (RFC 4180) of rows under their titles, with a BOM so that spreadsheets read UTF-8. A text cell that begins with
 * = + - @, in either width, or a tab or line break is made harmless with a quote in front (OWASP, CSV injection); numbers stay numbers.
 */
export function toCsv(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [titles, ...rows].map((cells) => cells.map(writeCell).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function writeCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const harmless = /^[=+\-@＝＋－＠\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
