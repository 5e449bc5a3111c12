import { expect, test } from 'vitest';
import { inWords, makeFill } from './fill.ts';

test('[WB30] a message takes the plural of its count, its values once, and its key where it has no words', () => {
  const pl = makeFill('pl', {
    'x.rows_one': '{{count}} wiersz',
    'x.rows_few': '{{count}} wiersze',
    'x.rows_many': '{{count}} wierszy',
    'x.rows_other': '{{count}} wiersza',
    'x.rows_zero': 'Nic',
    'x.plain': '{{name}}: {{count}}',
  });
  const said = [0, 1, 3, 5, 22, 1.5].map((count) => pl('x.rows', count, { count: String(count) }));
  expect(said).toEqual(['Nic', '1 wiersz', '3 wiersze', '5 wierszy', '22 wiersze', '1.5 wiersza']);
  expect(pl('x.plain', 2, { name: '{{count}} $& x', count: '2' })).toBe('{{count}} $& x: 2');
  expect(pl('x.plain', undefined, { name: 'a' })).toBe('a: {{count}}');
  expect(pl('x.none', 1)).toBe('x.none');
  // Languages with one form for most counts, and with a dual.
  const fa = makeFill('fa', { a_one: 'یک', a_other: 'چند' });
  expect([0, 1, 2].map((count) => fa('a', count))).toEqual(['یک', 'یک', 'چند']);
  const sl = makeFill('sl', { a_one: '1', a_two: '2', a_few: '3', a_other: '5' });
  expect([1, 2, 3, 4, 5, 101, 102].map((count) => sl('a', count))).toEqual(['1', '2', '3', '3', '5', '1', '2']);
  expect(inWords({ n: 1_234, name: 'x' }, (value) => `<${value}>`)).toEqual({ n: '<1234>', name: 'x' });
});
