import { SCALES } from '@touchstone/domain/scores';
import { expect, test } from 'vitest';
import { rangesOf, shownParts } from './distribution.ts';
import type { Distributed } from './facts/distribution.ts';

const NPS = rangesOf({ key: 'nps' }, SCALES.nps);

/** So many people give each score from 0 up, once each. */
function given(counts: readonly number[]): Distributed {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return {
    n,
    clusters: n,
    people: n,
    excluded: [],
    parts: NPS.map(({ from, to }) => {
      const x = counts.slice(from, to + 1).reduce((sum, count) => sum + count, 0);
      return { sums: { n, clusters: n, x, xx: x, xn: x, nn: n }, clusters: x, people: x };
    }),
  };
}

test('[MT17] scores that sound alike lie together, each in one of three', () => {
  const ends = (key: 'nps' | 'rating' | 'ces', scale: { readonly low: number; readonly high: number }) =>
    rangesOf({ key }, scale)
      .slice(0, 3)
      .map((r) => `${r.mood} ${r.from}-${r.to}`);
  expect(ends('nps', SCALES.nps)).toEqual(['low 0-6', 'middle 7-8', 'high 9-10']);
  expect(ends('rating', SCALES.rating)).toEqual(['low 1-2', 'middle 3-3', 'high 4-5']);
  expect(ends('ces', SCALES.ces)).toEqual(['low 1-3', 'middle 4-5', 'high 6-7']);
});

test('[MT17] of scores with few people the three are shown and no score; of three with few people nothing', () => {
  const rare = given([3, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
  const all = shownParts(NPS, rare, true);
  expect([all.n, all.moods.map((m) => m.n), all.scores.map((s) => s.n)]).toEqual([
    84,
    [48, 18, 18],
    [3, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9],
  ]);
  expect(all.moods.reduce((sum, m) => sum + m.share, 0)).toBeCloseTo(1, 12);
  // A score that nobody gave says nothing of anybody.
  expect(shownParts(NPS, given([9, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9]), false).scores).toHaveLength(11);
  const some = shownParts(NPS, rare, false);
  expect([some.reason, some.moods.map((m) => m.n), some.scores]).toEqual([null, [48, 18, 18], []]);
  const none = shownParts(NPS, given([9, 0, 9, 0, 0, 0, 0, 3, 0, 9, 9]), false);
  expect(none).toEqual({ n: 0, people: 0, few: false, reason: 'hidden', moods: [], scores: [] });
  expect(shownParts(NPS, given([9]), true).few).toBe(true);
});
