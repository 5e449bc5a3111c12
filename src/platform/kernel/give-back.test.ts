import { expect, test } from 'vitest';
import { collector, whenToGiveBack } from './give-back.ts';

const MB = 1_000_000;

test('[KN8] what a load has left is collected once little is done, twice, and then no more', () => {
  const due = whenToGiveBack();
  expect(due({ busy: 0, bytes: 60 * MB })).toBe(false);
  expect(due({ busy: 0.9, bytes: 400 * MB })).toBe(false);
  expect(due({ busy: 0.5, bytes: 390 * MB })).toBe(false);
  expect(due({ busy: 0.01, bytes: 390 * MB })).toBe(true);
  expect(due({ busy: 0.01, bytes: 120 * MB })).toBe(true);
  // What lives now is the measure of what comes.
  expect(due({ busy: 0.01, bytes: 110 * MB })).toBe(false);
  expect(due({ busy: 0.01, bytes: 120 * MB })).toBe(false);
  expect(due({ busy: 0.01, bytes: 140 * MB })).toBe(true);
});

test('[KN8] a collection lets go of what is dead', async () => {
  const collect = collector();
  const dead = new WeakRef({ large: 'x'.repeat(1_000) });
  // What a reference was made to lives until the end of the task that made it.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(dead.deref()).toBeUndefined();
});
