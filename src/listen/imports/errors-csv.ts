import type { ErrorRow } from './facts.ts';
import { counted } from '../../platform/kernel/words.ts';

type ErrorProblem = ErrorRow['problems'][number];

/** How times are written, as the page of imports calls it. */
const WRITTEN: Readonly<Partial<Record<string, string>>> = {
  ymd: 'year-month-day',
  dmy: 'day-month-year',
  mdy: 'month-day-year',
  named: 'a day with its month by name',
  compact: '20261122',
  unix: 'Unix seconds',
  'unix-ms': 'Unix milliseconds',
};

/** What is wrong with a row, as a sentence. The page says the same in the reader's language. */
export function sentenceOf({ reason, column, value, expected = '' }: ErrorProblem): string {
  const at = `${column}: "${value}"`;
  switch (reason) {
    case 'not-a-date':
      return `${at} is no time written as ${WRITTEN[expected] ?? expected}`;
    case 'too-early':
      return `${at} is before ${expected}`;
    case 'too-late':
      return `${at} is after ${expected}`;
    case 'not-a-number':
      return `${at} is no number`;
    case 'out-of-scale':
      return `${at} is outside the scale ${expected}`;
    case 'not-an-email':
      return `${at} is no e-mail address`;
    case 'not-a-currency':
      return `${at} is no currency: three letters of ISO 4217`;
    case 'missing':
      return `${column} is empty`;
    case 'too-long':
      return column === ''
        ? 'the row is longer than 1,000,000 bytes'
        : `${column} is longer than ${expected} characters`;
    case 'cell-count':
      return `the row has ${counted(Number(value), 'cell')}, the file has ${counted(Number(expected), 'column')}`;
    case 'stray-quote':
      return 'a quotation mark stands within a cell that is not quoted';
    case 'after-quote':
      return 'something stands between a closing quotation mark and the next cell';
    case 'open-quote':
      return 'a quotation mark is opened and never closed';
    case 'encoding':
      return "the row is written in another encoding than the file's";
    case 'nul':
      return 'the row holds a NUL byte';
    case 'json':
      return 'the line is no JSON';
    case 'not-object':
      return 'the line is JSON but no object';
    default:
      return reason;
  }
}

/** A cell of CSV; one that a spreadsheet would take for a formula is made text. Numbers stay numbers. */
export function csvCell(text: string): string {
  const risky = /^[=+\-@＝＋－＠\t\r\n]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text);
  const safe = risky ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Bad rows as CSV: line, reason, then the cells as they stood in the file. */
export async function* errorsCsv(
  columns: readonly string[],
  blocks: AsyncIterable<readonly ErrorRow[]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const line = (cells: readonly string[]): Uint8Array => encoder.encode(`${cells.map(csvCell).join(',')}\r\n`);
  yield line(['line', 'reason', ...columns]);
  for await (const block of blocks) {
    for (const { line: no, problems, cells } of block) {
      yield line([String(no), problems.map(sentenceOf).join('; '), ...cells]);
    }
  }
}
