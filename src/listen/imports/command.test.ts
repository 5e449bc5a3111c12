import { expect, test } from 'vitest';
import { overlay } from './command.ts';

test('[IM15] what a map file says stands in place of the guess; a field is no two columns', () => {
  const guess = {
    columns: {
      a: { field: 'at', format: 'ymd' as const },
      b: { field: 'property', name: 'b', format: 'dmy' as const },
      c: { field: 'score' },
    },
    key: ['a'],
  };
  expect(overlay(guess, { columns: { b: 'at', c: 'property:mark' } }, undefined)).toEqual({
    columns: {
      a: { field: 'property', name: 'a', format: 'ymd' },
      b: { field: 'at', name: 'b', format: 'dmy' },
      c: { field: 'property', name: 'mark' },
    },
    key: ['a'],
  });
  expect(overlay(guess, null, ['b', 'c']).key).toEqual(['b', 'c']);
});
