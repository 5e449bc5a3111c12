/**
 * A cell of CSV for people and programs: quoted where it has to be (RFC 4180), and made harmless with a quotation mark in
 * front where a spreadsheet would run it: text that begins with = + - @, in either width, a tab or a line break (OWASP,
 * CSV injection). What is a number stays one.
 */
export function csvCell(text: string): string {
  const risky = /^[=+\-@＝＋－＠\t\r\n]/.test(text) && !/^[+-]?\d+([.,]\d+)?(e[+-]?\d+)?$/i.test(text);
  const safe = risky ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
