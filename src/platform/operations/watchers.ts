import type { House } from '../house/house.ts';
import { Meters } from './meters.ts';
import { SlowLog } from './slow.ts';

/** What watches one house. */
export interface Watchers {
  readonly meters: Meters;
  readonly slow: SlowLog;
}

const known = new WeakMap<House, Watchers>();

/** Those who watch a house, from the first time they are asked for. */
export function watchersOf(house: House): Watchers {
  const there = known.get(house);
  if (there !== undefined) return there;
  const watchers = { meters: new Meters(), slow: new SlowLog(house.log, house.clock, house.config.slowStatementMs) };
  house.watch.add(watchers.meters);
  house.watch.add(watchers.slow);
  known.set(house, watchers);
  return watchers;
}
