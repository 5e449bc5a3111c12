import { PassThrough, Readable } from 'node:stream';
import { offsetMs } from '@touchstone/domain/calendar';
import { ZipFile } from 'yazl';
import { inTurns, type Column, type Table } from './table.ts';
import { textOf } from './texts.ts';
import { AS_EVER, DECLARATION, xmlText } from './xml.ts';

/** Of a sheet, its head among them. */
const MOST_ROWS = 1_048_576;
/** UTF-16 units of a cell's text: a workbook with a longer one is called damaged by Excel. */
const LONGEST_TEXT = 32_767;
/** A spreadsheet's number keeps so many digits. */
const MOST_DIGITS = 15;
/** Letters of a sheet's name, with room for its number below the 31 there may be. */
const SHEET_NAME = 24;
const DAY_MS = 86_400_000;
/** Day 0. Days count up from it rightly from March 1900 on: before lies a 29th of February that never was. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const FIRST_DAY = 61;

/** Places in the list of styles. */
const STYLES = { day: 1, moment: 2, head: 3 } as const;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Parts that are the same in every workbook. Sheets are what every other part is, so that their number need not be known. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`,
};

/** As long as a cell may be; what is cut off is told of at its end. */
export function fitting(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const end = ` … [cut: ${text.length} characters]`;
  return `${text.slice(0, LONGEST_TEXT - end.length).replace(/[\uD800-\uDBFF]$/, '')}${end}`;
}

/** Where a cell of a column stands: `AB` of 27. */
function lettersOf(column: number): string {
  const before = Math.floor(column / 26);
  return `${before === 0 ? '' : lettersOf(before - 1)}${String.fromCharCode(65 + (column % 26))}`;
}

function textCell(at: string, text: string, style?: number): string {
  const styled = style === undefined ? '' : ` s="${style}"`;
  return `<c r="${at}"${styled} t="inlineStr"><is><t xml:space="preserve">${xmlText(fitting(text))}</t></is></c>`;
}

function dateCell(at: string, text: string, wallMs: number, style: number): string {
  const days = (wallMs - DAY_ZERO) / DAY_MS;
  return days >= FIRST_DAY ? `<c r="${at}" s="${style}"><v>${days}</v></c>` : textCell(at, text);
}

/** A cell; none where there is nothing. Numbers that a spreadsheet would round are written as text. */
function cellOf<T>(column: Column<T>, row: T, at: string, zone: string): string {
  const text = textOf(column, row);
  if (text === '') return '';
  switch (column.kind) {
    case 'number':
      return `<c r="${at}"><v>${text}</v></c>`;
    case 'decimal':
      return text.replace(/^-?0*\.?0*|\./g, '').length > MOST_DIGITS
        ? textCell(at, text)
        : `<c r="${at}"><v>${text}</v></c>`;
    case 'boolean':
      return `<c r="${at}" t="b"><v>${text === 'true' ? 1 : 0}</v></c>`;
    case 'day':
      return dateCell(at, text, Date.parse(text), STYLES.day);
    case 'moment': {
      const ms = Date.parse(text);
      return dateCell(at, text, ms + offsetMs(ms, zone), STYLES.moment);
    }
    case 'text':
    case 'json':
      return textCell(at, text);
  }
}

/**
 * A workbook (ECMA-376) written as it is read, in flat memory: texts stand in their cells, the list of sheets comes last. What
 * does not fit into one sheet goes on in the next, under the same head.
 * @param mostRows of a sheet, its head among them
 */
export async function* xlsxOf<T>(table: Table<T>, mostRows = MOST_ROWS): AsyncGenerator<Uint8Array> {
  const { name, columns, zone } = table;
  const letters = columns.map((_, i) => lettersOf(i));
  const plainName = name.replaceAll(/[[\]:*?/\\']/g, '_').slice(0, SHEET_NAME);
  const zip = new ZipFile();
  const output = zip.outputStream.pipe(new PassThrough());
  const source = inTurns(table.rows);
  let sheets = 0;
  let block: readonly T[] = [];
  let sheet: Readable | undefined;

  const rowOf = (row: T, no: number): string =>
    `<row r="${no}">${columns.map((column, i) => cellOf(column, row, `${letters[i]}${no}`, zone)).join('')}</row>`;

  async function* sheetXml(): AsyncGenerator<string> {
    const head = columns.map((column, i) => textCell(`${letters[i]}1`, column.name, STYLES.head)).join('');
    yield `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row r="1">${head}</row>`;
    let written = 1;
    while (written < mostRows) {
      const room = block.slice(0, mostRows - written);
      block = block.slice(room.length);
      const from = written;
      if (room.length > 0) yield room.map((row, i) => rowOf(row, from + i + 1)).join('');
      written += room.length;
      if (block.length === 0 && !(await more())) break;
    }
    yield '</sheetData></worksheet>';
    if (block.length > 0) addSheet();
    else end();
  }

  async function more(): Promise<boolean> {
    const next = await source.next();
    block = next.done === true ? [] : next.value;
    return next.done !== true;
  }

  function addSheet(): void {
    sheets++;
    sheet = Readable.from(sheetXml());
    sheet.on('error', (error) => output.destroy(error));
    zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`, AS_EVER);
  }

  function end(): void {
    const all = Array.from({ length: sheets }, (_, i) => i + 1);
    const called = (n: number): string => xmlText(n === 1 ? plainName : `${plainName} ${n}`);
    add('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${all.map((n) => `<sheet name="${called(n)}" sheetId="${n}" r:id="rId${n}"/>`).join('')}</sheets></workbook>`); // prettier-ignore
    add('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE}/relationships">${all.map((n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('')}<Relationship Id="styles" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`); // prettier-ignore
    zip.end();
  }

  function add(path: string, xml: string): void {
    zip.addBuffer(Buffer.from(`${DECLARATION}${xml}`), path, AS_EVER);
  }

  zip.on('error', (error: Error) => output.destroy(error));
  for (const [path, xml] of Object.entries(PARTS)) add(path, xml);
  addSheet();
  try {
    for await (const chunk of output) yield chunk;
  } finally {
    sheet?.destroy();
    await source.return(undefined);
  }
}
