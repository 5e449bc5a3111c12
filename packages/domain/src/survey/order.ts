import { type Random, seeded, shuffled } from '../random/index.ts';
import type { Choice } from './document.ts';

/** Choices in the order one respondent sees them; the same for the same seed. Fixed ones keep their places. */
export function ordered(
  choices: readonly Choice[],
  order: 'random' | 'flip' | undefined,
  seed: string,
): readonly Choice[] {
  if (order === undefined) return choices;
  const random = seeded(seed);
  const loose = choices.filter((choice) => choice.fixed !== true);
  const moved = order === 'random' ? shuffledByGroup(random, loose) : random.uint32() & 1 ? loose.toReversed() : loose;
  const next = moved[Symbol.iterator]();
  return choices.map((choice) => (choice.fixed === true ? choice : (next.next().value ?? choice)));
}

/** Groups stay together; those of no group are each one of their own. */
function shuffledByGroup(random: Random, choices: readonly Choice[]): Choice[] {
  const groups = new Map<string, Choice[]>();
  choices.forEach((choice, i) => {
    const key = choice.group === undefined ? `\n${i}` : choice.group;
    groups.set(key, [...(groups.get(key) ?? []), choice]);
  });
  return shuffled(random, [...groups.values()]).flatMap((group) => shuffled(random, group));
}

/**
 * Sets of a MaxDiff (best-worst scaling; Finn and Louviere 1992): every item in as many sets as any other, or one more,
 * pairs as even as going one by one finds them, none twice in a set. Where the number of sets is not said, each item is
 * seen three times, as Orme advises ("Accuracy of HB estimation in MaxDiff experiments", Sawtooth Software 2005).
 */
export function maxDiffSets(
  ids: readonly string[],
  perSet: number,
  sets: number | undefined,
  seed: string,
): string[][] {
  const random = seeded(seed);
  const size = Math.min(perSet, ids.length);
  if (size < 2) return [];
  const uses = new Map<string, number>();
  const pairs = new Map<string, number>();
  const pairsOf = (set: readonly string[], id: string): number =>
    set.reduce((sum, other) => sum + (pairs.get(`${other} ${id}`) ?? 0), 0);
  return Array.from({ length: sets ?? Math.ceil((3 * ids.length) / size) }, () => {
    const set: string[] = [];
    while (set.length < size) {
      const left = shuffled(
        random,
        ids.filter((id) => !set.includes(id)),
      );
      const rank = new Map(left.map((id) => [id, (uses.get(id) ?? 0) * 1_000_000 + pairsOf(set, id)]));
      const least = left.reduce((a, b) => ((rank.get(b) ?? 0) < (rank.get(a) ?? 0) ? b : a));
      for (const other of set) {
        for (const pair of [`${other} ${least}`, `${least} ${other}`]) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
      }
      uses.set(least, (uses.get(least) ?? 0) + 1);
      set.push(least);
    }
    return shuffled(random, set);
  });
}
