import { PassThrough, Readable } from 'node:stream';
import { offsetMs } from '@touchstone/domain/calendar';
import { csvCell } from '@touchstone/domain/csv';
import { ZipFile } from 'yazl';
import { inTurns, type Column, type Table } from './table.ts';
import { textOf } from './texts.ts';
import { cutBytes, variableNames } from './variable-names.ts';
import { AS_EVER, DECLARATION, xmlText } from './xml.ts';

/** Of a text whose column does not say. */
const USUAL_BYTES = 255;
/** Where nothing is said of what a number lies between. */
const WIDEST = { from: -999_999_999, to: 999_999_999 } as const;
const DAYS = { from: '19000101', to: '22001231' } as const;

/** One variable of the survey, of one column or of all of a set. */
interface Variable<T> {
  readonly name: string;
  readonly label: string;
  readonly type: 'single' | 'multiple' | 'quantity' | 'character' | 'logical' | 'date' | 'time';
  /** What stands between its position and its end. */
  readonly said: string;
  readonly of: (row: T) => string;
}

/**
 * Triple-S 3.0 (triple-s.org), the exchange format of survey programs: an archive of the description as XML (.sss) and of
 * the data as CSV in UTF-8, names first. What was chosen of a list is one variable, a digit for each choice. Written in
 * flat memory. A text that is longer than its column says is cut, and what a spreadsheet would run is made harmless, as in CSV.
 */
export async function* tripleSOf<T>(table: Table<T>): AsyncGenerator<Uint8Array> {
  const variables = variablesOf(table);
  const zip = new ZipFile();
  const output = zip.outputStream.pipe(new PassThrough());
  const source = inTurns(table.rows);
  async function* data(): AsyncGenerator<string> {
    const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
    yield line(variables.map(({ name }) => csvCell(name)));
    for await (const block of source) yield block.map((row) => line(variables.map((v) => v.of(row)))).join('');
  }
  zip.on('error', (error: Error) => output.destroy(error));
  zip.addBuffer(Buffer.from(descriptionOf(variables, table)), `${table.name}.sss`, AS_EVER);
  const csv = Readable.from(data());
  csv.on('error', (error) => output.destroy(error));
  zip.addReadStream(csv, `${table.name}.csv`, AS_EVER);
  zip.end();
  try {
    for await (const chunk of output) yield chunk;
  } finally {
    csv.destroy();
    await source.return(undefined);
  }
}

function descriptionOf<T>(variables: readonly Variable<T>[], { name, about }: Table<T>): string {
  const at = (about?.at ?? new Date(Date.UTC(2000, 0, 1))).toISOString();
  const languages = about === undefined ? '' : ` languages="${xmlText(about.language)}"`;
  const told = variables.map(
    (v, i) =>
      `<variable ident="${i + 1}" type="${v.type}"${i === 0 && v.type === 'character' ? ' use="serial"' : ''}><name>${xmlText(v.name)}</name><label>${xmlText(v.label)}</label><position start="${i + 1}"/>${v.said}</variable>\n`,
  );
  return `${DECLARATION}<sss version="3.0"${languages}>
<date>${at.slice(0, 10)}</date>
<time>${at.slice(11, 19)}</time>
<origin>Touchstone</origin>
<survey><name>${xmlText(name)}</name><title>${xmlText(about?.title ?? name)}</title>
<record ident="A" href="${xmlText(name)}.csv" format="csv" skip="1">
${told.join('')}</record></survey></sss>
`;
}

