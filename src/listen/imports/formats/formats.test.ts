import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workbookOf, zipOf } from '../../../../test/support/packed.ts';
import { openFolder } from '../../../platform/files/folder.ts';
import type { Files } from '../../../platform/files/ports.ts';
import { receive } from '../../../platform/files/receiving.ts';
import { parquetTable } from './parquet.ts';
import { peek } from './reading.ts';
import { IMPORTABLE, unpack } from './unpack.ts';

let root: string;
let files: Files;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'formats-'));
  files = await openFolder(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const LIMITS = { maxBytes: 1_000_000, maxBookBytes: 1_000_000, mostTimes: 50, fromBytes: 200_000 };

async function read(packed: Buffer, part?: string, limits = LIMITS) {
  await files.put('packed', packed);
  const { origin, bytes } = await unpack(files, 'packed', 'table', limits, part);
  const table = await text(await files.open('table'));
  expect(Buffer.byteLength(table)).toBe(bytes);
  await files.remove('table');
  return { origin, table };
}

async function refused(packed: Buffer, part?: string, limits = LIMITS): Promise<string> {
  const problem = await read(packed, part, limits).then(
    () => ({ detail: 'it was taken' }),
    (error: { readonly detail?: string; readonly message: string }) => ({
      detail: error.detail ?? `defect: ${error.message}`,
    }),
  );
  expect(await readdir(root)).toEqual(['packed']);
  return problem.detail;
}

const CSV = `order_id,customer_id,order_date\n${Array.from({ length: 40 }, (_, i) => `o${i + 1},c${(i + 1) % 7},2026-01-02 10:00:00\n`).join('')}`;
/** CSV, packed by zstd 1.5 -19 --check. */
const ZSTD = Buffer.from(
  'KLUv/WRPA6UEADLIFhWQOwcoS+wvU/8DkIiIkJQ8gKlnRxB42NfV09HPf7/HMy8rJyMf33aNZl1VTUU9fd0WyxbmqZSXUB46eed5d54bgAM2MApFIRl9zWsDDqYwksYsTZ6BEMphKC0qqDEQcZBhfWsGcIO0dBEwBBDhXyUwftz///8fuF/73GOedqxDt1x5AMAjgBoRrwoKv62z8Q9fU7xz',
  'base64',
);

/** A frame of zstd of blocks as they are, or of one byte many times. */
function frame(window: number, ...blocks: (Buffer | { readonly byte: number; readonly times: number })[]): Buffer {
  const parts = blocks.map((block, i) => {
    const raw = Buffer.isBuffer(block);
    const header = Buffer.alloc(3);
    header.writeUIntLE(
      ((raw ? block.length : block.times) << 3) | (raw ? 0 : 2) | (i === blocks.length - 1 ? 1 : 0),
      0,
      3,
    );
    return Buffer.concat([header, raw ? block : Buffer.from([block.byte])]);
  });
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (window - 10) << 3]), ...parts]);
}

test('[IM17] gzip, zstd and zip are unpacked, in one another too, whatever they are called', async () => {
  const plain = { others: [], leftOut: [] };
  expect(await read(gzipSync(CSV))).toEqual({ table: CSV, origin: { ...plain, packed: ['gzip'] } });
  expect(await read(Buffer.concat([gzipSync(CSV), gzipSync(CSV)]))).toMatchObject({ table: CSV + CSV });
  expect(await read(ZSTD)).toEqual({ table: CSV, origin: { ...plain, packed: ['zstd'] } });
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const frames = Buffer.concat([skippable, ZSTD, frame(17, Buffer.from('a\n'), Buffer.from('b\n'))]);
  expect(await read(Buffer.concat([ZSTD, frames]))).toMatchObject({ table: `${CSV}${CSV}a\nb\n` });
  expect(await read(await zipOf({ 'a/orders.csv': CSV, '__MACOSX/a/._orders.csv': 'x' }))).toEqual({
    table: CSV,
    origin: { ...plain, packed: ['zip'], part: 'a/orders.csv' },
  });
  expect(await read(await zipOf({ 'read.me': 'hello', 'orders.csv.gz': gzipSync(CSV) }))).toMatchObject({
    table: CSV,
    origin: { packed: ['zip', 'gzip'] },
  });
  const two = await zipOf({ 'a.csv': CSV, 'b.csv': 'x\n' });
  expect(await refused(two)).toBe('The archive holds 2 tables: a.csv, b.csv.');
  expect(await read(two, 'b.csv')).toMatchObject({ table: 'x\n', origin: { part: 'b.csv', others: ['a.csv'] } });
});

