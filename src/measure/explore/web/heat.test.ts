import { expect, test } from 'vitest';
import type { SeriesFigure } from '../../metrics/contract.ts';
import { heatInterval, heatOf } from './heat.ts';

const point = (at: string, key: string | null, value: number | null, half: number | null, n = 200): SeriesFigure => ({
  at,
  key,
  value,
  low: value === null || half === null ? null : value - half,
  high: value === null || half === null ? null : value + half,
  n,
  people: n,
  few: n < 30,
  reason: value === null ? 'no-answers' : null,
  partial: false,
});
const group = (key: string) => ({ ...point('', key, 4, 0.1), key, label: key });
const whole = point('', null, 4, 0.05);

test('[EX11] a cell is called different where its interval, corrected for all cells, leaves the whole out', () => {
  const series = [
    ...['2026-01-01', '2026-02-01', '2026-03-01'].map((at) => point(at, null, 4, 0.05)),
    point('2026-01-01', 'north', 3.2, 0.2),
    point('2026-02-01', 'north', 3.78, 0.2),
    point('2026-01-01', 'south', 4.1, 0.2),
    point('2026-02-01', 'south', 2, 0.9, 12),
  ];
  const found = heatOf({ overall: whole, groups: [group('north'), group('south'), group('west')], series });
  // March has no figure of any group, and the west none at all.
  expect([found.columns.map((c) => c.at), found.rows.map((r) => r.key)]).toEqual([
    ['2026-01-01', '2026-02-01'],
    ['north', 'south'],
  ]);
  // Of north in February the interval leaves the whole out, and no longer corrected for three; few answers claim nothing.
  expect(found.rows.map((r) => r.cells.map((c) => c?.sure))).toEqual([
    [true, false],
    [false, false],
  ]);
  expect(found.compared).toBe(3);
  const february = series.filter((s) => s.at === '2026-02-01' && s.key !== 'south');
  const alone = heatOf({ overall: whole, groups: [group('north')], series: february });
  expect([alone.compared, alone.rows[0]?.cells.map((c) => c?.sure)]).toEqual([1, [true]]);
});

test('[EX11] counts are held against nothing, and columns are few enough to be read', () => {
  const counts = [point('2026-01-01', null, 9, null), point('2026-01-01', 'north', 9, null)];
  expect(heatOf({ overall: whole, groups: [group('north')], series: counts })).toMatchObject({
    compared: 0,
    rows: [{ key: 'north', cells: [{ sure: false }] }],
  });
  const to = (to: string) => heatInterval({ from: '2026-01-01', to });
  expect(['2026-01-08', '2026-04-01', '2026-07-01', '2027-07-01', '2029-01-01'].map(to)).toEqual(['day', 'week', 'month', 'month', 'quarter']); // prettier-ignore
});
