import { expect, test } from 'vitest';
import { askedOf, coveredInPart, homeQuestion, usualQuestion } from './asked-period.ts';

const known = { from: '2026-01-10', to: '2026-06-30' };
const scope = { from: undefined, to: undefined, filter: undefined, compare: 'year' } as const;

test('[MW11] a period is compared as the reader chose, all time with nothing', () => {
  const outside = { facts: 2, from: '1970-01-01', to: '2026-06-30' };
  expect(askedOf(scope, known, outside)).toEqual({
    from: '2026-01-10',
    to: '2026-07-01',
    filter: '',
    allTime: true,
    compare: 'none',
    against: undefined,
    outside,
  });
  expect(askedOf({ ...scope, from: '2026-04-01' }, known, outside)).toMatchObject({
    from: '2026-04-01',
    to: '2026-07-01',
    compare: 'year',
    against: { from: '2025-04-01', to: '2025-07-01' },
    outside: null,
  });
});

test('[MW11] of the usual period nothing is asked but that, so that its days need not be known before', () => {
  const usual = usualQuestion({ filter: 'channel:web' });
  expect(usual).toEqual({ filter: 'channel:web', compare: 'previous' });
  expect(homeQuestion(askedOf({ ...scope, from: '2026-04-01' }, known, null, usual))).toBe(usual);
  expect(usualQuestion({ period: 'all' })).toBeUndefined();
  expect(homeQuestion(askedOf(scope, known, null))).toMatchObject({
    from: '2026-01-10',
    to: '2026-07-01',
    compare: 'none',
  });
});

test('[MW11] days before the data began are in no comparison, and that is said', () => {
  const against = (from: string, to: string) => coveredInPart(known, { from, to });
  expect(against('2025-10-01', '2026-04-01')).toBe(true);
  expect(against('2026-01-10', '2026-04-01')).toBe(false);
  expect(against('2025-04-01', '2026-01-01')).toBe(false);
});
