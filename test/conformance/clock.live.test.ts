import { integer, pick, seeded } from '@touchstone/domain/random';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countOf, seen, send, skus } from '../../src/core/journal/test-support.ts';
import { Drain, drainJournal } from '../../src/core/journal/drain.ts';
import { HeldClock } from '../../src/platform/kernel/clock.ts';
import { openWorld, type World } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const JUMPS_MS = [-30 * HOUR_MS, -HOUR_MS, -1, 0, 1_000, HOUR_MS, 49 * HOUR_MS];
const ROUNDS = 16;

const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;
beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

test('[JR8, JR9] a clock that jumps by days, forth and back, loses nothing and doubles nothing', async () => {
  const random = seeded('clock');
  const shop = await world.workspace();
  const expected: string[] = [];
  let last: string[] = [];
  let drain = new Drain(world.house);
  for (let round = 0; round < ROUNDS; round++) {
    clock.advance(pick(random, JUMPS_MS));
    const fresh = Array.from({ length: 3 }, (_, i) => `${String(round).padStart(2, '0')}-${i}`);
    // Some of what came before the jump comes again after it.
    await send(world, shop, ...[...last.slice(0, integer(random, 0, 3)), ...fresh].map((id) => seen(id)));
    expected.push(...fresh);
    last = fresh;
    clock.advance(pick(random, JUMPS_MS));
    if (integer(random, 0, 2) === 0) drain = new Drain(world.house);
    if (integer(random, 0, 2) > 0) await drainJournal(world.house, drain);
  }
  await drainJournal(world.house, drain);
  expect(await skus(world, shop)).toEqual(expected);
  expect(await countOf(world, 'v_events', shop)).toBe(expected.length);
});
