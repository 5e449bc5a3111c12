import { buffer } from 'node:stream/consumers';
import { parquetReadObjects, parquetMetadata } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { unscaled } from './parquet.ts';
import type { Column, Table } from './table.ts';
import { written, type TableFormat } from './written.ts';
import { fitting, xlsxOf } from './xlsx.ts';
import { zipTexts } from '../../../../test/support/packed.ts';

interface Row {
  readonly id: string;
  readonly words: string | null;
  readonly score: number | null;
  readonly worth: string | null;
  readonly day: string | null;
  readonly at: string | null;
  readonly late: boolean | null;
  readonly more: unknown;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'id', kind: 'text', of: (r) => r.id },
  { name: 'words', kind: 'text', of: (r) => r.words },
  { name: 'score', kind: 'number', of: (r) => r.score },
  { name: 'worth', kind: 'decimal', of: (r) => r.worth },
  { name: 'day', kind: 'day', of: (r) => r.day },
  { name: 'at', kind: 'moment', of: (r) => r.at },
  { name: 'late', kind: 'boolean', of: (r) => r.late },
  { name: 'more', kind: 'json', of: (r) => r.more },
];
const NOTHING: Row = { id: '', words: null, score: null, worth: null, day: null, at: null, late: null, more: null };

async function* inBlocks<T>(...blocks: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  yield* blocks;
}

function tableOf(rows: AsyncIterable<readonly Row[]>, zone = 'UTC'): Table<Row> {
  return { name: 'rows', columns: COLUMNS, rows, zone };
}

function fileOf(rows: readonly Row[], format: TableFormat, bom = false, zone = 'UTC'): Promise<Buffer> {
  return buffer(written(tableOf(inBlocks(rows.slice(0, 1), rows.slice(1)), zone), format, bom));
}

async function readParquet(file: Buffer) {
  const bytes = new Uint8Array(file).buffer;
  return { rows: await parquetReadObjects({ file: bytes, compressors }), meta: parquetMetadata(bytes) };
}

const HARD: readonly Row[] = [
  { id: '00900719925474099312345', words: '=1+1', score: -0.5, worth: '-12.5000', day: '2026-11-22', at: '2026-11-22T10:00:00.250Z', late: true, more: { a: [1, 'ü'] } }, // prettier-ignore
  { id: '+4915112345678', words: 'a "b", c\r\nd\te', score: 1e21, worth: '99999999999999.9999', day: '1980-01-01', at: '1980-01-01T00:00:00.000Z', late: false, more: [] }, // prettier-ignore
  { id: 'ج۱', words: 'ارسال سریع\u200cتر ✓ 𝄞', score: 3, worth: '0.0001', day: null, at: null, late: null, more: 'ok' },
  { ...NOTHING, id: 'empty', words: '' },
];

test('[FL14] CSV is read by another reader as it was written, formulas made harmless', async () => {
  const file = (await fileOf(HARD, 'csv')).toString();
  const rows: unknown = parse(file, { columns: true });
  expect(rows).toEqual([
    { id: '00900719925474099312345', words: "'=1+1", score: '-0.5', worth: '-12.5000', day: '2026-11-22', at: '2026-11-22T10:00:00.250Z', late: 'true', more: '{"a":[1,"ü"]}' }, // prettier-ignore
    { id: '+4915112345678', words: 'a "b", c\r\nd\te', score: '1e+21', worth: '99999999999999.9999', day: '1980-01-01', at: '1980-01-01T00:00:00.000Z', late: 'false', more: '[]' }, // prettier-ignore
    { id: 'ج۱', words: 'ارسال سریع\u200cتر ✓ 𝄞', score: '3', worth: '0.0001', day: '', at: '', late: '', more: '"ok"' },
    { id: 'empty', words: '', score: '', worth: '', day: '', at: '', late: '', more: '' },
  ]);
  expect((await fileOf([], 'csv', true)).toString()).toBe('\uFEFFid,words,score,worth,day,at,late,more\r\n');
});

