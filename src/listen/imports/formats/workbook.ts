import { type SheetNumber, sheetColumn, sheetNumber, sheetText, sheetValue } from '@touchstone/domain/tabular';
import { Problem } from '../../../platform/kernel/problem.ts';
import { broken, type Count, meter, notTaken, type UnpackLimits } from './limits.ts';
import { SharedStrings } from './strings.ts';
import { readWholeXml, readXml } from './xml.ts';
import type { Archive } from './zip.ts';

/** Of a sheet, and of Excel. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
/** Of a cell's text, twice what Excel holds; and of a whole row. */
const LONGEST_CELL = 65_536;
const LONGEST_ROW = 10_000_000;
/** Of sheets, and of the parts that one part names. */
const MOST_NAMED = 10_000;
/** Of the parts that say what the workbook holds. */
const MOST_PART_BYTES = 50_000_000;

export interface SheetRow {
  /** From 1, as the spreadsheet numbers it. */
  readonly no: number;
  readonly cells: readonly string[];
}

export interface Workbook {
  /** Those that are shown, in their order. */
  readonly sheets: readonly string[];
  /** Rows that hold anything, in batches. */
  rows(sheet: string): AsyncGenerator<readonly SheetRow[]>;
}

function tooLong(what: string): Problem {
  return notTaken(`The workbook holds ${what} that is too long.`, 'Send it as CSV.');
}

function tooManyRows(): Problem {
  return new Problem('too-large', `A sheet holds more than ${MOST_ROWS} rows.`, {
    field: 'file',
    mend: 'Split it, or send it as CSV.',
    code: 'file-too-many-rows',
    values: { most: MOST_ROWS },
  });
}

