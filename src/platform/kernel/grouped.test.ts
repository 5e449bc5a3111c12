import { expect, test } from 'vitest';
import { Grouped } from './grouped.ts';

/** Writes that end when they are told to, and what each was of. */
function held() {
  const writes: { readonly items: readonly string[]; end(results: readonly string[]): void; fail(): void }[] = [];
  const grouped = new Grouped<string, string>({
    most: 3,
    keyOf: (item) => item.split(':')[0] ?? '',
    write: (items) =>
      new Promise((resolve, reject) => {
        writes.push({ items, end: resolve, fail: () => reject(new Error('away')) });
      }),
  });
  const until = async (n: number) => {
    while (writes.length < n) await new Promise((resolve) => setImmediate(resolve));
    const write = writes[n - 1];
    if (write === undefined) throw new Error('no such write');
    return write;
  };
  return { grouped, until };
}

test('[KN10] what comes during a write goes into the next, no more than may, and none twice of one key', async () => {
  const { grouped, until } = held();
  const all = Promise.all(['a', 'b:1', 'b:2', 'c', 'd', 'e'].map((item) => grouped.add(item)));

  const first = await until(1);
  expect(first.items).toEqual(['a']);
  first.end(['A']);
  const second = await until(2);
  expect(second.items).toEqual(['b:1', 'c', 'd']);
  expect(grouped.waiting).toBe(2);
  second.end(['B1', 'C', 'D']);
  const third = await until(3);
  expect(third.items).toEqual(['b:2', 'e']);
  third.end(['B2', 'E']);

  expect(await all).toEqual(['A', 'B1', 'B2', 'C', 'D', 'E']);
});

test('[KN10] a write that fails fails those that were in it, and the next goes on', async () => {
  const { grouped, until } = held();
  const [lost, kept] = [grouped.add('a'), grouped.add('b')];
  (await until(1)).fail();
  await expect(lost).rejects.toThrow('away');
  (await until(2)).end(['B']);
  expect(await kept).toBe('B');
});
