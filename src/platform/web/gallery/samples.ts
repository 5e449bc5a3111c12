import type { SeriesPoint } from '../ui/charts/series.tsx';
import type { SeriesShift } from '../ui/charts/shift.tsx';
import type { Format } from '../ui/i18n/format.ts';

/** Ratings by month and their answers: made up. */
const RATINGS = [4.02, 4.05, 4.11, 4.08, 3.96, 3.81, 3.66, 3.7, 3.94, 4.1, 4.21, 4.24] as const;
const ANSWERS = [143, 156, 174, 167, 186, 279, 226, 283, 280, 291, 294, 256] as const;

const monthOf = (at: number): string => `${2025 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;

function pointOf(format: Format, at: number, value: number, n: number): SeriesPoint {
  const half = 1.9 / Math.sqrt(n);
  return { at: monthOf(at), label: format.month(monthOf(at)), value, low: value - half, high: value + half, n };
}

/** A year of months. */
export function ratings(format: Format): readonly SeriesPoint[] {
  return RATINGS.map((value, at) => pointOf(format, at, value, ANSWERS[at] ?? 0));
}

/** A year that fell to another level for good. */
export function broke(format: Format): { readonly points: readonly SeriesPoint[]; readonly shift: SeriesShift } {
  const [before, after, from] = [4.12, 3.78, 7] as const;
  const points = ANSWERS.map((n, at) =>
    pointOf(format, at, (at < from ? before : after) + (((at * 5) % 7) - 3) * 0.02, n),
  );
  return { points, shift: { at: monthOf(from), before, after, label: format.day('2025-08-09') } };
}

/** A few answers a month. */
export function scarce(format: Format): readonly SeriesPoint[] {
  return RATINGS.slice(0, 6).map((value, at) => pointOf(format, at, value - 0.4 + (at % 3) * 0.3, 4 + at * 2));
}

/** Beside what it was a year before. */
export function compared(format: Format): readonly SeriesPoint[] {
  return ratings(format).map((point, at) => ({ ...point, before: 4.12 - ((at * 7) % 5) * 0.04 }));
}

/** Counts, which have no interval. */
export function counts(format: Format): readonly SeriesPoint[] {
  return ANSWERS.map((n, at) => ({ at: monthOf(at), label: format.month(monthOf(at)), value: n * 14, low: null, high: null, n })); // prettier-ignore
}

/** A stray month, a long time of nothing, a short one, and a month that is not over. */
export function broken(format: Format): readonly SeriesPoint[] {
  const nothing = (at: number): SeriesPoint => ({
    at: monthOf(at),
    label: format.month(monthOf(at)),
    value: null,
    low: null,
    high: null,
    n: 0,
  });
  return Array.from({ length: 24 }, (_, at) => {
    if ((at > 1 && at < 13) || at === 16) return nothing(at);
    const point = pointOf(format, at, 3.9 + ((at * 5) % 7) * 0.06, 60 + at * 4);
    return at === 23 ? { ...point, partial: true } : point;
  });
}

/** The course of a figure. */
export const course: readonly number[] = RATINGS;

/** Stages by their places: score and answers; null: nobody rated it. */
export const stages = {
  usual: [null, null, [4.31, 0.03, 3986], [3.62, 0.09, 3898], [3.98, 0.07, 1655], [4.02, 0.16, 310], [4.44, 0.13, 124]],
  none: [null, null, null, [4.08, 0.04, 3986], null, null, null],
} as const;

/** Scores from 5 down to 1, and how many gave each. */
export const byScore = [
  [5, 2104],
  [4, 892],
  [3, 341],
  [2, 148],
  [1, 401],
] as const;

export const ranks = [
  { value: 0.42, half: 0.06, n: 268, tone: 'worse' },
  { value: 0.24, half: 0.09, n: 245, tone: 'worse' },
  { value: 0.11, half: 0.14, n: 101, tone: 'neither' },
  { value: null, half: null, n: 12, tone: 'neither' },
] as const;

export const effects = [
  { value: -2.13, half: 0.18, n: 268, sure: true },
  { value: -0.3, half: 0.14, n: 492, sure: true },
  { value: -0.21, half: 0.28, n: 115, sure: false },
  { value: 0.21, half: 0.08, n: 1710, sure: true },
  { value: 0.62, half: 0.17, n: 218, sure: true },
  { value: 0.05, half: 0.42, n: 24, sure: false },
] as const;

/** Stages by channel: score and answers. */
export const heat = [
  [[4.4, 812], [4.3, 640], [4.1, 120], null, [4.6, 402]],
  [
    [3.6, 1204],
    [3.7, 880],
    [3.2, 96],
    [3.4, 61],
    [4.2, 310],
  ],
  [
    [4.0, 540],
    [4.1, 333],
    [3.9, 88],
    [3.8, 40],
    [4.3, 95],
  ],
  [
    [3.9, 210],
    [4.0, 122],
    [2.9, 140],
    [3.1, 260],
    [3.0, 8],
  ],
] as const;
