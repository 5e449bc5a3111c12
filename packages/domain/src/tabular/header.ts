import { decodeBinary, type Encoding } from './encoding.ts';
import { isMissing } from './columns.ts';
import { DATE_FORMATS, parseDate } from './dates.ts';
import { parseDecimal } from './numbers.ts';

/** Whether the first row names the columns: none of its cells is a number, a time or an address, and none comes twice. */
export function hasHeader(first: readonly string[]): boolean {
  const named = first.filter((c) => !isMissing(c));
  if (named.length === 0) return false;
  const value = (c: string): boolean =>
    parseDecimal(c, '.') !== null || /@/.test(c) || DATE_FORMATS.some((f) => parseDate(c, f) !== null);
  return !named.some(value);
}

/**
 * The names in a first line that a stray quotation mark, or a letter of another encoding, keeps from being cut by the rules:
 * cut at every delimiter, the marks left out. Null where they are no names.
 * @param binary the beginning of the file, one character per byte
 */
export function brokenHeader(binary: string, delimiter: string, encoding: Encoding): readonly string[] | null {
  const line = binary.split(/[\r\n]/, 1)[0] ?? '';
  const text = decodeBinary(line, encoding) ?? decodeBinary(line, 'windows-1252') ?? '';
  const names = text.split(delimiter).map((name) => name.replaceAll('"', '').trim());
  return hasHeader(names) ? names : null;
}
