import { expect, test } from 'vitest';
import { type Month, extentOf } from './extent.ts';

const month = (name: string, facts: number): Month => ({
  first: `${name}-02 10:00:00.000`,
  last: `${name}-27 10:00:00.000`,
  facts,
});
const shop = ['2016-10', '2017-02', '2017-09', '2018-08'].map((name) => month(name, 1000));
const days = (months: readonly Month[]) => extentOf(months, 'UTC');
const WHOLE = { extent: { from: '2016-10-02', to: '2018-08-27' }, outside: null };

test('[MT14] all time is from the first day to the last', () => {
  expect(days(shop)).toEqual(WHOLE);
  expect(days([])).toBeNull();
  expect(days([month('2026-01', 1)])?.extent).toEqual({ from: '2026-01-02', to: '2026-01-27' });
  const late: Month = { first: '2026-01-01 01:00:00.000', last: '2026-01-01 01:00:00.000', facts: 3 };
  expect(extentOf([late], 'America/Sao_Paulo')?.extent).toEqual({ from: '2025-12-31', to: '2025-12-31' });
});

test('[MT14] a few facts years away do not stretch it, and are told', () => {
  expect(days([...shop, month('2026-11', 1)])).toEqual({
    ...WHOLE,
    outside: { facts: 1, from: '2016-10-02', to: '2026-11-27' },
  });
  expect(days([month('1980-01', 2), month('1999-03', 1), ...shop, month('2026-11', 26)])).toEqual({
    ...WHOLE,
    outside: { facts: 29, from: '1980-01-02', to: '2026-11-27' },
  });
  const small = [month('2026-01', 50), month('1985-05', 1)].toReversed();
  expect(days(small)?.outside).toEqual({ facts: 1, from: '1985-05-02', to: '2026-01-27' });
});

test('[MT14] what are not few, or not far, are part of all time', () => {
  for (const more of [month('2026-11', 30), month('2019-08', 1)]) {
    expect(days([...shop, more])).toEqual({
      extent: { from: '2016-10-02', to: more.last.slice(0, 10) },
      outside: null,
    });
  }
  const few = [month('1985-05', 1), month('2026-01', 20)];
  expect(days(few)).toEqual({ extent: { from: '1985-05-02', to: '2026-01-27' }, outside: null });
});
