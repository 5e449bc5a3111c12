import { expect, test } from 'vitest';
import type { Portion } from './committer.ts';
import { Listed, MOST_WARNINGS_A_DAY } from './listed.ts';

const portion = (reasons: readonly string[], taken: boolean, workspaceId = 'ws_a'): Portion => ({
  workspaceId,
  body: 'line\n'.repeat(reasons.length),
  rows: reasons.length,
  refused: reasons.map((reason) => ({ messageId: 'm', field: 'properties.promised', reason, body: '{}', taken })),
});

test('[JR20] a warning is listed once a day for each workspace and reason, and no flood of them pushes refused messages out', () => {
  const listed = new Listed();
  const monday = new Date('2026-11-23T23:59:00Z');
  const said = (portions: readonly Portion[], now = monday) =>
    listed.only(portions, now).map(({ refused }) => refused.map((r) => r.reason));
  const soon = portion(['soon', 'soon', 'later'], true);
  expect(said([soon, soon])).toEqual([['soon', 'later'], []]);
  expect(said([soon, portion(['soon'], true, 'ws_b')])).toEqual([[], ['soon']]);
  // What was refused is listed however often it comes, and nothing but the list is another.
  expect(said([portion(['soon', 'soon'], false)])).toEqual([['soon', 'soon']]);
  expect(listed.only([soon], monday)).toEqual([{ ...soon, refused: [] }]);
  const many = portion(
    Array.from({ length: 1_000 }, (_, i) => `in ${i} days`),
    true,
  );
  expect(said([many])[0]).toHaveLength(MOST_WARNINGS_A_DAY - 2);
  expect(said([soon], new Date('2026-11-24T00:00:00Z'))).toEqual([['soon', 'later']]);
  listed.forget();
  expect(said([soon], new Date('2026-11-24T00:00:00Z'))).toEqual([['soon', 'later']]);
});
