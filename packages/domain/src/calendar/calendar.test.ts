import { describe, expect, test } from 'vitest';
import {
  addMonths,
  bucketOf,
  bucketsOf,
  comparedPeriod,
  dayAt,
  daysBetween,
  factsTimeToInstant,
  fromFactsTimeMs,
  fromPersian,
  isDay,
  isZone,
  nextBucket,
  offsetMs,
  parseTimestampMs,
  periodToInstants,
  previousPeriod,
  readPersian,
  startOfDayMs,
  usualInterval,
  usualPeriod,
  toFactsTime,
  toPersian,
  yearBefore,
} from './index.ts';

const iso = (ms: number | undefined): string => (ms === undefined ? 'none' : new Date(ms).toISOString());

describe('calendar', () => {
  test('[CA1] days follow the clock of the zone', () => {
    expect(dayAt(Date.parse('2026-11-22T20:29:59.999Z'), 'Asia/Tehran')).toBe('2026-11-22');
    expect(dayAt(Date.parse('2026-11-22T20:30:00.000Z'), 'Asia/Tehran')).toBe('2026-11-23');
    expect(iso(startOfDayMs('2026-11-23', 'Asia/Tehran'))).toBe('2026-11-22T20:30:00.000Z');
    expect(iso(startOfDayMs('2018-07-01', 'America/Sao_Paulo'))).toBe('2018-07-01T03:00:00.000Z');
    // Clocks went from 24:00 to 01:00: the day begins at 01:00.
    expect(iso(startOfDayMs('2018-11-04', 'America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z');
    // Clocks went back from midnight to 23:00: the day before has that hour twice.
    expect(iso(startOfDayMs('2018-02-18', 'America/Sao_Paulo'))).toBe('2018-02-18T03:00:00.000Z');
    expect(offsetMs(Date.parse('2026-01-01T00:00:00Z'), 'Asia/Kathmandu')).toBe(5.75 * 3_600_000);
    expect(isZone('Europe/Ljubljana')).toBe(true);
    expect(isZone('Europe/Atlantis')).toBe(false);
  });

  test('[CA1] every day of ten years begins where the day before ends', () => {
    for (const zone of ['America/Sao_Paulo', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Tehran', 'Pacific/Apia']) {
      for (const day of bucketsOf({ from: '2010-01-01', to: '2020-01-01' }, 'day')) {
        const start = startOfDayMs(day, zone);
        const skipped = zone === 'Pacific/Apia' && day === '2011-12-30';
        if (!skipped) expect(dayAt(start, zone)).toBe(day);
        expect(dayAt(start - 1, zone) < day).toBe(true);
      }
    }
  });

  test('[CA2] buckets', () => {
    expect(bucketOf('2026-11-22', 'week')).toBe('2026-11-16');
    expect(bucketOf('2026-11-23', 'week')).toBe('2026-11-23');
    expect(bucketOf('2026-11-22', 'month')).toBe('2026-11-01');
    expect(bucketOf('2026-11-22', 'quarter')).toBe('2026-10-01');
    expect(nextBucket('2026-12-31', 'quarter')).toBe('2027-01-01');
    expect(bucketsOf({ from: '2026-11-22', to: '2027-01-01' }, 'month')).toEqual(['2026-11-01', '2026-12-01']);
    expect(bucketsOf({ from: '2026-11-22', to: '2026-11-24' }, 'week')).toEqual(['2026-11-16', '2026-11-23']);
    expect(bucketsOf({ from: '2026-11-22', to: '2026-11-22' }, 'day')).toEqual([]);
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('2026-02-29')).toBe(false);
  });

  test('[CA3] a day may last 23 or 25 hours', () => {
    const hours = (from: string, to: string): number => {
      const { fromMs, toMs } = periodToInstants({ from, to }, 'Europe/Berlin');
      return (toMs - fromMs) / 3_600_000;
    };
    expect(hours('2026-03-29', '2026-03-30')).toBe(23);
    expect(hours('2026-10-25', '2026-10-26')).toBe(25);
    expect(hours('2026-10-26', '2026-10-27')).toBe(24);
  });

  test('[CA4] the period before', () => {
    expect(previousPeriod({ from: '2026-03-01', to: '2026-04-01' })).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(previousPeriod({ from: '2026-01-01', to: '2027-01-01' })).toEqual({ from: '2025-01-01', to: '2026-01-01' });
    expect(previousPeriod({ from: '2026-03-10', to: '2026-03-20' })).toEqual({ from: '2026-02-28', to: '2026-03-10' });
    expect(daysBetween('2026-02-28', '2026-03-10')).toBe(10);
  });

  test('[CA7] the same days a year before', () => {
    expect(yearBefore({ from: '2026-03-10', to: '2026-03-20' })).toEqual({ from: '2025-03-10', to: '2025-03-20' });
    expect(yearBefore({ from: '2025-02-01', to: '2025-03-01' })).toEqual({ from: '2024-02-01', to: '2024-03-01' });
    expect(yearBefore({ from: '2024-02-01', to: '2024-03-01' })).toEqual({ from: '2023-02-01', to: '2023-03-01' });
    expect(yearBefore({ from: '2024-02-29', to: '2024-03-02' })).toEqual({ from: '2023-02-28', to: '2023-03-02' });
    expect(yearBefore({ from: '2024-02-20', to: '2024-02-29' })).toEqual({ from: '2023-02-20', to: '2023-03-01' });
    const march = { from: '2026-03-01', to: '2026-04-01' };
    expect(comparedPeriod(march, 'previous')).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(comparedPeriod(march, 'year')).toEqual({ from: '2025-03-01', to: '2025-04-01' });
    expect(comparedPeriod(march, 'none')).toBeUndefined();
  });

  test('[CA8] days of the Persian calendar', () => {
    expect(toPersian('2026-11-22')).toEqual({ year: 1405, month: 9, date: 1 });
    expect(fromPersian({ year: 1403, month: 12, date: 30 })).toBe('2025-03-20');
    expect(fromPersian({ year: 1404, month: 12, date: 30 })).toBeUndefined();
    expect(fromPersian({ year: 1404, month: 7, date: 31 })).toBeUndefined();
    for (const day of bucketsOf({ from: '2016-03-01', to: '2034-04-01' }, 'day')) {
      expect(fromPersian(toPersian(day))).toBe(day);
    }
    expect(['1405/9/1', '۱۴۰۵-۰۹-۰۱', ' 1405.09.01 '].map(readPersian)).toEqual(Array(3).fill('2026-11-22'));
    expect(['', '1405/13/1', '1405/9', 'tomorrow'].map(readPersian)).toEqual(Array(4).fill(undefined));
  });

  test('[CA5] timestamps with and without a zone', () => {
    const berlin = (text: string): string => iso(parseTimestampMs(text, 'Europe/Berlin'));
    expect(berlin('2026-07-01 12:00:00')).toBe('2026-07-01T10:00:00.000Z');
    expect(berlin('2026-07-01T12:00:00.1234567Z')).toBe('2026-07-01T12:00:00.123Z');
    expect(berlin('2026-07-01T12:00:00+03:30')).toBe('2026-07-01T08:30:00.000Z');
    expect(berlin('2026-07-01T12:00-0500')).toBe('2026-07-01T17:00:00.000Z');
    expect(berlin('2026-07-01')).toBe('2026-06-30T22:00:00.000Z');
    expect(berlin('2026-03-29 02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(berlin('2026-10-25 02:30')).toBe('2026-10-25T00:30:00.000Z');
    for (const none of ['', 'yesterday', '2026-02-30', '2026-01-01 24:00', '01/02/2026', '2026-01-01T10', '20260101']) {
      expect(berlin(none), none).toBe('none');
    }
  });

  test('[CA6] times to the facts store and back', () => {
    const at = Date.parse('2026-11-22T09:30:00.007Z');
    expect(toFactsTime(at)).toBe('2026-11-22 09:30:00.007');
    for (const ms of [0, -1, 999, 86_399_999, 86_400_000, at + 0.7, Date.parse('1980-02-29T23:59:59.999Z')]) {
      expect(toFactsTime(ms)).toBe(new Date(ms).toISOString().slice(0, 23).replace('T', ' '));
    }
    expect(() => toFactsTime(Number.NaN)).toThrow(RangeError);
    expect(fromFactsTimeMs(toFactsTime(at))).toBe(at);
    expect(factsTimeToInstant(toFactsTime(at))).toBe(new Date(at).toISOString());
  });
});

test('[CA9] the usual period is the longest that as much data lies before', () => {
  const of = (from: string, to: string) => usualPeriod({ from, to });
  expect(of('2024-05-01', '2026-10-31')).toEqual({ from: '2025-11-01', to: '2026-11-01' });
  expect(of('2025-05-23', '2026-11-22')).toEqual({ from: '2026-05-01', to: '2026-11-23' });
  expect(of('2025-11-01', '2026-10-31')).toEqual({ from: '2026-05-01', to: '2026-11-01' });
  expect(of('2025-11-02', '2026-10-31')).toEqual({ from: '2026-08-01', to: '2026-11-01' });
  expect(of('2026-08-01', '2026-10-31')).toEqual({ from: '2026-10-02', to: '2026-11-01' });
  expect(of('2026-09-03', '2026-10-31')).toBeUndefined();
  expect(of('2026-10-31', '2026-10-31')).toBeUndefined();
});

test('[CA2] the usual buckets of a period make between a dozen and a few dozen points', () => {
  expect(usualInterval({ from: '2025-01-01', to: '2025-02-01' })).toBe('day');
  expect(usualInterval({ from: '2025-01-01', to: '2025-09-01' })).toBe('week');
  expect(usualInterval({ from: '2024-01-01', to: '2025-06-01' })).toBe('month');
  expect(usualInterval({ from: '2016-01-01', to: '2025-06-01' })).toBe('quarter');
});
