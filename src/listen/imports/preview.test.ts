import { expect, test } from 'vitest';
import { withoutMissing } from './preview.ts';

test('[IM2] what no column is mapped to is not told of at every row; what a row lacks or has wrong is', () => {
  const missing = (column: string) => ({ reason: 'missing' as const, column, value: '' });
  const wrong = { reason: 'not-a-number' as const, column: 'at', value: 'x' };
  const rows = [{ line: 2, values: {}, problems: [missing('at'), missing('score, text'), wrong] }];
  expect(withoutMissing(rows, ['at'])).toEqual([{ line: 2, values: {}, problems: [missing('score, text'), wrong] }]);
});