test('[FL14] NDJSON keeps kinds, nothing and every letter', async () => {
  const lines = (await fileOf(HARD, 'ndjson')).toString().trimEnd().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(HARD);
});

test('[FL14] Parquet is read by another reader with its types, to the digit', async () => {
  const { rows, meta } = await readParquet(await fileOf(HARD, 'parquet'));
  expect(rows.map((row) => row['id'])).toEqual(HARD.map((row) => row.id));
  // This reader makes doubles of decimals.
  expect(rows[0]).toEqual({ ...HARD[0], worth: expect.closeTo(-12.5), day: new Date('2026-11-22'), at: new Date('2026-11-22T10:00:00.250Z'), more: '{"a":[1,"ü"]}' }); // prettier-ignore
  expect(rows[2]).toMatchObject({ words: HARD[2]?.words, day: null, at: null, late: null });
  expect(rows[3]).toMatchObject({ words: '', score: null, worth: null, more: null });
  expect(meta.schema.slice(1).map((s) => [s.name, s.converted_type ?? s.type])).toEqual([
    ['id', 'UTF8'],
    ['words', 'UTF8'],
    ['score', 'DOUBLE'],
    ['worth', 'DECIMAL'],
    ['day', 'DATE'],
    ['at', 'TIMESTAMP_MILLIS'],
    ['late', 'BOOLEAN'],
    ['more', 'UTF8'],
  ]);
  expect(unscaled('-99999999999999.9999')).toBe(-999999999999999999n);
  expect(unscaled('1234567890123456789012345678901234.5')).toBe(12345678901234567890123456789012345000n);
  for (const lost of ['0.00001', '12345678901234567890123456789012345', '1e5', ''])
    expect(() => unscaled(lost)).toThrow('digits before the point');
});

test('[FL14] groups of rows of Parquet are bounded, by rows and by letters', async () => {
  const many = Array.from({ length: 5_200 }, (_, i) => ({ ...NOTHING, id: `r${i}` }));
  const { meta, rows } = await readParquet(await fileOf(many, 'parquet'));
  expect(meta.row_groups.map((g) => Number(g.num_rows))).toEqual([5_000, 200]);
  expect(rows.at(-1)).toMatchObject({ id: 'r5199' });
  // What is said of each group is held until the end of the file: no texts of theirs among it.
  const said = meta.row_groups.flatMap((g) => g.columns.map((c) => c.meta_data?.statistics));
  expect(new Set(said)).toEqual(new Set([undefined]));
  const wide = Array.from({ length: 6 }, (_, i) => ({ ...NOTHING, id: `r${i}`, words: 'x'.repeat(3_000_000) }));
  const { meta: few } = await readParquet(await fileOf(wide, 'parquet'));
  expect(few.row_groups.map((g) => Number(g.num_rows))).toEqual([3, 3]);
});

test('[FL15] a workbook has real dates in the clock of the zone, and ids and long numbers to the digit', async () => {
  const parts = await zipTexts(await fileOf(HARD, 'xlsx', false, 'Asia/Tehran'));
  expect(Object.keys(parts)[0]).toBe('[Content_Types].xml');
  const sheet = parts['xl/worksheets/sheet1.xml'] ?? '';
  const text = (at: string, words: string) => `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${words}</t></is></c>`; // prettier-ignore
  expect(sheet).toContain(text('A2', '00900719925474099312345'));
  expect(sheet).toContain(text('B2', '=1+1'));
  expect(sheet).toContain('<c r="D2"><v>-12.5000</v></c><c r="E2" s="1"><v>46348</v></c>');
  // 13:30:00.250 in Tehran.
  expect(sheet).toContain(`<c r="F2" s="2"><v>${46348 + 48_600_250 / 86_400_000}</v></c><c r="G2" t="b"><v>1</v></c>`);
  expect(sheet).toContain(text('B3', 'a &quot;b&quot;, c_x000D_\nd\te'));
  expect(sheet).toContain(text('D3', '99999999999999.9999'));
  expect(sheet).toContain(`<row r="5">${text('A5', 'empty')}</row></sheetData></worksheet>`);
});

