import { expect, test } from 'vitest';
import { factsPeriod } from './exporting.ts';

test('[HS26] days of which nothing is kept, and an end before the beginning, are refused in words', () => {
  expect(factsPeriod({ from: '1980-01-01', to: '2200-01-01' }, 'UTC')).toEqual({
    fromTime: '1980-01-01 00:00:00.000',
    toTime: '2200-01-01 00:00:00.000',
  });
  expect(factsPeriod({}, 'UTC')).toEqual({});
  for (const [asked, field] of [
    [{ from: '0001-01-01' }, 'from'],
    [{ to: '1979-12-31' }, 'to'],
    [{ from: '9999-12-31' }, 'from'],
    [{ from: '2026-02-01', to: '2026-02-01' }, 'to'],
  ] as const) {
    const refused = expect.objectContaining({ type: 'bad-input', details: expect.objectContaining({ field }) });
    expect(() => factsPeriod(asked, 'UTC')).toThrow(refused);
  }
});
