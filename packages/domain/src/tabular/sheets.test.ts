import { expect, test } from 'vitest';
import { csvLine, plainNumber, sheetColumn, sheetNumber, sheetText, sheetValue } from './index.ts';

test('[TB12] what a number of a spreadsheet stands for is told by its format', () => {
  const kinds = {
    'dd/mm/yyyy': 'date',
    'mmm-yy': 'date',
    '[$-409]d\\-mmm\\-yyyy;@': 'date',
    'yyyy\\-mm\\-dd\\ hh:mm:ss': 'datetime',
    'm/d/yyyy h:mm AM/PM': 'datetime',
    'h:mm': 'time',
    'mm:ss.0': 'time',
    '[h]:mm:ss': 'duration',
    General: 'number',
    '0.00%': 'number',
    '#,##0 "days"': 'number',
    '[Red]0.00': 'number',
    '0.00E+00': 'number',
    '@': 'number',
  };
  expect(Object.fromEntries(Object.keys(kinds).map((code) => [code, sheetNumber(164, code)]))).toEqual(kinds);
  expect([0, 2, 14, 20, 22, 45, 46, 49].map((id) => sheetNumber(id, undefined))).toEqual([
    'number',
    'number',
    'date',
    'time',
    'datetime',
    'time',
    'duration',
    'number',
  ]);
});

// Worked out by hand from the definition of both date systems (ECMA-376 part 1, 18.17.4.1).
test('[TB12] days are counted from 1900, with the day that never was, or from 1904', () => {
  const cases: [string, Parameters<typeof sheetValue>[1], boolean, string][] = [
    ['40513.3513888889', 'datetime', false, '2010-12-01 08:26:00'],
    ['40513', 'date', false, '2010-12-01'],
    ['40513.5', 'date', false, '2010-12-01 12:00:00'],
    ['1', 'date', false, '1900-01-01'],
    ['59', 'date', false, '1900-02-28'],
    ['60', 'date', false, '1900-02-29'],
    ['61', 'date', false, '1900-03-01'],
    ['0', 'date', true, '1904-01-01'],
    ['39051', 'date', true, '2010-12-01'],
    ['0.75', 'time', false, '18:00:00'],
    ['1.25', 'duration', false, '30:00:00'],
    ['40513.000005787', 'datetime', false, '2010-12-01 00:00:00.500'],
    ['-1', 'date', false, '-1'],
    ['3000000', 'date', false, '3000000'],
    ['text', 'date', false, 'text'],
  ];
  for (const [raw, kind, epoch1904, text] of cases) expect(sheetValue(raw, kind, epoch1904), raw).toBe(text);
});

test('[TB12] numbers are written as the spreadsheet shows them, whole ones to the digit', () => {
  const numbers = {
    '2.5499999999999998': '2.55',
    '0.30000000000000004': '0.3',
    '12345678901234567890': '12345678901234567890',
    '1E-7': '0.0000001',
    '1.5E+22': '15000000000000000000000',
    '-4.2E-8': '-0.000000042',
    '17850.0': '17850',
  };
  for (const [raw, text] of Object.entries(numbers)) expect(sheetValue(raw, 'number', false)).toBe(text);
  expect(plainNumber(1.25e21)).toBe('1250000000000000000000');
});

test('[TB12] names of columns, and letters that XML has none for', () => {
  expect(['A1', 'Z9', 'AA10', 'XFD1', 'a1', '12', 'AAAA1'].map(sheetColumn)).toEqual([
    0,
    25,
    26,
    16_383,
    null,
    null,
    null,
  ]);
  expect(sheetText('a_x000D_\nb_x005F_c')).toBe('a\r\nb_c');
  expect(csvLine(['a', 'b"c', 'd,e', 'f\ng', ''])).toBe('a,"b""c","d,e","f\ng",\n');
});