function variablesOf<T>({ columns, zone }: Table<T>): Variable<T>[] {
  const made = columns.flatMap((column, i): Variable<T>[] => {
    const { set } = column;
    if (set === undefined) return [variableOf(column), ...timeOf(column, zone)];
    if (columns[i - 1]?.set?.key === set.key) return [];
    return [multipleOf(columns.filter((one) => one.set?.key === set.key))];
  });
  const names = variableNames(made.map(({ name }) => name));
  return made.map((variable, i) => ({ ...variable, name: names[i] ?? '' }));

  function variableOf(column: Column<T>): Variable<T> {
    const { name, label = name, kind } = column;
    switch (kind) {
      case 'number':
        return { name, label, ...numberOf(column), of: (row) => textOf(column, row) };
      case 'decimal':
        return { name, label, type: 'quantity', said: rangeOf(WIDEST, 4), of: (row) => textOf(column, row) };
      case 'boolean':
        return { name, label, type: 'logical', said: '', of: (row) => ({ true: '1', false: '0' })[textOf(column, row)] ?? '' }; // prettier-ignore
      case 'day':
        return { name, label, type: 'date', said: rangeOf(DAYS), of: (row) => textOf(column, row).replaceAll('-', '') };
      case 'moment':
        return { name, label, type: 'date', said: rangeOf(DAYS), of: (row) => digits(column, row, zone).slice(0, 8) };
      case 'text':
      case 'json': {
        const bytes = column.bytes ?? USUAL_BYTES;
        return { name, label, type: 'character', said: `<size>${bytes}</size>`, of: (row) => csvCell(cutBytes(textOf(column, row), bytes)) }; // prettier-ignore
      }
    }
  }
}

/** A number with names for all it may be is one of a list, else it is a quantity, whose names are told beside its range. */
function numberOf<T>({ values = [], range, decimals = 2 }: Column<T>): Pick<Variable<T>, 'type' | 'said'> {
  const labels = values.map(({ value, label }) => `<value code="${value}">${xmlText(label)}</value>`).join('');
  const isList = range === undefined && values.every(({ value }) => Number.isInteger(value) && Number(value) > 0);
  if (values.length > 0 && isList) return { type: 'single', said: `<values>${labels}</values>` };
  const numbers = values.map(({ value }) => Number(value));
  const around = range ?? (numbers.length > 0 ? { from: Math.min(...numbers), to: Math.max(...numbers) } : WIDEST);
  return { type: 'quantity', said: rangeOf(around, decimals, labels) };
}

function rangeOf(
  { from, to }: { readonly from: number | string; readonly to: number | string },
  decimals = 0,
  labels = '',
): string {
  // prettier-ignore
  const [low, high] = [from, to].map((n) => (typeof n === 'string' ? n : n.toFixed(decimals)));
  return `<values><range from="${low}" to="${high}"/>${labels}</values>`;
}

function multipleOf<T>(members: readonly Column<T>[]): Variable<T> {
  const { name = '', label = '' } = members[0]?.set ?? {};
  const labels = members.map(({ set }, i) => `<value code="${i + 1}">${xmlText(set?.member ?? '')}</value>`).join('');
  return {
    name,
    label,
    type: 'multiple',
    said: `<values>${labels}</values>`,
    of: (row) => {
      const cells = members.map((member) => textOf(member, row));
      // A digit for each; quoted, so that nobody takes it for a number. Of who was not asked, nothing.
      return cells.every((cell) => cell === '') ? '' : `"${cells.map((cell) => (cell === '1' ? '1' : '0')).join('')}"`;
    },
  };
}

/** The time of day of a moment stands by itself, behind its day. */
function timeOf<T>(column: Column<T>, zone: string): Variable<T>[] {
  if (column.kind !== 'moment') return [];
  const { name, label = name } = column;
  const said = rangeOf({ from: '000000', to: '235959' });
  return [{ name: `${name}_time`, label, type: 'time', said, of: (row) => digits(column, row, zone).slice(8) }];
}

/** A moment by the clock of the zone: `20261122101500`. */
function digits<T>(column: Column<T>, row: T, zone: string): string {
  const text = textOf(column, row);
  if (text === '') return '';
  const ms = Date.parse(text);
  return new Date(ms + offsetMs(ms, zone)).toISOString().slice(0, 19).replaceAll(/\D/g, '');
}