test('[FL15] what no cell of a workbook can hold is written so that the rest can be read', async () => {
  const end = ' … [cut: 40000 characters]';
  const long = `${'x'.repeat(32_766 - end.length)}𝄞`.padEnd(40_000, 'y');
  expect(fitting(long)).toBe(`${'x'.repeat(32_766 - end.length)}${end}`);
  expect(fitting('x'.repeat(32_767))).toHaveLength(32_767);
  const odd = [
    { ...NOTHING, id: 'a\u0000b\u001f_x0041_\ud800c\uffff', day: '1850-06-01', at: '1900-02-28T00:00:00.000Z' },
    { ...NOTHING, id: long },
  ];
  const sheet = (await zipTexts(await fileOf(odd, 'xlsx')))['xl/worksheets/sheet1.xml'] ?? '';
  expect(sheet).toContain('>a_x0000_b_x001F__x005F_x0041_\ufffdc_xFFFF_<');
  expect(sheet).toContain('>1850-06-01<');
  expect(sheet).toContain('>1900-02-28T00:00:00.000Z<');
});

test('[FL15] rows that a sheet has no place for go on in the next, under the same head', async () => {
  const seven = Array.from({ length: 7 }, (_, i) => ({ ...NOTHING, id: `r${i}` }));
  const sheetsOf = async (rows: readonly Row[]) => {
    const parts = await zipTexts(await buffer(xlsxOf(tableOf(inBlocks(rows.slice(0, 4), rows.slice(4))), 4)));
    const names = [...(parts['xl/workbook.xml'] ?? '').matchAll(/<sheet name="([^"]+)"/g)].map((m) => m[1]);
    return names.map((name, i) => {
      const cells = [...(parts[`xl/worksheets/sheet${i + 1}.xml`] ?? '').matchAll(/<c r="A\d+"[^>]*><is><t[^>]*>([^<]*)/g)]; // prettier-ignore
      return [name, ...cells.map((m) => m[1])];
    });
  };
  expect(await sheetsOf(seven)).toEqual([
    ['rows', 'id', 'r0', 'r1', 'r2'],
    ['rows 2', 'id', 'r3', 'r4', 'r5'],
    ['rows 3', 'id', 'r6'],
  ]);
  expect(await sheetsOf(seven.slice(0, 6))).toHaveLength(2);
  expect(await sheetsOf([])).toEqual([['rows', 'id']]);
});

test.each(['csv', 'ndjson', 'xlsx', 'parquet'] as const)(
  '[FL16] %s: whoever takes no more ends the rows, and an error of theirs is thrown and nothing finished',
  async (format) => {
    const block = Array.from({ length: 500 }, (_, i) => ({ ...NOTHING, id: `r${i}`, words: String(Math.sin(i)) }));
    let read = 0;
    let closed = 0;
    async function* endless(): AsyncGenerator<readonly Row[]> {
      try {
        for (; ; read++) yield block;
      } finally {
        closed++;
      }
    }
    for await (const part of written(tableOf(endless()), format)) if (part.length > 0 && read > 0) break;
    expect(closed).toBe(1);
    // What waits in between is bounded.
    expect(read).toBeLessThan(100);

    async function* failing(): AsyncGenerator<readonly Row[]> {
      yield block;
      throw new Error('away');
    }
    const parts: Buffer[] = [];
    const all = (async () => {
      for await (const part of written(tableOf(failing()), format)) parts.push(Buffer.from(part));
    })();
    await expect(all).rejects.toThrow('away');
    const end = format === 'xlsx' ? 'PK\x05\x06' : 'PAR1';
    const body = Buffer.concat(parts).toString('latin1');
    expect(body.slice(4)).not.toContain(end);
  },
);