const damaged = (how: string) => broken('an Excel workbook', how);

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Where a part says that another lies: from its own folder, or from the top. */
function pathOf(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts: string[] = [];
  for (const part of `${folderOf(from)}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

/** Opens a workbook (ECMA-376) whose archive is given. Throws Problem for one that is damaged or of another kind. */
export async function openWorkbook(archive: Archive, packedBytes: number, limits: UnpackLimits): Promise<Workbook> {
  const whole = meter(packedBytes, { ...limits, maxBytes: limits.maxBookBytes });
  const has = new Set(archive.names);

  async function part(name: string, open: (tag: string, at: Readonly<Record<string, string>>) => void): Promise<void> {
    const own = meter(packedBytes, { ...limits, maxBytes: MOST_PART_BYTES });
    const count: Count = (bytes, next) => {
      own(bytes, next);
      whole(bytes, next);
    };
    const source = archive.read(name, count);
    await readWholeXml(source, { open, text: () => undefined, close: () => undefined });
  }

  async function relationsOf(name: string): Promise<Relation[]> {
    const list = `${folderOf(name)}_rels/${name.slice(folderOf(name).length)}.rels`;
    const found: Relation[] = [];
    if (!has.has(list)) return found;
    await part(list, (tag, at) => {
      const { Id: id = '', Type: type = '', Target: target = '' } = at;
      if (tag !== 'Relationship') return;
      if (found.length >= MOST_NAMED) throw tooLong('a list of its parts');
      found.push({ id, type, target: pathOf(name, target) });
    });
    return found;
  }

  const top = (await relationsOf('')).find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  if (top.endsWith('.bin')) throw notTaken('The file is a binary workbook (.xlsb).', 'Save it as .xlsx or as CSV.');
  if (!has.has(top)) throw damaged('its list of sheets is missing');
  const relations = await relationsOf(top);
  const byId = new Map(relations.map((relation) => [relation.id, relation]));
  const sheets = new Map<string, string>();
  let epoch1904 = false;
  await part(top, (tag, at) => {
    if (tag === 'workbookPr') epoch1904 = at['date1904'] === '1' || at['date1904'] === 'true';
    if (tag !== 'sheet' || (at['state'] ?? 'visible') !== 'visible') return;
    const id = at['r:id'] ?? Object.entries(at).find(([name]) => name.endsWith(':id'))?.[1];
    const relation = byId.get(id ?? '');
    if (sheets.size >= MOST_NAMED) throw tooLong('a list of sheets');
    // Sheets of charts and of macros hold no cells.
    if (relation?.type.endsWith('/worksheet') === true) sheets.set(at['name'] ?? '', relation.target);
  });
  const styles = await stylesOf(relations.find(({ type }) => type.endsWith('/styles'))?.target);

  async function stylesOf(name: string | undefined): Promise<SheetNumber[]> {
    if (name === undefined || !has.has(name)) return [];
    const codes = new Map<number, string>();
    const cells: number[] = [];
    let inCells = false;
    await part(name, (tag, at) => {
      if (tag === 'cellXfs') inCells = true;
      else if (tag === 'cellStyles' || tag === 'dxfs') inCells = false;
      else if (tag === 'numFmt' && !codes.has(Number(at['numFmtId'])))
        codes.set(Number(at['numFmtId']), at['formatCode'] ?? '');
      else if (tag === 'xf' && inCells) cells.push(Number(at['numFmtId'] ?? 0));
    });
    return cells.map((id) => sheetNumber(id, codes.get(id)));
  }

  let texts: Promise<SharedStrings> | undefined;
  const textsOf = (): Promise<SharedStrings> => {
    texts ??= readTexts();
    return texts;
  };
  async function readTexts(): Promise<SharedStrings> {
    const found = new SharedStrings();
    const name = relations.find(({ type }) => type.endsWith('/sharedStrings'))?.target;
    if (name === undefined || !has.has(name)) return found;
    let text = '';
    let taking = false;
    let spoken = 0;
    const source = archive.read(name, whole);
    await readWholeXml(source, {
      open: (tag) => {
        if (tag === 'si') text = '';
        // How a text is read aloud stands beside it.
        else if (tag === 'rPh') spoken++;
        else if (tag === 't') taking = spoken === 0;
      },
      text: (piece) => {
        if (taking) text += piece;
        if (text.length > LONGEST_CELL) throw tooLong('a text');
      },
      close: (tag) => {
        if (tag === 't') taking = false;
        else if (tag === 'rPh') spoken--;
        else if (tag === 'si') found.add(sheetText(text));
      },
    });
    return found;
  }

  async function* rows(sheet: string): AsyncGenerator<readonly SheetRow[]> {
    const name = sheets.get(sheet);
    if (name === undefined || !has.has(name)) throw damaged(`the sheet ${sheet} is missing`);
    const shared = await textsOf();
    let batch: SheetRow[] = [];
    let no = 0;
    let cells: string[] = [];
    let rowLength = 0;
    let column = -1;
    let type = 'n';
    let style = 0;
    let value = '';
    let taking = false;
    let spoken = 0;
    let closed = false;
    const valueOf = (): string => {
      if (type === 's') return shared.get(Number(value)) ?? '';
      if (type === 'b') return value === '1' ? 'true' : value === '0' ? 'false' : value;
      if (type === 'n') return sheetValue(value, styles[style] ?? 'number', epoch1904);
      return type === 'd' ? value : sheetText(value);
    };
    const source = archive.read(name, whole);
    const read = readXml(source, {
      open: (tag, at) => {
        if (tag === 'c') {
          column = at['r'] === undefined ? column + 1 : (sheetColumn(at['r']) ?? MOST_COLUMNS);
          if (column >= MOST_COLUMNS) throw damaged('a cell lies in no column');
          type = at['t'] ?? 'n';
          style = Number(at['s'] ?? 0);
          value = '';
        } else if (tag === 'v' || tag === 't') taking = spoken === 0;
        else if (tag === 'rPh') spoken++;
        else if (tag === 'row') {
          const said = Number(at['r'] ?? no + 1);
          if (!Number.isInteger(said) || said <= no) throw damaged('its rows are out of order');
          if (said > MOST_ROWS) throw tooManyRows();
          no = said;
          cells = [];
          column = -1;
          rowLength = 0;
        }
      },
      text: (piece) => {
        if (taking) value += piece;
        if (value.length > LONGEST_CELL) throw tooLong('a text');
      },
      close: (tag) => {
        if (tag === 'v' || tag === 't') taking = false;
        else if (tag === 'rPh') spoken--;
        else if (tag === 'c' && value !== '') {
          while (cells.length < column) cells.push('');
          const text = valueOf();
          cells[column] = text;
          rowLength += text.length;
          if (rowLength > LONGEST_ROW) throw tooLong('a row');
        } else if (tag === 'row') {
          while (cells.at(-1)?.trim() === '') cells.pop();
          if (cells.length > 0) batch.push({ no, cells });
        } else if (tag === 'worksheet') closed = true;
      },
    });
    try {
      while ((await read.next()).done !== true) {
        if (batch.length === 0) continue;
        yield batch;
        batch = [];
      }
    } finally {
      await read.return(undefined);
    }
    if (!closed) throw damaged('a sheet ends too early');
  }

  return { sheets: [...sheets.keys()], rows };
}