test('[IM17] what is damaged, locked or no table is refused in words, and nothing of it stays', async () => {
  const zip = await zipOf({ 'orders.csv': CSV.repeat(20) });
  const named = (name: string) => Buffer.from(zip.toString('latin1').replaceAll('orders.csv', name), 'latin1');
  const locked = Buffer.from(zip);
  locked.writeUInt16LE(
    locked.readUInt16LE(locked.lastIndexOf('PK\x01\x02') + 8) | 1,
    locked.lastIndexOf('PK\x01\x02') + 8,
  );
  const flipped = Buffer.from(ZSTD.subarray(0, 60));
  expect(await refused(gzipSync(CSV).subarray(0, 60))).toContain('a gzip archive, but it is damaged');
  expect(await refused(flipped)).toContain('a zstd archive, but it is damaged');
  expect(await refused(ZSTD.subarray(0, 4))).toContain('a zstd archive, but it is damaged');
  expect(await refused(Buffer.concat([ZSTD, Buffer.from('rubbish, more of it')]))).toContain('a zstd archive, but');
  expect(await refused(frame(31, Buffer.from('a\n')))).toContain('needs more memory than is lent to it');
  expect(await refused(zip.subarray(0, 100))).toContain('it is damaged');
  expect(await refused(named('../ers.csv'))).toContain('whose name leads out of its folder');
  expect(await refused(named('/rders.csv'))).toContain('whose name leads out of its folder');
  expect(await refused(locked)).toBe('The archive has a password.');
  expect(await refused(gzipSync('%PDF-1.7'))).toBe('The archive holds a PDF.');
  expect(await refused(gzipSync(''))).toBe('The file is empty.');
  expect(await refused(gzipSync(gzipSync(gzipSync(gzipSync(CSV)))))).toContain('archives of archives');
  expect(await refused(await zipOf({ '[Content_Types].xml': '', 'word/document.xml': '' }))).toContain('a document');
});

test('[IM18] what unpacks to too much is refused while it is unpacked, whatever it says of its size', async () => {
  const dull = Buffer.alloc(800_000, 'a,b\n');
  expect(await refused(gzipSync(dull))).toBe('The file unpacks to more than 50 times its size.');
  expect(await refused(await zipOf({ 'a.csv': dull }))).toBe('The file unpacks to more than 50 times its size.');
  const runs = Array.from({ length: 20 }, () => ({ byte: 97, times: 40_000 }));
  expect(await refused(frame(17, ...runs))).toBe('The file unpacks to more than 50 times its size.');
  // A layer that is itself no bomb.
  expect(await refused(gzipSync(gzipSync(dull)))).toBe('The file unpacks to more than 50 times its size.');
  const noise = Buffer.from(Array.from({ length: 1_200_000 }, (_, i) => (((i * 2_654_435_761) >>> 13) & 63) | 64));
  expect(await refused(gzipSync(noise, { level: 1 }))).toBe('Unpacked, the file is larger than 1000000 bytes.');
  // One text in every cell: a small sheet, a table of gigabytes.
  const row = (r: number) => `<row r="${r}">${'<c t="s"><v>0</v></c>'.repeat(20)}</row>`;
  const rows = Array.from({ length: 50 }, (_, i) => row(i + 1)).join('');
  const again = await workbookOf({ sheets: { A: rows }, texts: [`<t>${'x'.repeat(30_000)}</t>`] });
  expect(await refused(again)).toMatch(/unpacks to more than 50 times|larger than 1000000 bytes/);
  const long = await workbookOf({ sheets: { A: row(1) }, texts: [`<t>${'x'.repeat(70_000)}</t>`] });
  expect(await refused(long)).toContain('a text that is too long');
});

test('[IM18] a size that is said is refused before anything is unpacked, and a workbook by all that is read of it', async () => {
  const zip = await zipOf({ 'a.csv': CSV });
  zip.writeUInt32LE(2_000_000_000, zip.lastIndexOf('PK\x01\x02') + 24);
  expect(await refused(zip)).toBe('Unpacked, the file is larger than 1000000 bytes.');
  const empty = '<row/>'.repeat(2_000);
  const book = await workbookOf({ sheets: { A: empty, B: empty, C: '<row><c><v>1</v></c></row>' } });
  expect(await refused(book, undefined, { ...LIMITS, maxBookBytes: 20_000 })).toBe(
    'Unpacked, the file is larger than 20000 bytes.',
  );
  expect(await read(book, undefined, { ...LIMITS, maxBookBytes: 40_000 })).toMatchObject({ table: '1\n' });
});

