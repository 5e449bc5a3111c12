import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { integer, pick, seeded } from '../random/index.ts';
import {
  brokenHeader,
  DELIMITERS,
  looksNdjson,
  namedDelimiter,
  type RawRecord,
  RecordReader,
  sniffDelimiter,
  type TextFormat,
} from './index.ts';

const CSV: TextFormat = { kind: 'csv', delimiter: ',', encoding: 'utf-8' };

function readAll(text: string, format: TextFormat = CSV, block = 7, maxRecordBytes = 1_000_000): RawRecord[] {
  const binary = Buffer.from(text).toString('latin1');
  const reader = new RecordReader(format, { maxRecordBytes });
  const records: RawRecord[] = [];
  for (let at = 0; at < binary.length; at += block) records.push(...reader.push(binary.slice(at, at + block)));
  return [...records, ...reader.push('', true)];
}

describe('reader', () => {
  test('[TB1] lines, quotes, line breaks in quotes, and where each record ends', () => {
    const text = 'a,b\r\n"1 ""x""","two\nlines"\r\n\r\nž,\n';
    for (const block of [1, 2, 3, 1000]) {
      const records = readAll(text, CSV, block);
      expect(records.map((r) => r.cells)).toEqual([
        ['a', 'b'],
        ['1 "x"', 'two\nlines'],
        ['ž', ''],
      ]);
      expect(records.map((r) => r.line)).toEqual([1, 2, 5]);
      const second = records[1];
      const rest = Buffer.from(text).subarray(second?.end ?? 0);
      const again = new RecordReader(CSV, { offset: second?.end ?? 0, line: second?.nextLine ?? 0 });
      expect(again.push(rest.toString('latin1'), true)).toEqual(records.slice(2));
    }
  });

  test('[TB1] random tables are read as csv-parse reads them, whatever the blocks', () => {
    const random = seeded(42);
    const pieces = ['a', 'ž', '1,5', '"', '\n', '\r\n', ' ', ';', 'long text', ''];
    for (let round = 0; round < 150; round++) {
      const delimiter = pick(random, DELIMITERS);
      const end = pick(random, ['\n', '\r\n']);
      const width = integer(random, 2, 5);
      const rows = Array.from({ length: 8 }, () =>
        Array.from({ length: width }, () => pick(random, pieces) + pick(random, pieces) + pick(random, pieces)),
      );
      const written = rows
        .map((row) => row.map((c) => (/["\r\n,;\t|]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(delimiter))
        .join(end);
      const theirs: string[][] = parse(written, { delimiter, relax_column_count: true, skip_empty_lines: true });
      const ours = readAll(written, { ...CSV, delimiter }, integer(random, 1, 9));
      expect(ours.map((r) => r.cells)).toEqual(theirs);
    }
  });

  test('[TB2] a broken row costs its own line, the rows after it go in', () => {
    const records = readAll('a,b\n1,x"y\n2,ok\n"3"z,1\n4,ok\n5,"open\n6,ok\n');
    expect(records.map((r) => [r.line, r.fault ?? r.cells.join('|')])).toEqual([
      [1, 'a|b'],
      [2, 'stray-quote'],
      [3, '2|ok'],
      [4, 'after-quote'],
      [5, '4|ok'],
      [6, 'open-quote'],
      [7, '6|ok'],
    ]);
    expect(records[1]?.excerpt).toBe('1,x"y');
  });

  test('[TB2] a row in another encoding is named by its line', () => {
    const bytes = Buffer.concat([Buffer.from('a\nčas\n'), Buffer.from([0xe8, 0x61, 0x73, 0x0a]), Buffer.from('ok\n')]);
    const records = new RecordReader(CSV).push(bytes.toString('latin1'), true);
    expect(records.map((r) => r.fault ?? r.cells[0])).toEqual(['a', 'čas', 'encoding', 'ok']);
    expect(records[2]?.line).toBe(3);
  });

  test('[TB2] a row of UTF-8 among single bytes is named by its line; chance sequences are none', () => {
    const format = { ...CSV, encoding: 'windows-1250' } as const;
    const single = (text: string) => Buffer.from(text, 'latin1');
    const bytes = Buffer.concat([
      single('what,colour\n'),
      single('\xe8as,\x9eena\n'),
      Buffer.from('čas,žena\n'),
      // PÓŁKA,RÓŻOWA: each pair of letters is a sequence of UTF-8 too.
      single('P\xd3\xa3KA,R\xd3\xafOWA\n'),
      Buffer.from('ok,č\n'),
    ]);
    const records = new RecordReader(format).push(bytes.toString('latin1'), true);
    expect(records.map((r) => r.fault ?? r.cells.join())).toEqual([
      'what,colour',
      'čas,žena',
      'encoding',
      'PÓŁKA,RÓŻOWA',
      'ok,ÄŤ',
    ]);
    expect(records[2]?.line).toBe(3);
  });

  test('[TB2] a line of 100 MB is named once and memory stays flat', () => {
    const reader = new RecordReader(CSV);
    const block = 'x'.repeat(256_000);
    const records: RawRecord[] = reader.push('a,b\n');
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 400; i++) records.push(...reader.push(block));
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(40_000_000);
    records.push(...reader.push('\n1,2\n', true));
    expect(records.map((r) => [r.line, r.fault ?? r.cells.join('|')])).toEqual([
      [1, 'a|b'],
      [2, 'too-long'],
      [3, '1|2'],
    ]);
    const endless = readAll(`a\n"${'y'.repeat(500)}\nz\n`, CSV, 50, 100);
    expect(endless.map((r) => r.fault ?? r.cells[0])).toEqual(['a', 'too-long', 'z']);
  });

  test('[TB4] the delimiter and JSON per line', () => {
    expect(sniffDelimiter('a;b;c\n1,5;2;3\n')).toBe(';');
    expect(sniffDelimiter('a\tb\nx, y\tz\n')).toBe('\t');
    expect(sniffDelimiter('a|b\n"x|y"|z\n')).toBe('|');
    for (const d of DELIMITERS) expect(sniffDelimiter(`at${d}what\n10:30:00${d}late\n11:15:00${d}fine\n`)).toBe(d);
    expect(sniffDelimiter('opened at\n10:30\n11:15\n')).toBe(',');
    expect(sniffDelimiter('only one\ncolumn\n')).toBe(',');
    expect(sniffDelimiter(Buffer.from('ime;žena\nčaša;šč\n').toString('latin1'))).toBe(';');
    expect(looksNdjson('{"a":1}\n{"a":2}\n')).toBe(true);
    expect(looksNdjson('a,b\n{x},2\n')).toBe(false);
  });

  test('[TB4] [TB11] JSON per line is cut into lines', () => {
    const records = readAll('{"a":1}\r\n\n{"a":2}', { kind: 'ndjson', encoding: 'utf-8' }, 4);
    expect(records.map((r) => [r.line, r.cells[0]])).toEqual([
      [1, '{"a":1}'],
      [3, '{"a":2}'],
    ]);
  });
});

test('[TB2] a row that holds a NUL costs its own line only', () => {
  const rows = readAll('a,b\n1,x\0y\n2,z\n');
  expect(rows.map((r) => r.fault ?? r.cells)).toEqual([['a', 'b'], 'nul', ['2', 'z']]);
  expect(rows[1]?.excerpt).toBe('1 x\ufffdy');
});

test('[TB4] a first line that names the delimiter, and a header with a stray mark', () => {
  expect(namedDelimiter('sep=;\r\na;b\r\n')).toBe(';');
  expect(namedDelimiter('sep=^\na^b\n')).toBe('^');
  expect(namedDelimiter('separator;b\n')).toBeNull();
  expect(namedDelimiter('sep=x\na;b\n')).toBeNull();
  expect(sniffDelimiter('id;na"me;date\n1;x, y;2026-01-01\n2;z, w;2026-01-02\n')).toBe(';');
  expect(brokenHeader('id;na"me;"date\n1;x;2026-01-01\n', ';', 'utf-8')).toEqual(['id', 'name', 'date']);
  expect(brokenHeader('1;a "b";2026-01-01\n', ';', 'utf-8')).toBeNull();
});
