import { expect, test } from 'vitest';
import { heatOf } from './heat-scale.ts';
import { initialsOf } from './person-chip.tsx';

test('[WB19] a heat table shades in even steps, and to either side of its middle alike', () => {
  const more = heatOf([0, 10], 'more');
  expect([0, 1.9, 2.1, 5, 7.9, 9, 10].map(more)).toEqual(['1', '1', '2', '3', '4', '5', '5']);
  expect(heatOf([7, 7], 'more')(7)).toBe('3');
  const around = heatOf([3, 4, 4.3], { around: 4 });
  expect([3, 3.4, 3.8, 4, 4.2, 4.4, 5].map(around)).toEqual([
    'worse-3',
    'worse-2',
    'worse-1',
    undefined,
    'better-1',
    'better-2',
    'better-3',
  ]);
  const late = heatOf([0.02, 0.1], { around: 0.06, lowerIsBetter: true });
  expect([late(0.02), late(0.1)]).toEqual(['better-3', 'worse-3']);
  expect(heatOf([], { around: 0 })(1)).toBe(undefined);
});

test('[WB19] a person is told by initials, a code by none', () => {
  expect(
    ['Sample Customer', 'ada@example.com', 'ada.b.example@example.com', 'مشتری نمونه', 'Żaneta', '9f2c4e7ab01d', 'o-1042', '+48 601', ''].map(initialsOf), // prettier-ignore
  ).toEqual(['S\u200cC', 'A', 'A\u200cE', 'م\u200cن', 'Ż', '#', '#', '#', '#']);
});