test('[IM19] a workbook is read as it shows itself: texts, numbers, days, formulas, the first sheet that holds rows', async () => {
  const book = await workbookOf({
    sheets: {
      'hidden:Old': '<row r="1"><c r="A1"><v>1</v></c></row>',
      Empty: '<row r="1"><c r="A1" s="1"/></row>',
      Orders: `<row r="1"><c r="A1" t="s"><v>0</v></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>Order</t></is></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="str"><v>When</v></c><c r="D3" t="inlineStr"><is><t>Gift</t></is></c></row>
<row r="4"><c r="A4"><v>12345678901234567</v></c><c r="B4"><f>1+1</f><v>2.5499999999999998</v></c><c r="C4" s="1"><v>40513.3513888889</v></c><c r="D4" t="b"><v>1</v></c></row>
<row r="6"><c r="A6" t="s"><v>2</v></c><c r="C6" s="2"><v>40514</v></c></row>
<row r="7"><c r="A7" t="e"><v>#N/A</v></c><c r="B7" t="inlineStr"><is><t>a&amp;b, "c"</t></is></c></row>`,
      More: '<row><c t="inlineStr"><is><t>name</t></is></c></row><row><c t="inlineStr"><is><t>x</t></is></c></row>',
    },
    texts: [
      '<t>Our orders of 2010</t>',
      '<r><t>Pri</t></r><r><t>ce</t></r><rPh><t>aloud</t></rPh>',
      '<t>two\nlines</t>',
    ],
    styles: ['General', 'yyyy\\-mm\\-dd hh:mm', 'dd/mm/yyyy'],
  });
  expect(await read(book)).toEqual({
    table:
      '\n\nOrder,Price,When,Gift\n12345678901234567,2.55,2010-12-01 08:26:00,true\n\n"two\nlines",,2010-12-02,\n#N/A,"a&b, ""c""",,\n',
    origin: { packed: ['xlsx'], part: 'Orders', others: ['Empty', 'More'], leftOut: [], header: true },
  });
  expect(await read(book, 'More')).toMatchObject({ table: 'name\nx\n', origin: { part: 'More' } });
  expect(await refused(book, 'None')).toBe('The workbook has no sheet None.');
  const day = '<row><c s="0"><v>39051</v></c></row>';
  expect(await read(await workbookOf({ sheets: { A: day }, styles: ['d.m.yy'], epoch1904: true }))).toMatchObject({
    table: '2010-12-01\n',
    origin: { header: false },
  });
  expect(await read(await zipOf({ 'in.xlsx': book }))).toMatchObject({ origin: { packed: ['zip', 'xlsx'] } });
});

test('[IM19] a workbook that is damaged, empty or of another kind is refused in words', async () => {
  const cell = '<c t="inlineStr"><is><t>a</t></is></c>';
  const wrong: [string, string][] = [
    [`<row r="2">${cell}</row><row r="1">${cell}</row>`, 'its rows are out of order'],
    ['<row r="2000000"/>', 'A sheet holds more than 1048576 rows.'],
    ['<row><c r="AAAA1"><v>1</v></c></row>', 'a cell lies in no column'],
    ['', 'The workbook holds no rows.'],
  ];
  for (const [rows, why] of wrong) expect(await refused(await workbookOf({ sheets: { A: rows } }))).toContain(why);
  expect(await refused(await zipOf({ '[Content_Types].xml': '' }))).toContain('its list of sheets is missing');
  const entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
  const bomb = await workbookOf({ sheets: { A: `${entity}<row><c t="inlineStr"><is><t>&b;</t></is></c></row>` } });
  expect((await read(bomb)).table).toBe('&b;\n');
});

