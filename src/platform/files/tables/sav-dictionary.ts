import type { Column, ColumnKind, Measure, Table } from './table.ts';
import { cutBytes, variableNames } from './variable-names.ts';

/** What is added to small numbers in compressed data. */
export const BIAS = 100;

/** Bytes of the longest text, of one that needs no segments, and how far each segment but the last counts. */
const LONGEST_TEXT = 32_767;
const LONGEST_PLAIN = 255;
const SEGMENT = 252;
/** Bytes of labels that SPSS takes. */
const LONGEST_LABEL = 255;
const LONGEST_VALUE_LABEL = 120;

/** A column as SPSS keeps it. */
export interface Variable<T> {
  readonly column: Column<T>;
  readonly name: string;
  /** Names of eight letters, one of each segment: nobody meets them, but records speak of variables by them. */
  readonly short: readonly string[];
  /** Bytes of a text; 0 of a number. */
  readonly width: number;
  /** Bytes that each segment holds. */
  readonly segments: readonly number[];
}

const FORMATS = { text: 1, number: 5, moment: 22, day: 39 } as const;
const MEASURES: Readonly<Record<Measure, number>> = { nominal: 1, ordinal: 2, scale: 3 };

function isText(kind: ColumnKind): boolean {
  return kind === 'text' || kind === 'json';
}

export function variablesOf<T>(columns: readonly Column<T>[]): Variable<T>[] {
  const names = variableNames(columns.map(({ name }) => name));
  let shorts = 0;
  return columns.map((column, i) => {
    const width = isText(column.kind) ? Math.min(Math.max(column.bytes ?? LONGEST_PLAIN, 1), LONGEST_TEXT) : 0;
    const segments = segmentsOf(width);
    const short = segments.map(() => `@${(shorts++).toString(36).toUpperCase().padStart(5, '0')}`);
    return { column, name: names[i] ?? '', short, width, segments };
  });
}

/** Every segment but the last has 255 bytes and counts for 252 of the width, so that the last may hold fewer than it says. */
function segmentsOf(width: number): number[] {
  if (width <= LONGEST_PLAIN) return [width];
  const count = Math.ceil(width / SEGMENT);
  return Array.from({ length: count }, (_, i) => (i < count - 1 ? LONGEST_PLAIN : width - i * SEGMENT));
}

