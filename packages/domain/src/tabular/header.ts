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
