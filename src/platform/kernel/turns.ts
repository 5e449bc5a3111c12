import { setImmediate } from 'node:timers/promises';

/** So long one piece of work may keep everybody else waiting. */
const TURN_MS = 3;

/** `all.map(make)`, where there are thousands: every few milliseconds others have their turn. */
export async function mapInTurns<T, R>(all: readonly T[], make: (one: T, index: number) => R): Promise<R[]> {
  const made: R[] = [];
  let since = performance.now();
  for (const [i, one] of all.entries()) {
    if (performance.now() - since > TURN_MS) {
      await setImmediate();
      since = performance.now();
    }
    made.push(make(one, i));
  }
  return made;
}
