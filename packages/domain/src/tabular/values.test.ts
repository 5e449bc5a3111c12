import { describe, expect, test } from 'vitest';
import {
  binaryKind,
  type DateFormat,
  detectEncoding,
  factsTime,
  flattenObject,
  guessDateFormat,
  guessDecimalMark,
  parseDate,
  parseDecimal,
  profileColumn,
  RowMapper,
  toInstantMs,
} from './index.ts';

const read = (cell: string, format: DateFormat, zone = 'UTC'): string | null => {
  const time = parseDate(cell, format);
  return time === null ? null : factsTime(toInstantMs(time, zone)).slice(0, 19);
};

describe('encoding', () => {
  test('[TB3] marks, UTF-16, UTF-8 and five single-byte alphabets', () => {
    const polish = 'Zażółć gęślą jaźń, dziękuję za szybką dostawę';
    const bytes: Readonly<Record<string, number[]>> = {
      // The same sentence in each alphabet, written out because no encoder but UTF-8's comes with the platform.
      'windows-1250': [...'Za\xbf\xf3\xb3\xe6 g\xea\x9cl\xb9 ja\x9f\xf1, ku\xe8a \x9aola \x9eivljenje'].map((c) =>
        c.charCodeAt(0),
      ),
      'iso-8859-2': [...'Za\xbf\xf3\xb3\xe6 g\xea\xb6l\xb1 ja\xbc\xf1, ku\xe8a \xb9ola \xbeivljenje'].map((c) =>
        c.charCodeAt(0),
      ),
      'windows-1251': [
        ...'\xce\xf2\xeb\xe8\xf7\xed\xe0\xff \xe4\xee\xf1\xf2\xe0\xe2\xea\xe0, \xf1\xef\xe0\xf1\xe8\xe1\xee',
      ].map((c) => c.charCodeAt(0)),
      'windows-1252': [...'N\xe3o gostei, cora\xe7\xe3o, \xe9 \xf3timo, Gr\xfc\xdfe aus M\xfcnchen'].map((c) =>
        c.charCodeAt(0),
      ),
      // "The quality was excellent, with thanks".
      'windows-1256': [...'\x98\xed\xdd\xed\xca \xda\xc7\xe1\xed \xc8\xe6\xcf\xa1 \xc8\xc7 \xd3\xc8\xc7\xd3'].map((c) =>
        c.charCodeAt(0),
      ),
    };
    for (const [name, of] of Object.entries(bytes)) {
      expect(detectEncoding(Uint8Array.from(of)), name).toMatchObject({ encoding: name, certain: false });
    }
    // As many letters in Cyrillic, which stand in no word of Latin ones.
    expect(detectEncoding(Buffer.from('M\xfcller, sch\xf6n', 'latin1')).encoding).toBe('windows-1252');
    const utf8 = new TextEncoder().encode(polish);
    expect(detectEncoding(utf8)).toEqual({ encoding: 'utf-8', bom: 0, certain: true });
    expect(detectEncoding(Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]))).toEqual({
      encoding: 'utf-8',
      bom: 3,
      certain: true,
    });
    const wide = Uint8Array.from([...polish].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]));
    expect(detectEncoding(wide).encoding).toBe('utf-16le');
    expect(detectEncoding(Uint8Array.from([0xff, 0xfe, ...wide]))).toEqual({
      encoding: 'utf-16le',
      bom: 2,
      certain: true,
    });
  });

  test('[TB3] what is no text is called what it is', () => {
    expect(binaryKind(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toBe('a zip archive or an Excel workbook');
    expect(binaryKind(Uint8Array.from([0x1f, 0x8b, 8, 0]))).toBe('a gzip archive');
    expect(binaryKind(Uint8Array.from([97, 44, 0, 1, 2, 3, 44, 98, 200]))).toBe('binary data');
    expect(binaryKind(new TextEncoder().encode('a,b\nž,ć\n'))).toBeNull();
    expect(binaryKind(new TextEncoder().encode('a\u0001b\n1\u00012\n'))).toBeNull();
    expect(binaryKind(new TextEncoder().encode('a\u0002b\n1\u00022\n'))).toBe('binary data');
  });
});