/** Everything before the data. */
export function dictionaryOf<T>(variables: readonly Variable<T>[], table: Table<T>): Uint8Array {
  const texts = variables.filter(({ segments }) => segments.length > 1);
  const shortOf = ({ short }: Variable<T>): string => short[0] ?? '';
  const sets = setsOf(variables);
  return Buffer.concat([
    header(variables, table),
    ...variables.flatMap((variable) => variableRecords(variable)),
    ...valueLabels(variables),
    // Version 3.0.0 of what writes; machine unknown, IEEE 754, compression, little-endian, UTF-8.
    extension(3, 4, ints(3, 0, 0, -1, 1, 1, 2, 65_001)),
    // No value, the highest and the lowest.
    extension(4, 8, doubles(-Number.MAX_VALUE, Number.MAX_VALUE, -1.7976931348623155e308)),
    ...(sets === '' ? [] : [extension(7, 1, Buffer.from(sets))]),
    extension(11, 4, ints(...variables.flatMap((variable) => display(variable)))),
    extension(13, 1, Buffer.from(variables.map((v) => `${shortOf(v)}=${v.name}`).join('\t'))),
    ...(texts.length === 0
      ? []
      : [extension(14, 1, Buffer.from(texts.map((v) => `${shortOf(v)}=${String(v.width).padStart(5, '0')}\0\t`).join('')))]), // prettier-ignore
    extension(20, 1, Buffer.from('UTF-8')),
    ...longValueLabels(variables),
    ints(999, 0),
  ]);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function header<T>(variables: readonly Variable<T>[], { name, about }: Table<T>): Buffer {
  const at = about?.at ?? new Date(Date.UTC(2000, 0, 1));
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${two(at.getUTCFullYear() % 100)}`;
  const places = variables.reduce((sum, v) => sum + v.segments.reduce((n, width) => n + placesOf(width), 0), 0);
  return Buffer.concat([
    padded('$FL2@(#) SPSS DATA FILE Touchstone', 64),
    // Layout 2, eight-byte places of a case, compressed, no weight, cases unknown.
    ints(2, places, 1, 0, -1),
    doubles(BIAS),
    padded(`${day}${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`, 17),
    padded(cutBytes(about?.title ?? name, 64), 64),
    Buffer.alloc(3),
  ]);
}

function placesOf(width: number): number {
  return Math.max(1, Math.ceil(width / 8));
}

/** A record for each segment, and one more for each further eight bytes of it. */
function variableRecords<T>({ column, short, segments, name }: Variable<T>): Buffer[] {
  return segments.flatMap((width, i) => {
    const label = i > 0 ? '' : cutBytes(column.label ?? name, LONGEST_LABEL).trim();
    const bytes = Buffer.byteLength(label);
    const missing = width === 0 && column.missing !== undefined ? [column.missing] : [];
    const format = formatOf(column, width);
    return [
      ints(2, width, label === '' ? 0 : 1, missing.length, format, format),
      padded(short[i] ?? '', 8),
      ...(label === '' ? [] : [ints(bytes), padded(label, Math.ceil(bytes / 4) * 4)]),
      doubles(...missing),
      ...Array.from({ length: placesOf(width) - 1 }, () => Buffer.concat([ints(2, -1, 0, 0, 0, 0), padded('', 8)])),
    ];
  });
}

function formatOf<T>({ kind, decimals = 2 }: Column<T>, width: number): number {
  const format = (type: number, wide: number, digits = 0): number => (type << 16) | (wide << 8) | digits;
  if (width > 0) return format(FORMATS.text, width);
  if (kind === 'day') return format(FORMATS.day, 10);
  if (kind === 'moment') return format(FORMATS.moment, 20);
  return kind === 'boolean' ? format(FORMATS.number, 1) : format(FORMATS.number, 8 + decimals, decimals);
}

/** Level of measurement, columns on the screen and alignment (left of texts) of each segment. */
function display<T>({ column, width, segments }: Variable<T>): number[] {
  const usual = width > 0 || column.kind === 'boolean' ? 'nominal' : 'scale';
  const measure = MEASURES[column.measure ?? usual];
  return segments.flatMap(() => [measure, width > 0 ? Math.min(Math.max(width, 8), 32) : 12, width > 0 ? 0 : 1]);
}

/** Labels of numbers and of texts up to eight bytes. They name variables by their place, further eight bytes counted. */
function valueLabels<T>(variables: readonly Variable<T>[]): Buffer[] {
  let place = 1;
  return variables.flatMap((variable) => {
    const own = place;
    place += variable.segments.reduce((sum, width) => sum + placesOf(width), 0);
    const { values = [] } = variable.column;
    if (values.length === 0 || variable.width > 8) return [];
    const labels = values.flatMap(({ value, label }) => {
      const text = cutBytes(label, LONGEST_VALUE_LABEL);
      const bytes = Buffer.byteLength(text);
      return [
        typeof value === 'number' ? doubles(value) : padded(cutBytes(value, 8), 8),
        Buffer.from([bytes]),
        padded(text, Math.ceil((bytes + 1) / 8) * 8 - 1),
      ];
    });
    return [ints(3, values.length), ...labels, ints(4, 1, own)];
  });
}

function longValueLabels<T>(variables: readonly Variable<T>[]): Buffer[] {
  const told = variables.filter(({ column, width }) => width > 8 && (column.values?.length ?? 0) > 0);
  if (told.length === 0) return [];
  const parts = told.flatMap(({ column, width, name }) => [
    counted(name),
    ints(width, column.values?.length ?? 0),
    ...(column.values ?? []).flatMap(({ value, label }) => [
      ints(width),
      padded(cutBytes(String(value), width), width),
      counted(cutBytes(label, LONGEST_VALUE_LABEL)),
    ]),
  ]);
  return [extension(21, 1, Buffer.concat(parts))];
}

/** Multiple response sets: columns of which 1 says that this was chosen. */
function setsOf<T>(variables: readonly Variable<T>[]): string {
  const sets = new Map<string, { readonly name: string; readonly label: string; readonly members: string[] }>();
  for (const { column, short } of variables) {
    if (column.set === undefined) continue;
    const { key, name, label } = column.set;
    const set = sets.get(key) ?? { name, label: cutBytes(label, LONGEST_LABEL), members: [] };
    set.members.push((short[0] ?? '').toLowerCase());
    sets.set(key, set);
  }
  const told = [...sets].filter(([, { members }]) => members.length > 1);
  const names = variableNames(told.map(([, { name }]) => cutBytes(name, 60)));
  return told
    .map(([, { label, members }], i) => `$${names[i]}=D1 1 ${Buffer.byteLength(label)} ${label} ${members.join(' ')}\n`)
    .join('');
}

function extension(subtype: number, size: number, data: Buffer): Buffer {
  return Buffer.concat([ints(7, subtype, size, data.length / size), data]);
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([ints(bytes.length), bytes]);
}

function ints(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeInt32LE(value, i * 4));
  return bytes;
}

function doubles(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, i) => bytes.writeDoubleLE(value, i * 8));
  return bytes;
}

/** A text of so many bytes, filled up with blanks. */
function padded(text: string, bytes: number): Buffer {
  const padding = Buffer.alloc(bytes, 0x20);
  padding.write(text, 'utf8');
  return padding;
}
