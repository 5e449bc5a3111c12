import { describe, expect, test } from 'vitest';
import { Seen } from './seen.ts';

describe('names a file has had', () => {
  test('[IM6] none that came before is taken for new, and next to none that did not for one that did', () => {
    const seen = new Seen({ whole: true });
    const names = Array.from({ length: 20_000 }, (_, i) => `item ${i}`);
    expect(names.filter((name) => seen.mayHave(name))).toEqual([]);
    for (const name of names) seen.add(name);
    expect(names.every((name) => seen.mayHave(name))).toBe(true);
    expect(names.filter((name) => seen.mayHave(`${name}!`)).length).toBeLessThan(5);
  });

  test('[IM11] without all names any may have been there', () => {
    expect(new Seen({ whole: false }).mayHave('item')).toBe(true);
  });
});