describe('times', () => {
  test('[TB5] every way of writing one', () => {
    expect(read('2026-11-22', 'ymd')).toBe('2026-11-22 00:00:00');
    expect(read('2026/1/2 9:05', 'ymd')).toBe('2026-01-02 09:05:00');
    expect(read('2026-11-22T09:30:00.5Z', 'ymd')).toBe('2026-11-22 09:30:00');
    expect(read('2026-11-22T09:30:00+03:30', 'ymd')).toBe('2026-11-22 06:00:00');
    expect(read('2018-07-29 13:54:51', 'ymd', 'America/Sao_Paulo')).toBe('2018-07-29 16:54:51');
    expect(read('22.11.2026 9:30', 'dmy')).toBe('2026-11-22 09:30:00');
    expect(read('22. 11. 2026', 'dmy')).toBe('2026-11-22 00:00:00');
    expect(read('11/22/26 9:30 PM', 'mdy')).toBe('2026-11-22 21:30:00');
    expect(read('22 Nov 2026', 'named')).toBe('2026-11-22 00:00:00');
    expect(read('November 22, 2026', 'named')).toBe('2026-11-22 00:00:00');
    expect(read('22 ноября 2026', 'named')).toBe('2026-11-22 00:00:00');
    expect(read('20261122T0930', 'compact')).toBe('2026-11-22 09:30:00');
    expect(read('1795339800', 'unix')).toBe('2026-11-22 09:30:00');
    expect(read('1795339800000', 'unix-ms')).toBe('2026-11-22 09:30:00');
    expect(read('۲۰۲۶-۱۱-۲۲', 'ymd')).toBe('2026-11-22 00:00:00');
  });

  test('[TB5] an impossible day is none', () => {
    const none: [string, DateFormat][] = [
      ['2026-02-30', 'ymd'],
      ['2026-13-01', 'ymd'],
      ['2026-01-01 24:00:00', 'ymd'],
      ['31.04.2026', 'dmy'],
      ['11/22/2026', 'dmy'],
      ['22 Nothing 2026', 'named'],
      ['yesterday', 'ymd'],
    ];
    for (const [cell, format] of none) expect(parseDate(cell, format), cell).toBeNull();
  });

  test('[TB6] the format of most cells wins; where none is that of most it says so', () => {
    expect(guessDateFormat(['01.02.2026', '13.02.2026'])).toMatchObject({ format: 'dmy', ambiguous: false, share: 1 });
    expect(guessDateFormat(['01/02/2026', '02/13/2026'])).toMatchObject({ format: 'mdy', ambiguous: false });
    expect(guessDateFormat(['01/02/2026', '03/04/2026'])).toMatchObject({ format: 'dmy', ambiguous: true });
    expect(guessDateFormat(['01/02/2026', '03/04/2026'], 'mdy')).toMatchObject({ format: 'mdy', ambiguous: true });
    const most = guessDateFormat(['2026-01-01', '2026-01-02', '2026-01-03', '22.11.2026', 'Nov 5, 2026']);
    expect(most).toMatchObject({ format: 'ymd', share: 0.6 });
    expect(most.others).toEqual([
      { format: 'dmy', cells: 1 },
      { format: 'named', cells: 1 },
    ]);
    expect(guessDateFormat(['2026-01-01', '22.11.2026', 'Nov 5, 2026']).format).toBeNull();
    // Half of the cells is enough where the column's name says so, and no other format reads as many.
    const half = ['2026-01-01', 'soon', '2026-01-03', 'later'];
    expect(guessDateFormat(half).format).toBeNull();
    expect(guessDateFormat(half, 'dmy', true)).toMatchObject({ format: 'ymd', share: 0.5 });
    expect(guessDateFormat(['01.02.2026', 'soon'], 'dmy', true)).toMatchObject({ format: 'dmy', ambiguous: true });
    expect(guessDateFormat(['2026-01-01', '22.11.2026'], 'dmy', true).format).toBeNull();
  });
});

describe('numbers', () => {
  test('[TB7] either decimal mark, thousands, money, minus signs, Persian digits', () => {
    expect(parseDecimal('1,234.56', '.')).toBe('1234.56');
    expect(parseDecimal('1.234,56 €', ',')).toBe('1234.56');
    expect(parseDecimal('1 234,50 zł', ',')).toBe('1234.50');
    expect(parseDecimal('R$ 99,90', ',')).toBe('99.90');
    expect(parseDecimal('$1,000', '.')).toBe('1000');
    expect(parseDecimal('(12.5)', '.')).toBe('-12.5');
    expect(parseDecimal('۱۲۳٫۴۵', '.')).toBe('123.45');
    expect(parseDecimal('1e3', '.')).toBe('1000');
    for (const none of ['', '-', 'abc', '12%', '1.2.3', '1,2,3', '12 apples']) {
      expect(parseDecimal(none, '.'), none).toBeNull();
    }
    expect(guessDecimalMark(['1,5', '12,50'])).toBe(',');
    expect(guessDecimalMark(['1.5', '12'])).toBe('.');
    expect(guessDecimalMark(['1,000', '2,500.50'])).toBe('.');
    expect(guessDecimalMark(['1.000,5', '2'])).toBe(',');
    expect(guessDecimalMark(['x', 'y', '1'])).toBeNull();
  });

  test('[TB8] what a column looks like', () => {
    const kind = (name: string, cells: string[]): string => profileColumn(name, cells).kind;
    expect(kind('mail', ['a@b.com', 'c@d.org'])).toBe('email');
    expect(kind('active', ['yes', 'no'])).toBe('boolean');
    expect(kind('n', ['1', '2', '', 'NULL'])).toBe('number');
    expect(kind('when', ['2026-01-01', '2026-01-02'])).toBe('date');
    expect(kind('nothing', ['', 'NaN'])).toBe('empty');
    expect(kind('code', ['a1', 'b2'])).toBe('id');
    expect(profileColumn('n', ['3', '1', '5']).range).toEqual([1, 5]);
  });
});

