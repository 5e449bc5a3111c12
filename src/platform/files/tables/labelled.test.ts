import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { readSav } from '../../../../test/support/sav.ts';
import { zipTexts } from '../../../../test/support/packed.ts';
import type { Column, Table } from './table.ts';
import { variableNames } from './variable-names.ts';
import { written, type LabelledFormat } from './written.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

const text = (name: string) => (row: Row) => (typeof row[name] === 'string' ? row[name] : null);
const number = (name: string) => (row: Row) => (typeof row[name] === 'number' ? row[name] : null);

const SET = { key: 'what', name: 'bought', label: 'What did you buy? چه' };
const COLUMNS: readonly Column<Row>[] = [
  { name: 'id', kind: 'text', bytes: 6, of: text('id') },
  { name: 'how likely', kind: 'number', label: 'How likely? احتمال', range: { from: 0, to: 10 }, missing: -9, measure: 'ordinal', decimals: 0, values: [{ value: 0, label: 'Not at all' }, { value: 10, label: 'Very, سریع' }, { value: -9, label: 'Does not apply' }], of: number('nps') }, // prettier-ignore
  { name: 'bought_a', kind: 'number', label: 'Apples', decimals: 0, measure: 'nominal', set: { ...SET, member: 'Apples' }, of: number('a') }, // prettier-ignore
  { name: 'bought_b', kind: 'number', label: 'Bread & <b>', decimals: 0, measure: 'nominal', set: { ...SET, member: 'Bread & <b>' }, of: number('b') }, // prettier-ignore
  { name: 'where', kind: 'number', label: 'Where?', decimals: 0, measure: 'nominal', values: [{ value: 1, label: 'Shop' }, { value: 2, label: 'At home' }], of: number('where') }, // prettier-ignore
  { name: 'why', kind: 'text', label: 'Why?', bytes: 600, of: text('why') },
  { name: 'size', kind: 'text', bytes: 4, values: [{ value: 'L', label: 'Large' }], of: text('size') },
  {
    name: 'till',
    kind: 'text',
    bytes: 12,
    values: [{ value: 'by the door', label: 'The first one' }],
    of: text('till'),
  },
  { name: 'day', kind: 'day', of: text('day') },
  { name: 'at', kind: 'moment', of: text('at') },
  { name: 'spent', kind: 'number', decimals: 3, of: number('spent') },
  { name: 'worth', kind: 'decimal', of: text('worth') },
  { name: 'late', kind: 'boolean', of: (row) => (typeof row['late'] === 'boolean' ? row['late'] : null) },
];

const WHY = `${'سلام '.repeat(60)}end`;
const ROWS: readonly Row[] = [
  { id: 'r1', nps: 10, a: 1, b: 0, where: 2, why: WHY, size: 'L', till: 'by the door', day: '2026-11-22', at: '2026-11-22T10:00:00.250Z', spent: 12.345, worth: '-12.5000', late: true }, // prettier-ignore
  { id: 'r2', nps: -9, a: 0, b: 1, where: 1, why: 'x'.repeat(700), size: '', till: 'none', day: '1582-10-15', at: '1999-12-31T23:59:59.000Z', spent: -99, worth: '0.0001', late: false }, // prettier-ignore
  { id: '=1+1,"', why: '<script>alert(1)</script>\r\n=2' },
  { id: 'r4', spent: 151, nps: 0, a: 1, b: 1, where: 1, why: '        after eight blanks' },
  { id: 'r5', spent: 152 },
  { id: 'r6', spent: -100 },
];
const NOTHING = Object.fromEntries(COLUMNS.map(({ name, kind }) => [name, kind === 'text' ? '' : null]));

async function* inBlocks<T>(...blocks: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  yield* blocks;
}

function tableOf(rows: AsyncIterable<readonly Row[]>, columns = COLUMNS): Table<Row> {
  const about = { title: 'At the till: صندوق', language: 'en', at: new Date('2026-11-22T10:00:00Z') };
  return { name: 'till', columns, rows, zone: 'Asia/Tehran', about };
}

function fileOf(rows: readonly Row[], format: LabelledFormat, columns = COLUMNS): Promise<Buffer> {
  return buffer(written(tableOf(inBlocks(rows.slice(0, 1), rows.slice(1)), columns), format));
}

/** Seconds since the beginning of the Gregorian calendar, as SPSS counts. */
const seconds = (iso: string): number => (Date.parse(`${iso}Z`) - Date.UTC(1582, 9, 14)) / 1_000;