test('[IM20] a Parquet file is read exactly: whole numbers, decimals, times, texts; lists and objects are left out', async () => {
  const day = new Date('2026-01-02T10:00:00.123Z');
  const rows = 3_000;
  const many = <T>(value: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => value(i));
  const packed = parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: 8 },
      { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
      { name: 'name', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'price', type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 18, repetition_type: 'REQUIRED' },
      { name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
      { name: 'on', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
      { name: 'rate', type: 'FLOAT', repetition_type: 'REQUIRED' },
      { name: 'gift', type: 'BOOLEAN', repetition_type: 'REQUIRED' },
      { name: 'tags', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    ],
    columnData: [
      { name: 'id', data: many((i) => 9_007_199_254_740_993n + BigInt(i)) },
      { name: 'name', data: many((i) => (i === 1 ? undefined : `name "${i}"`)) },
      { name: 'price', data: many(() => -0.07) },
      { name: 'at', data: many(() => day) },
      { name: 'on', data: many(() => day) },
      { name: 'rate', data: many(() => 2.55) },
      { name: 'gift', data: many((i) => i % 2 === 0) },
      { name: 'tags', data: many(() => ['a', 'b']) },
    ],
    rowGroupSize: 1_000,
    pageSize: 2_000,
  });
  const { origin, table } = await read(Buffer.from(packed));
  expect(origin).toEqual({ packed: ['parquet'], others: [], leftOut: ['tags'], header: true });
  const lines = table.split('\n');
  expect(lines.slice(0, 3)).toEqual([
    'id,name,price,at,on,rate,gift',
    '9007199254740993,"name ""0""",-0.07,2026-01-02T10:00:00.123Z,2026-01-02,2.55,true',
    '9007199254740994,,-0.07,2026-01-02T10:00:00.123Z,2026-01-02,2.55,false',
  ]);
  expect(lines[rows]).toMatch(/^9007199254743992,"name ""2999"""/);
  expect(lines).toHaveLength(rows + 2);

  const broken = Buffer.from(packed);
  broken.fill(7, broken.length - 300, broken.length - 100);
  expect(await refused(broken)).toContain('a Parquet file, but it is damaged');
  expect(await refused(Buffer.from(packed.slice(0, 5_000)))).toContain('a Parquet file, but it is damaged');
  const pages = Buffer.from(packed);
  pages.fill(0xff, 4, 2_000);
  expect(await refused(pages)).toMatch(/it is damaged|pages that are too large/);
});

test('[IM18] a small file that asks for much work is refused in words', async () => {
  const tiny = Array.from({ length: 100 }, () => Buffer.from('a'));
  expect(await refused(frame(25, ...tiny))).toBe('The zstd archive is of blocks that are too small.');
  const deep = `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`;
  expect(await refused(await workbookOf({ sheets: { A: deep } }))).toBe('The workbook nests its parts too deep.');
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`${i}.csv`, 'a\n']));
  expect((await read(await zipOf(many), '7.csv')).origin.others).toHaveLength(100);
  const schema = [
    { name: 'root', num_children: 1 },
    { name: 't', type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const, repetition_type: 'REQUIRED' as const },
  ];
  const long = parquetWriteBuffer({ schema, columnData: [{ name: 't', data: ['x'.repeat(1_000_001)] }] });
  expect(await refused(Buffer.from(long))).toBe('The Parquet file holds a text that is too long.');
});

test('[IM18] lists of parts and of sheets end somewhere, and a footer that is too long is not read', async () => {
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const book = (parts: string, sheets: string) =>
    zipOf({
      '[Content_Types].xml': '<Types/>',
      'xl/workbook.xml': `<workbook xmlns:r="${relations}"><sheets>${sheets}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships>${parts}</Relationships>`,
    });
  expect(await refused(await book('<Relationship/>'.repeat(10_001), ''))).toContain('a list of its parts');
  const one = `<Relationship Id="a" Type="${relations}/worksheet" Target="a.xml"/>`;
  const sheets = Array.from({ length: 10_001 }, (_, i) => `<sheet name="${i}" r:id="a"/>`).join('');
  expect(await refused(await book(one, sheets))).toContain('a list of sheets');

  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(4_500_000);
  tail.write('PAR1', 4, 'latin1');
  await files.put('packed', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(5_000_000), tail]));
  const asked: number[] = [];
  const counted: Files = {
    ...files,
    open: (name, from = 0, to = Number.POSITIVE_INFINITY) => {
      asked.push(to - from);
      return files.open(name, from, to);
    },
  };
  await expect(parquetTable(counted, 'packed')).rejects.toThrow('a Parquet file, but it is damaged');
  expect(asked).toEqual([8]);
});

test('[IM17] a workbook with a password is refused in words', async () => {
  const locked = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)]);
  const limits = { kinds: IMPORTABLE, maxBytes: 1_000, otherwise: { mend: 'Send CSV.', code: 'file-no-text' } };
  const source = (async function* () {
    yield* await Promise.resolve([locked]);
  })();
  await expect(receive(files, 'locked', source, limits)).rejects.toThrow('one with a password');
  expect(await refused(gzipSync(locked))).toContain('one with a password');
});

test('[IM17] what nobody reads of a file is let go of', async () => {
  let open = true;
  const source = (async function* () {
    try {
      for (;;) yield await Promise.resolve(Buffer.from('a,b\n'));
    } finally {
      open = false;
    }
  })();
  const { head, release } = await peek(source, 4);
  expect(String(head)).toBe('a,b\n');
  await release();
  expect(open).toBe(false);
});
