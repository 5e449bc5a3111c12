import { expect, test } from 'vitest';
import { askedOf } from './asked-period.ts';

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
