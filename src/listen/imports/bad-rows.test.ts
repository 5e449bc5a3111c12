import { expect, test } from 'vitest';
import { sentenceOf } from './bad-rows.ts';

test('[IM7] every reason is a sentence', () => {
  const said = (reason: string, expected = '') => sentenceOf({ reason, column: 'c', value: 'v', expected });
  expect(said('not-a-date', 'ymd')).toBe('c: "v" is no time written as year-month-day');
  expect(said('out-of-scale', '1–5')).toBe('c: "v" is outside the scale 1–5');
  expect(said('encoding')).toBe("the row is written in another encoding than the file's");
  expect(sentenceOf({ reason: 'too-long', column: '', value: '' })).toBe('the row is longer than 1,000,000 bytes');
});