test('[FL17] a system file of SPSS is read by another reader with labels, levels, missing values, sets and every letter', async () => {
  const file = readSav(await fileOf(ROWS, 'sav'));
  expect(file).toMatchObject({ title: 'At the till: صندوق', cases: -1, encoding: 'UTF-8' });
  expect(file.sets).toEqual({ bought: ['bought_a', 'bought_b'] });
  expect(file.variables.slice(0, 2)).toEqual([
    { name: 'id', label: 'id', width: 6, missing: [], format: 'A6.0', measure: 'nominal', labels: {} },
    { name: 'how_likely', label: 'How likely? احتمال', width: 0, missing: [-9], format: 'F8.0', measure: 'ordinal', labels: { '0': 'Not at all', '10': 'Very, سریع', '-9': 'Does not apply' } }, // prettier-ignore
  ]);
  expect(file.variables.slice(4).map((v) => [v.name, v.format, v.measure, v.labels])).toEqual([
    ['where', 'F8.0', 'nominal', { '1': 'Shop', '2': 'At home' }],
    ['why', 'A255.0', 'nominal', {}],
    ['size', 'A4.0', 'nominal', { L: 'Large' }],
    ['till', 'A12.0', 'nominal', { 'by the door': 'The first one' }],
    ['day', 'SDATE10.0', 'scale', {}],
    ['at', 'DATETIME20.0', 'scale', {}],
    ['spent', 'F11.3', 'scale', {}],
    ['worth', 'F10.2', 'scale', {}],
    ['late', 'F1.0', 'nominal', {}],
  ]);
  expect(file.rows[0]).toEqual({
    ...{ id: 'r1', how_likely: 10, bought_a: 1, bought_b: 0, where: 2, why: WHY, size: 'L', till: 'by the door' },
    ...{ day: seconds('2026-11-22T00:00:00'), at: seconds('2026-11-22T13:30:00.250'), spent: 12.345, worth: -12.5, late: 1 }, // prettier-ignore
  });
  expect(file.rows[1]).toMatchObject({ how_likely: -9, why: 'x'.repeat(600), day: 86_400, spent: -99, worth: 0.0001, late: 0 }); // prettier-ignore
  const { 'how likely': _, ...nothing } = NOTHING;
  expect(file.rows[2]).toEqual({ ...nothing, how_likely: null, id: '=1+1,"', why: '<script>alert(1)</script>\r\n=2' });
  expect(file.rows.map((row) => row['spent'])).toEqual([12.345, -99, null, 151, 152, -100]);
  expect(file.rows[3]).toMatchObject({ how_likely: 0, why: '        after eight blanks' });
});

test('[FL17] the bytes of a system file are those that PSPP was shown to read', async () => {
  // PSPP 1.6.2 read a file of exactly these bytes: DISPLAY DICTIONARY and MRSETS told the names, labels, levels, missing
  // values and the set of the test above, and pspp-convert wrote its rows as CSV.
  const file = await fileOf(ROWS, 'sav');
  expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([
    5931,
    '56504bb8d2a5b4f12227dedd7dbec006aeed91ec04b046a5495725d84ed6ee8f',
  ]);
});

test('[FL17] a text is cut at a letter where its column ends, of any width, and many rows stand in one stream', async () => {
  for (const bytes of [1, 8, 255, 256, 504, 505, 32_767]) {
    const columns: readonly Column<Row>[] = [{ name: 'why', kind: 'text', bytes, of: text('why') }, { name: 'n', kind: 'number', of: number('n') }]; // prettier-ignore
    const rows = ['', 'x', 'é'.repeat(20_000), 'y'.repeat(40_000)].map((why, n) => ({ why, n }));
    const found = readSav(await fileOf(rows, 'sav', columns)).rows;
    expect(found.map((row) => row['why'])).toEqual(['', 'x', 'é'.repeat(Math.floor(bytes / 2)), 'y'.repeat(bytes)]);
    expect(found.map((row) => row['n'])).toEqual([0, 1, 2, 3]);
  }
  const many = Array.from({ length: 2_500 }, (_, i) => ({ id: `r${i}`, nps: i % 11, spent: i / 7 }));
  const found = readSav(await fileOf(many, 'sav')).rows;
  expect(found.map(({ id, how_likely: nps, spent }) => ({ id, nps, spent }))).toEqual(many);
  expect(readSav(await fileOf([], 'sav')).rows).toEqual([]);
});

test('[FL17] names are what every statistical package takes, each once', () => {
  expect(
    variableNames(['q1', 'Q1', 'q 1', 'q-1', '1st', '', 'with', 'چرا', '=a.', 'x'.repeat(70), 'x'.repeat(70), 'ش'.repeat(40)]), // prettier-ignore
  ).toEqual(['q1', 'Q1_2', 'q_1', 'q_1_2', 'v_1st', 'v_', 'with_', 'چرا', 'v_a', 'x'.repeat(64), `${'x'.repeat(62)}_2`, 'ش'.repeat(32)]); // prettier-ignore
});

