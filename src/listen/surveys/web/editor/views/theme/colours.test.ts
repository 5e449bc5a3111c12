import { integer, seeded } from '@touchstone/domain/random';
import { expect, test } from 'vitest';
import { checksOf, nearestGood } from './colours.ts';

test('[SQ44] contrast is worked out as WCAG has it, and the nearest colours that pass are offered', () => {
  const ratios = (accent: string, background: string) =>
    checksOf({ accent, background }).map(({ ratio }) => Math.round(ratio * 100) / 100);
  // Published examples: black on white 21:1, #767676 on white 4.54:1.
  expect(ratios('#000000', '#ffffff').slice(1)).toEqual([21, 21]);
  expect(checksOf({ accent: '#767676', background: '#ffffff' })[1]).toMatchObject({
    ratio: expect.closeTo(4.54, 2),
    passes: true,
  });
  expect(checksOf({ accent: '#777777', background: '#ffffff' })[1]).toMatchObject({ passes: false, needed: 4.5 });
  // What is good already stays.
  expect(nearestGood({ accent: '#0f766e', background: '#faf8f4' })).toEqual({
    accent: '#0f766e',
    background: '#faf8f4',
  });
  const random = seeded('colours');
  const colour = (): string => `#${integer(random, 0, 0xffffff).toString(16).padStart(6, '0')}`;
  for (let i = 0; i < 200; i++) {
    const offered = nearestGood({ accent: colour(), background: colour() });
    expect(offered === undefined ? [] : checksOf(offered).map(({ passes }) => passes)).toEqual([true, true, true]);
  }
});
