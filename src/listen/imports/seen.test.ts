import { describe, expect, test } from 'vitest';
import { Seen } from './seen.ts';

describe('names a file has had', () => {
  test('[IM6] none that came before is taken for new, and next to none that did not for one that did', () => {
    const seen = new Seen({ whole: true });
    const names = Array.from({ length: 20_000 }, (_, i) => `item ${i}`);
    // Equal ones of one chunk did not come before it.
    expect(seen.meet([...names, 'item 1'])).toEqual([]);
    expect(seen.meet(names.map((name) => `${name}!`)).length).toBeLessThan(5);
    expect(seen.meet([...names, 'item 1'])).toEqual([...names, 'item 1']);
  });

  test('[IM11] without all names any may have been there', () => {
    expect(new Seen({ whole: false }).meet(['item'])).toEqual(['item']);
  });
});
