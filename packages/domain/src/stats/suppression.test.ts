import { integer, seeded } from '@touchstone/domain/random';
import { expect, test } from 'vitest';
import { type Cell, suppress } from './suppression.ts';

const row = (...people: number[]): Cell[] => people.map((p) => ({ people: p, lines: ['all'] }));

test.each([
  ['a small one takes the next smallest along', [40, 3, 9, 12], [false, true, true, false]],
  ['two small ones are too few together as well', [40, 3, 4, 12], [false, true, true, true]],
  ['nobody is nothing to hide', [40, 0, 7], [false, false, false]],
  ['where there is no other nothing is left to take from', [3, 0], [true, false]],
  ['large ones stay', [40, 5, 9], [false, false, false]],
])('[ST8] %s', (_, people, hidden) => {
  expect(suppress(row(...people), 5)).toEqual(hidden);
});

test('[ST8] what is hidden anyway protects, and is protected', () => {
  const cells = [...row(40, 9, 12), { people: 20, lines: ['all'], hidden: true }];
  expect(suppress(cells, 5)).toEqual([false, true, false, true]);
});

test('[ST8] in tables with sums of rows and columns nothing small is left to work out', () => {
  const random = seeded('tables');
  for (let round = 0; round < 200; round++) {
    const [rows, columns] = [integer(random, 1, 8), integer(random, 1, 8)];
    const cells = Array.from({ length: rows * columns }, (_, i) => ({
      people: Math.max(0, integer(random, -3, 30)),
      lines: [`row ${Math.floor(i / columns)}`, `column ${i % columns}`],
    }));
    const hidden = suppress(cells, 5);
    const names = [...new Set(cells.flatMap((c) => c.lines))];
    for (const name of names) {
      const line = cells.flatMap((c, i) =>
        c.lines.includes(name) && c.people > 0 ? [{ ...c, hidden: hidden[i] }] : [],
      );
      expect(line.filter((c) => c.people < 5).every((c) => c.hidden)).toBe(true);
      const kept = line.filter((c) => c.hidden);
      const apart = kept.length >= 2 && kept.some((c) => c.people >= 5);
      expect(kept.length === 0 || apart || kept.length === line.length).toBe(true);
    }
  }
});
