import { describe, expect, test } from 'vitest';
import { eventId } from '../../platform/kernel/ids.ts';
import { SeenIds } from './seen.ts';

const HOUR = 3_600_000;
const idOf = (n: number) => eventId('ws_1', `message ${n}`);

describe('which messages came before', () => {
  test('[JR8] every id that came is known, and hardly any other', () => {
    const seen = new SeenIds();
    for (let i = 0; i < 50_000; i++) seen.add(idOf(i), i);
    let missed = 0;
    let mistaken = 0;
    for (let i = 0; i < 50_000; i++) {
      if (!seen.mayHave(idOf(i))) missed++;
      if (seen.mayHave(idOf(i + 50_000))) mistaken++;
    }
    expect(missed).toBe(0);
    expect(mistaken).toBeLessThan(10);
  });

  test('[JR8] what is older than the window is let go, an hour at a time', () => {
    const seen = new SeenIds();
    seen.add(idOf(1), 0);
    seen.add(idOf(2), HOUR);
    seen.add(idOf(3), 2 * HOUR);
    seen.forgetBefore(HOUR);
    expect([1, 2, 3].map((n) => seen.mayHave(idOf(n)))).toEqual([false, true, true]);
  });
});
