import { expect, test } from 'vitest';
import type { SourceView } from '../../sources/contract.ts';
import { isAwaited, withLook } from './awaited.ts';

const source: SourceView = {
  id: 'src_1', name: 'Shop', place: 'folder', where: '', part: null, kind: 'orders', everyHours: 24,
  cron: null, times: null, paused: false, nextRunAt: '2026-11-23T10:00:00.000Z', due: false,
  lastRunAt: '2026-11-22T10:00:00.000Z', lastState: 'unchanged', lastProblem: null, lastImportId: null,
}; // prettier-ignore

test('[SO1] a look that was asked for is waited for until it ended, though the next time is written as it begins', () => {
  const asked = withLook({}, source, 1_000);
  expect(isAwaited(source, {}, 1_000)).toBe(false);
  expect(isAwaited({ ...source, due: true }, {}, 1_000)).toBe(true);
  expect(isAwaited(source, asked, 2_000)).toBe(true);
  expect(isAwaited({ ...source, lastRunAt: '2026-11-22T10:01:00.000Z' }, asked, 2_000)).toBe(false);
  expect(isAwaited({ ...source, id: 'src_2' }, asked, 2_000)).toBe(false);
  expect(isAwaited(source, asked, 21_000)).toBe(false);
});
