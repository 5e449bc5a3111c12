/** What was counted of one question, or of one round of it. */
export interface Tally {
  /** Shown and left open. */
  readonly open: number;
  /** Answered, where a mark of its own says so. */
  readonly answered: number;
  readonly values: ReadonlyMap<string, number>;
  readonly parts: ReadonlyMap<string, Tally>;
}

interface Counting {
  open: number;
  answered: number;
  readonly values: Map<string, number>;
  readonly parts: Map<string, Counting>;
}

export const NO_TALLY: Tally = { open: 0, answered: 0, values: new Map(), parts: new Map() };

const MARK = /^([^.=?!]+)(?:\.([^=?!]+))?(?:([?!])|=(.*))$/su;

/** Marks as marks.ts writes them, by key of the question. */
export function tallyOf(marks: ReadonlyMap<string, number>): Map<string, Tally> {
  const tallies = new Map<string, Counting>();
  for (const [mark, n] of marks) {
    const found = MARK.exec(mark);
    if (found === null) continue;
    const [, key = '', part, flag, value = ''] = found;
    let at = placeIn(tallies, key);
    if (part !== undefined) at = placeIn(at.parts, part);
    if (flag === '?') at.open += n;
    else if (flag === '!') at.answered += n;
    else at.values.set(value, (at.values.get(value) ?? 0) + n);
  }
  return tallies;
}

function placeIn(tallies: Map<string, Counting>, key: string): Counting {
  let at = tallies.get(key);
  if (at === undefined) tallies.set(key, (at = { open: 0, answered: 0, values: new Map(), parts: new Map() }));
  return at;
}

export function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const n of values) sum += n;
  return sum;
}
