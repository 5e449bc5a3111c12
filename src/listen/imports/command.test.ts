import { expect, test } from 'vitest';
import { reach } from '../../platform/cli/asking.ts';
import { encodingInWords, follow, mappingInWords, overlay } from './command.ts';

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

test('[IM15] the mapping is told, and that no column of orders is their time', () => {
  const order = { field: 'order_id' };
  const told = (kind: string, columns: Record<string, { field: string }>) =>
    mappingInWords(kind, { columns, key: ['Order'] }).join('\n');
  expect(told('orders', { Order: order, When: { field: 'property' } })).toContain(
    'no column says when an order was placed',
  );
  expect(told('orders', { Order: order, When: { field: 'placed' } })).not.toContain('no column says');
  expect(told('people', { Order: order })).not.toContain('no column says');
});

test('[IM15] an alphabet that is a guess is named', () => {
  expect(encodingInWords({ encoding: 'utf-8', encodingCertain: true })).toEqual([]);
  expect(encodingInWords({ encoding: 'windows-1256', encodingCertain: false }).join()).toContain('as windows-1256, a');
});

test('[IM15] when the server goes, it is said that the import goes on once it is back', async () => {
  // Nobody listens at port 1.
  const to = 'http://127.0.0.1:1';
  const gone = { to, request: (path: `/${string}`) => reach(to, path, {}), close: async () => undefined };
  await expect(follow(gone, 'imp_1')).rejects.toThrow(
    /^The server at http:\/\/127\.0\.0\.1:1 does not answer.*\. The import imp_1 goes on when it runs again: see Listen → Imports\.$/,
  );
});
