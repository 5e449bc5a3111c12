import { csvLine, hasHeader } from '@touchstone/domain/tabular';
import { notTaken } from './limits.ts';
import type { SheetRow, Workbook } from './workbook.ts';

/** So far down a header is looked for, below a title and empty rows. */
const TITLE_ROWS = 20;
/** A row of more than this stays one line, so that it is told of once. */
const LONG_ROW = 1_000_000;

export interface SheetTable {
  readonly sheet: string;
  readonly header: boolean;
  /** CSV in which each row stands on the line of its number in the sheet. */
  readonly text: AsyncGenerator<Uint8Array>;
}

/** The sheet that was asked for, or the first that holds anything. */
export async function sheetTable(book: Workbook, wanted: string | undefined): Promise<SheetTable> {
  if (wanted !== undefined && !book.sheets.includes(wanted)) {
    throw notTaken(`The workbook has no sheet ${wanted}.`, `Its sheets are: ${book.sheets.slice(0, 50).join(', ')}.`);
  }
  for (const sheet of wanted === undefined ? book.sheets : [wanted]) {
    const batches = book.rows(sheet);
    const first: SheetRow[] = [];
    let ended = false;
    while (first.length < TITLE_ROWS && !ended) {
      const next = await batches.next();
      if (next.done === true) ended = true;
      else first.push(...next.value);
    }
    if (first.length === 0) continue;
    const rows = first.slice(titleRows(first));
    const header = hasHeader(rows[0]?.cells ?? []);
    return { sheet, header, text: written(rows, ended ? null : batches) };
  }
  throw notTaken('The workbook holds no rows.', 'Was it saved with its data?');
}

/** How many rows stand above the table: a title alone in its row, where what follows is wider. */
function titleRows(first: readonly SheetRow[]): number {
  const filled = first.slice(0, TITLE_ROWS).map(({ cells }) => cells.filter((c) => c.trim() !== '').length);
  if (filled[0] !== 1) return 0;
  return Math.max(
    0,
    filled.findIndex((n) => n > 1),
  );
}

async function* written(
  first: readonly SheetRow[],
  more: AsyncGenerator<readonly SheetRow[]> | null,
): AsyncGenerator<Uint8Array> {
  let line = 1;
  const width = first[0]?.cells.length ?? 0;
  const textOf = (rows: readonly SheetRow[]): Uint8Array => {
    let text = '';
    for (const { no, cells } of rows) {
      const padded = cells.length < width ? [...cells, ...Array<string>(width - cells.length).fill('')] : cells;
      const own = csvLine(padded);
      text +=
        '\n'.repeat(no - line) + (own.length > LONG_ROW ? csvLine(padded.map((c) => c.replace(/\s+/g, ' '))) : own);
      line = no + 1;
    }
    return Buffer.from(text);
  };
  try {
    yield textOf(first);
    if (more !== null) for await (const rows of more) yield textOf(rows);
  } finally {
    await more?.return(undefined);
  }
}
