import type { Heads } from '../facts/counting.ts';

/** What was counted of one question, or of one round of it. */
export interface Tally {
  /** Shown and left open. */
  readonly open: number;
  /** Answered, where a mark of its own says so. */
  readonly answered: number;
  readonly values: ReadonlyMap<string, number>;
  /** The same of people; few are told exactly. */
  readonly answeredBy: number;
  readonly people: ReadonlyMap<string, number>;
  readonly parts: ReadonlyMap<string, Tally>;
}

interface Counting {
  open: number;
  answered: number;
  readonly values: Map<string, number>;
  answeredBy: number;
  readonly people: Map<string, number>;
  readonly parts: Map<string, Counting>;
}

export const NO_TALLY: Tally = empty();

function empty(): Counting {
  return { open: 0, answered: 0, values: new Map(), answeredBy: 0, people: new Map(), parts: new Map() };
}

const MARK = /^([^.=?!]+)(?:\.([^=?!]+))?(?:([?!])|=(.*))$/su;

/** Marks as marks.ts writes them, by key of the question. */
export function tallyOf(marks: ReadonlyMap<string, Heads>): Map<string, Tally> {
  const tallies = new Map<string, Counting>();
  for (const [mark, { n, people }] of marks) {
    const found = MARK.exec(mark);
    if (found === null) continue;
    const [, key = '', part, flag, value = ''] = found;
    let at = placeIn(tallies, key);
    if (part !== undefined) at = placeIn(at.parts, part);
    if (flag === '?') at.open += n;
    else if (flag === '!') [at.answered, at.answeredBy] = [n, people];
    else {
      at.values.set(value, n);
      at.people.set(value, people);
    }
  }
  return tallies;
}

function placeIn(tallies: Map<string, Counting>, key: string): Counting {
  let at = tallies.get(key);
  if (at === undefined) tallies.set(key, (at = empty()));
  return at;
}

export function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const n of values) sum += n;
  return sum;
}

/**
 * Of how many people answers are at least that were counted apart: of as many as the part of most, and of all but those that
 * `repeats` may have been given by people who answered before.
 */
export function peopleOf(parts: Iterable<Heads>, repeats: number): number {
  let [n, most] = [0, 0];
  for (const part of parts) [n, most] = [n + part.n, Math.max(most, part.people)];
  return n === 0 ? 0 : Math.max(1, n - repeats, most);
}
