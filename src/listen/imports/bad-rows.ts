import { csvLine } from '@touchstone/domain/tabular';
import type { Column, Table } from '../../platform/files/tables/table.ts';
import { inPages } from '../../platform/house/exporting.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { counted } from '../../platform/kernel/words.ts';
import type { Facts } from '../../platform/stores/ports.ts';
import { type ErrorRow, selectErrors } from './facts.ts';
import type { ImportRow } from './records.ts';

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

const PAGE = 2_000;

/** The bad rows of an import: line, reason, then the cells as they stood in the file. */
export function badRows(
  facts: Facts,
  { id: workspaceId, zone }: Workspace,
  job: Pick<ImportRow, 'id' | 'format'>,
): Table<ErrorRow> {
  return {
    name: `${job.id}-errors`,
    zone,
    columns: [
      { name: 'line', kind: 'number', of: (row) => row.line },
      { name: 'reason', kind: 'text', of: (row) => row.problems.map(sentenceOf).join('; ') },
      ...job.format.columns.map((name, i): Column<ErrorRow> => ({ name, kind: 'text', of: (row) => row.cells[i] ?? '' })), // prettier-ignore
      // Of a row that has more cells than the file has columns.
      { name: 'more cells', kind: 'text', of: (row) => csvLine(row.cells.slice(job.format.columns.length)).trimEnd() },
    ],
    rows: inPages(PAGE, (last: ErrorRow | undefined, limit) =>
      selectErrors(facts, workspaceId, job.id, last?.line ?? 0, limit),
    ),
  };
}
