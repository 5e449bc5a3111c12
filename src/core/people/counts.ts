import type { IdentityCounts } from './facts/reading.ts';

export type { IdentityCounts };

/** What is known of all identities of a person together. */
export function sumCounts(counted: readonly IdentityCounts[]) {
  const sum = { first: null as string | null, last: null as string | null, events: 0, answers: 0, orders: 0 };
  for (const c of counted) {
    if (sum.first === null || c.first < sum.first) sum.first = c.first;
    if (sum.last === null || c.last > sum.last) sum.last = c.last;
    sum.events += c.events;
    sum.answers += c.answers;
    sum.orders += c.orders;
  }
  return sum;
}