describe('rows', () => {
  const mapper = new RowMapper(
    'feedback',
    {
      columns: {
        id: { field: 'response_id' },
        score: { field: 'score' },
        said: { field: 'text' },
        on: { field: 'at', format: 'dmy' },
        zip: { field: 'property', name: 'zip' },
        weight: { field: 'property', name: 'weight', decimal: ',' },
      },
      key: ['id'],
      scale: { min: 1, max: 5 },
    },
    ['id', 'score', 'said', 'on', 'zip', 'weight', 'unmapped'],
    { zone: 'Europe/Warsaw', latestMs: Date.parse('2026-11-23T00:00:00Z') },
  );

  test('[TB10] a good row in canonical words', () => {
    expect(mapper.map(['17.0', '4', ' fine ', '22.11.2026 10:00', '01310', '1,5', 'x'])).toEqual({
      fields: { response_id: '17', score: '4', text: 'fine', at: '2026-11-22 09:00:00.000' },
      props: { zip: '01310', weight: 1.5 },
    });
    expect(mapper.map(['1', '4', 'NULL', '22.11.2026', '', '', ''])).toMatchObject({ props: {} });
  });

  test('[TB10] everything that is wrong with a row is named', () => {
    expect(mapper.map(['1', '7', '', '2026-11-22', '', '', ''])).toEqual([
      { reason: 'out-of-scale', column: 'score', value: '7', expected: '1–5' },
      { reason: 'not-a-date', column: 'on', value: '2026-11-22', expected: 'dmy' },
    ]);
    expect(mapper.map(['1', 'x', '', '', '', '', ''])).toMatchObject([
      { reason: 'not-a-number', column: 'score' },
      { reason: 'missing', column: 'at' },
    ]);
    expect(mapper.map(['1', '4', '', '31.12.1979', '', '', ''])).toMatchObject([{ reason: 'too-early' }]);
    expect(mapper.map(['1', '4', '', '01.01.2999', '', '', ''])).toMatchObject([{ reason: 'too-late' }]);
    expect(mapper.map(['1', '4'])).toEqual([{ reason: 'cell-count', column: '', value: '2', expected: '7' }]);
  });

  test('[TB10] an amount keeps four places, rounded digit by digit, and what none holds is named', () => {
    const columns = { o: { field: 'order_id' }, v: { field: 'value' } };
    const orders = new RowMapper('orders', { columns, key: ['o'] }, ['o', 'v'], { zone: 'UTC', latestMs: 0 });
    const amounts = {
      '12.5': '12.5',
      '33.33335': '33.3334',
      '-33.33334': '-33.3333',
      '0.00004': '0.0000',
      '12345678901234.56789': '12345678901234.5679',
      '99999999999999.9999': '99999999999999.9999',
    };
    for (const [cell, value] of Object.entries(amounts)) {
      expect(orders.map(['1', cell])).toMatchObject({ fields: { value } });
    }
    for (const cell of ['99999999999999.99995', '123456789012345']) {
      expect(orders.map(['1', cell])).toMatchObject([{ reason: 'not-a-number', column: 'v' }]);
    }
  });

  test('[TB10] a promised day is a day, whatever its time; with an offset it is the day of the zone', () => {
    const columns = { o: { field: 'order_id' }, p: { field: 'promised', format: 'ymd' as const } };
    const orders = new RowMapper('orders', { columns, key: ['o'] }, ['o', 'p'], {
      zone: 'America/Sao_Paulo',
      latestMs: Date.parse('2026-11-23T00:00:00Z'),
    });
    expect(orders.map(['1', '2018-09-03 00:00:00'])).toMatchObject({ fields: { promised: '2018-09-03' } });
    expect(orders.map(['1', '2018-09-03T01:00:00Z'])).toMatchObject({ fields: { promised: '2018-09-02' } });
  });

  test('[TB11] JSON lies flat', () => {
    expect(flattenObject({ a: 1, b: { c: 'x', d: null, e: { f: true } }, g: [1, 2] })).toEqual({
      a: '1',
      'b.c': 'x',
      'b.e.f': 'true',
      g: '[1,2]',
    });
    expect(flattenObject({ 'a\ud800': 'x\udc00 y', whole: '🙂' })).toEqual({ 'a\ufffd': 'x\ufffd y', whole: '🙂' });
  });
});
