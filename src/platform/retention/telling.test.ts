import { expect, test } from 'vitest';
import { happeningsOf } from './telling.ts';

test('[AY1] a removal that failed is told of for as long as others that ended', () => {
  const at = new Date('2026-11-02T03:00:00Z');
  const run = { state: 'failed', startedAt: at, finishedAt: at, removed: 0, total: 3 } as const;
  const standing = { kind: 'events', coming: null, run } as const;
  const told = (since: string): readonly string[] => happeningsOf(standing, new Date(since)).map(({ what }) => what);
  expect(told('2026-11-01T00:00:00Z')).toEqual(['retention.remove']);
  expect(told('2026-11-03T00:00:00Z')).toEqual([]);
});
