import { describe, expect, test } from 'vitest';
import { SCALES, inTopBox, moodOf, npsPoints, onScale, rescale, wholeScore } from './index.ts';

const scale = (low: number, high: number) => ({ low, high });
const top = (low: number, high: number): number[] =>
  Array.from({ length: high - low + 1 }, (_, i) => low + i).filter(
    (score) => inTopBox(score, scale(low, high)) === true,
  );

describe('scores', () => {
  test('[SC1] promoters and detractors', () => {
    expect(Array.from({ length: 11 }, (_, i) => npsPoints(i))).toEqual([
      ...Array.from({ length: 7 }, () => -100),
      0,
      0,
      100,
      100,
    ]);
    expect([npsPoints(6.5), npsPoints(8.5), npsPoints(11), npsPoints(-1), npsPoints(Number.NaN)]).toEqual([
      -100,
      0,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('[SC2] the top box of common scales', () => {
    expect(top(1, 5)).toEqual([4, 5]);
    expect(top(1, 7)).toEqual([6, 7]);
    expect(top(1, 10)).toEqual([8, 9, 10]);
    expect(top(1, 4)).toEqual([4]);
    expect(top(1, 3)).toEqual([3]);
    expect(top(0, 1)).toEqual([1]);
    expect(inTopBox(6, scale(1, 5))).toBeUndefined();
  });

  test('[SC3] one scale for means', () => {
    expect(rescale(4, scale(1, 5), SCALES.rating)).toBe(4);
    expect(rescale(8, scale(0, 10), SCALES.rating)).toBeCloseTo(4.2, 12);
    expect(rescale(5, scale(1, 5), SCALES.ces)).toBe(7);
    expect(rescale(0, scale(1, 5), SCALES.rating)).toBeUndefined();
    expect(onScale(3, scale(3, 3))).toBe(false);
  });

  test('[SC4] moods', () => {
    expect([6, 7, 9].map((s) => moodOf(s, SCALES.nps, true))).toEqual(['low', 'middle', 'high']);
    expect([1, 2, 3, 4, 5].map((s) => moodOf(s, SCALES.rating, false))).toEqual([
      'low',
      'low',
      'middle',
      'high',
      'high',
    ]);
    expect(moodOf(9, SCALES.rating, false)).toBeUndefined();
    expect(moodOf(12, SCALES.nps, true)).toBeUndefined();
  });

  test('[SC5] whole scores', () => {
    for (const [low, high] of [
      [1, 5],
      [1, 7],
      [0, 10],
      [1, 10],
      [0, 100],
      [1, 3],
    ] as const) {
      const own = scale(low, high);
      const all = Array.from({ length: 2 * (high - low) + 1 }, (_, i) => low + i / 2);
      for (const score of all) {
        const fallen = wholeScore(score, own, SCALES.csat);
        expect(fallen !== undefined && fallen >= 4, `${score} of ${low} to ${high}`).toBe(inTopBox(score, own));
        expect(wholeScore(score, own, own), `${score} of ${low} to ${high}`).toBe(Math.floor(score));
      }
    }
    expect([wholeScore(6, scale(1, 5), SCALES.rating), wholeScore(6.5, SCALES.nps, SCALES.nps)]).toEqual([
      undefined,
      6,
    ]);
  });
});
