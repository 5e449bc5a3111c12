import { usualPeriod } from '@touchstone/domain/calendar';
import { expect, test } from 'vitest';
import { usualOf } from './address.ts';

test('[WB1] a page whose address says no period has the usual one, all time where it says so', () => {
  const days = { from: '2024-01-01', to: '2026-01-01' };
  expect(usualOf(true, days, true)).toEqual(usualPeriod(days));
  expect(usualPeriod(days)).toBeDefined();
  expect(usualOf(true, undefined, false)).toBeUndefined();
  expect(usualOf(true, undefined, true)).toBeNull();
  expect(usualOf('allTime', days, true)).toBeNull();
  expect(usualOf('allTime', undefined, false)).toBeNull();
});