test('[FL18] Triple-S: an archive of a description and its data, a list of choices as one variable', async () => {
  const parts = await zipTexts(await fileOf(ROWS, 'sss.zip'));
  expect(Object.keys(parts)).toEqual(['till.sss', 'till.csv']);
  const xml = parts['till.sss'] ?? '';
  expect(xml).toContain('<sss version="3.0" languages="en">\n<date>2026-11-22</date>\n<time>10:00:00</time>');
  expect(xml).toContain('<title>At the till: صندوق</title>\n<record ident="A" href="till.csv" format="csv" skip="1">');
  const variables = [...xml.matchAll(/<variable ident="(\d+)" type="(\w+)"( use="serial")?><name>(.+?)<\/name><label>(.*?)<\/label><position start="(\d+)"\/>(.*?)<\/variable>/g)]; // prettier-ignore
  expect(variables.map(([, ident, type, serial, name, , start]) => [ident === start, type, serial, name])).toEqual([
    [true, 'character', ' use="serial"', 'id'],
    [true, 'quantity', undefined, 'how_likely'],
    [true, 'multiple', undefined, 'bought'],
    [true, 'single', undefined, 'where'],
    [true, 'character', undefined, 'why'],
    [true, 'character', undefined, 'size'],
    [true, 'character', undefined, 'till'],
    [true, 'date', undefined, 'day'],
    [true, 'date', undefined, 'at'],
    [true, 'time', undefined, 'at_time'],
    [true, 'quantity', undefined, 'spent'],
    [true, 'quantity', undefined, 'worth'],
    [true, 'logical', undefined, 'late'],
  ]);
  const said = Object.fromEntries(variables.map((v) => [v[4], v[7]]));
  expect(said['how_likely']).toBe('<values><range from="0" to="10"/><value code="0">Not at all</value><value code="10">Very, سریع</value><value code="-9">Does not apply</value></values>'); // prettier-ignore
  expect(said['bought']).toBe('<values><value code="1">Apples</value><value code="2">Bread &amp; &lt;b&gt;</value></values>'); // prettier-ignore
  expect(said['spent']).toBe('<values><range from="-999999999.000" to="999999999.000"/></values>');
  expect(said['why']).toBe('<size>600</size>');
  // Nobody takes the digits of a list for a number.
  expect(parts['till.csv']).toContain('\r\nr2,-9,"01",1,');
  const rows: unknown = parse(parts['till.csv'] ?? '', { columns: true });
  expect(rows).toMatchObject([
    { id: 'r1', how_likely: '10', bought: '10', where: '2', why: WHY, size: 'L', till: 'by the door', day: '20261122', at: '20261122', at_time: '133000', spent: '12.345', worth: '-12.5000', late: '1' }, // prettier-ignore
    { id: 'r2', how_likely: '-9', bought: '01', why: 'x'.repeat(600), day: '15821015', at: '20000101', at_time: '032959', late: '0' }, // prettier-ignore
    { id: '\'=1+1,"', how_likely: '', bought: '', where: '', why: '<script>alert(1)</script>\r\n=2', day: '', at: '', at_time: '', late: '' }, // prettier-ignore
    { id: 'r4', bought: '11' },
    { id: 'r5', bought: '' },
    { id: 'r6' },
  ]);
});

test('[FL18] a number whose ends have names keeps its digits; two lists of one name stay two', async () => {
  const flag = (name: string, key: string): Column<Row> => ({ name, kind: 'number', decimals: 0, set: { key, name: 'Why', label: key, member: name }, of: number(name) }); // prettier-ignore
  const columns: readonly Column<Row>[] = [
    { name: 'slide', kind: 'number', decimals: 2, range: { from: 0.5, to: 1 }, values: [{ value: 0.5, label: 'Low' }], of: number('slide') }, // prettier-ignore
    ...[flag('a', 'x'), flag('b', 'x'), flag('c', 'y'), flag('d', 'y')],
  ];
  const row = { slide: 0.75, a: 1, b: 0, c: 0, d: 1 };
  const parts = await zipTexts(await fileOf([row], 'sss.zip', columns));
  expect(parts['till.sss']).toContain('<range from="0.50" to="1.00"/><value code="0.5">Low</value>');
  expect(parts['till.csv']).toBe('slide,Why,Why_2\r\n0.75,"10","01"\r\n');
  expect(readSav(await fileOf([row], 'sav', columns)).sets).toEqual({ Why: ['a', 'b'], Why_2: ['c', 'd'] });
});

test.each(['sav', 'sss.zip'] as const)(
  '[FL16] %s: whoever takes no more ends the rows, and an error of theirs is thrown and nothing finished',
  async (format) => {
    const block = Array.from({ length: 500 }, (_, i) => ({ id: `r${i}`, why: String(Math.sin(i)) }));
    let read = 0;
    let closed = 0;
    async function* endless(): AsyncGenerator<readonly Row[]> {
      try {
        for (;;) {
          if (read === 40) throw new Error('the store went away');
          read++;
          yield block;
        }
      } finally {
        closed++;
      }
    }
    for await (const part of written(tableOf(endless()), format)) if (part.length > 0 && read > 0) break;
    expect(closed).toBe(1);
    expect(read).toBeLessThan(40);
    await expect(buffer(written(tableOf(endless()), format))).rejects.toThrow('the store went away');
    expect(closed).toBe(2);
  },
);
