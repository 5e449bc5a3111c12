import { expect, test } from 'vitest';
import { csvCell, sentenceOf } from './errors-csv.ts';

test('[IM7] cells that a spreadsheet would take for formulas are made text, numbers stay', () => {
  expect(['=1+1', '+cmd', '-cmd', '@x', '-5', '+3,5', 'a,b', 'a"b', 'plain'].map(csvCell)).toEqual([
    "'=1+1",
    "'+cmd",
    "'-cmd",
    "'@x",
    '-5',
    '"+3,5"',
    '"a,b"',
    '"a""b"',
    'plain',
  ]);
  expect(['\n=1', '＝1+1', '＠x'].map(csvCell)).toEqual(['"\'\n=1"', "'＝1+1", "'＠x"]);
});

test('[IM7] every reason is a sentence', () => {
  const said = (reason: string, expected = '') => sentenceOf({ reason, column: 'c', value: 'v', expected });
  expect(said('not-a-date', 'ymd')).toBe('c: "v" is no time written as year-month-day');
  expect(said('out-of-scale', '1–5')).toBe('c: "v" is outside the scale 1–5');
  expect(said('encoding')).toBe("the row is written in another encoding than the file's");
  expect(sentenceOf({ reason: 'too-long', column: '', value: '' })).toBe('the row is longer than 1,000,000 bytes');
});
