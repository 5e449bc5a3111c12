import type { Question } from '../document.ts';
import { type Cells, type Leaf, cellsOf, openCells, satisfies } from './cells.ts';
import type { Literal, Logic } from './logic.ts';

/** Something that may be chosen, and when it is offered. */
export interface Candidate {
  readonly id: string;
  readonly offered: Literal;
  /** When choosing it takes the others away. */
  readonly exclusive: Literal;
}

/** A question as one respondent may see it, in one round. */
export interface Instance {
  readonly question: Question;
  readonly round: string | undefined;
  readonly shown: Literal;
  readonly candidates: readonly Candidate[];
  /** Whether one of them was chosen. */
  readonly chosen: (id: string) => Literal;
  readonly leaf: (leaf: Leaf, row: string | undefined, counting: boolean) => Literal;
}

/** What conditions ask of a question, and whether others take its choices over. */
export interface Asked {
  readonly leaves: readonly Leaf[];
  readonly counts: readonly Leaf[];
  readonly rows: ReadonlyMap<string, readonly Leaf[]>;
  readonly carried: boolean;
}

/** Beyond so many choices they are not followed one by one, only those that conditions name. */
const FOLLOWED = 300;
const MOST_COUNTED = 40;

/** What can be said of a value that is one of some cells; what may be any other satisfies anything. */
export function scalar(logic: Logic, shown: Literal, cells: Cells, must: Literal): (leaf: Leaf) => Literal {
  const lits = cells.values.map(() => logic.free());
  const other = cells.other ? logic.free() : logic.no;
  logic.exclude([...lits, other]);
  for (const l of [...lits, other]) logic.rule(l, shown);
  if (lits.length > 0 || cells.other) logic.rule(must, ...lits, other);
  const guesses = guesser(logic);
  return (leaf) => {
    const held = lits.filter((_, i) => satisfies(leaf, cells.values[i] ?? ''));
    return logic.any([...held, ...(cells.other ? [logic.all([other, guesses(leaf)])] : [])]);
  };
}

/** Whether a value of which nothing is known satisfies a leaf: it may or may not. */
function guesser(logic: Logic): (leaf: Leaf) => Literal {
  const made = new Map<string, Literal>();
  return (leaf) => {
    if (leaf.op === 'exists') return logic.yes;
    const key = JSON.stringify(leaf);
    const known = made.get(key) ?? logic.free();
    made.set(key, known);
    return known;
  };
}

/** A field from outside: hidden with its values, or a trait. */
export function outside(
  logic: Logic,
  leaves: readonly Leaf[],
  values: readonly string[] | undefined,
  fallback: string | undefined,
): (leaf: Leaf) => Literal {
  const cells =
    values === undefined
      ? openCells(leaves, fallback === undefined ? [] : [fallback])
      : { values: [...new Set([...values, ...(fallback === undefined ? [] : [fallback])])], other: false };
  return scalar(logic, logic.yes, cells, fallback === undefined ? logic.no : logic.yes);
}

/** The answer of a question, as far as conditions can tell answers apart. `must`: when it has to be answered. */
export function instanceOf(
  logic: Logic,
  question: Question,
  round: string | undefined,
  shown: Literal,
  must: Literal,
  candidates: readonly Candidate[],
  columns: readonly Candidate[],
  asked: Asked,
): Instance {
  const base = { question, round, shown, candidates };
  const unknown = (): Literal => logic.all([shown, logic.free()]);
  if (
    candidates.length > 0 &&
    question.kind !== 'matrix' &&
    question.kind !== 'maxdiff' &&
    question.kind !== 'constantSum'
  )
    return { ...base, ...choice(logic, question, shown, must, candidates, asked) };
  if (question.kind === 'matrix')
    return {
      ...base,
      chosen: unknown,
      leaf: matrix(logic, question.multiple === true, shown, must, candidates, columns, asked),
    };
  if (question.kind === 'maxdiff' || question.kind === 'constantSum') {
    const answered = scalar(logic, shown, { values: [], other: true }, must);
    return { ...base, chosen: unknown, leaf: (leaf) => (leaf.op === 'exists' ? answered(leaf) : unknown()) };
  }
  const value = scalar(
    logic,
    shown,
    question.kind === 'statement' ? { values: [], other: false } : cellsOf(question, asked.leaves),
    must,
  );
  return {
    ...base,
    chosen: () => logic.no,
    leaf: (leaf, row, counting) => {
      if (row !== undefined) return question.kind === 'file' ? unknown() : logic.no;
      if (!counting) return value(leaf);
      if (question.kind === 'file') return unknown();
      return satisfies(leaf, 1) ? value({ field: leaf.field, op: 'exists' }) : logic.no;
    },
  };
}

function choice(
  logic: Logic,
  question: Question,
  shown: Literal,
  must: Literal,
  candidates: readonly Candidate[],
  { leaves, counts, carried }: Asked,
): Pick<Instance, 'chosen' | 'leaf'> {
  const several =
    question.kind === 'multiple' ||
    question.kind === 'ranking' ||
    (question.kind === 'picture' && question.multiple === true);
  const follow = carried && candidates.length <= FOLLOWED;
  const signs = candidates.map((c) =>
    leaves.map((leaf) => (leaf.op !== 'exists' && satisfies(leaf, c.id) ? 1 : 0)).join(''),
  );
  const followed = candidates.filter(
    (c, i) => follow || c.offered !== logic.yes || c.exclusive !== logic.no || (signs[i] ?? '').includes('1'),
  );
  const rest = candidates.length - followed.length;
  const lits = new Map(followed.map((c) => [c.id, logic.free()]));
  const litOf = (id: string): Literal => lits.get(id) ?? logic.no;
  for (const c of followed) {
    logic.rule(litOf(c.id), shown);
    logic.rule(litOf(c.id), c.offered);
  }
  const all = followed.map((c) => litOf(c.id));
  const wanted = Math.max(
    0,
    ...counts.flatMap((leaf) => (leaf.op === 'exists' ? [] : [leaf.value].flat().map(Number).filter(Number.isFinite))),
  );
  const bounds = several ? boundsOf(question) : { least: 1, most: 1 };
  const needsCount = several && (counts.length > 0 || bounds.least > 1 || bounds.most < candidates.length);
  const needed = Math.max(Math.ceil(wanted) + 1, bounds.least, bounds.most < candidates.length ? bounds.most + 1 : 1);
  const most = needsCount ? Math.min(needed, candidates.length, MOST_COUNTED) : 1;
  // Those nobody asks for are as many as are taken of them.
  const pool = Array.from({ length: Math.min(rest, most) }, () => logic.free());
  pool.forEach((l, i) => logic.rule(l, i === 0 ? shown : (pool[i - 1] ?? shown)));
  const answered = logic.any([...all, ...pool]);
  logic.rule(must, answered);
  if (!several) logic.exclude([...all, ...pool]);
  const taken = [...all, ...pool];
  const atLeast = needsCount ? logic.counts(taken, most) : [answered];
  if (several) {
    for (const c of followed) {
      const alone = logic.all([litOf(c.id), c.exclusive]);
      if (c.exclusive !== logic.no) for (const other of taken) if (other !== litOf(c.id)) logic.rule(alone, -other);
    }
    const exclusive = logic.any(followed.map((c) => logic.all([litOf(c.id), c.exclusive])));
    const over = atLeast[bounds.most];
    if (over !== undefined) logic.rule(over, logic.no);
    const offered = logic.counts(
      candidates.map((c) => c.offered),
      Math.min(bounds.least, most),
    );
    offered.forEach((has, k) =>
      logic.rule(logic.all([question.kind === 'ranking' ? must : answered, -exclusive, has]), atLeast[k] ?? logic.yes),
    );
  }
  const guesses = guesser(logic);
  return {
    chosen: (id) =>
      lits.get(id) ?? (candidates.some((c) => c.id === id) ? logic.all([answered, logic.free()]) : logic.no),
    leaf: (leaf, row, counting) => {
      if (row !== undefined) return question.kind === 'ranking' ? logic.all([answered, logic.free()]) : logic.no;
      if (!counting) {
        if (leaf.op === 'exists') return answered;
        return logic.any(followed.filter((c) => satisfies(leaf, c.id)).map((c) => litOf(c.id)));
      }
      if (!several || leaf.op === 'exists') return satisfies(leaf, 1) ? answered : logic.no;
      if (most < Math.min(candidates.length, Math.ceil(wanted) + 1)) return logic.all([answered, guesses(leaf)]);
      const exactly = atLeast.map((has, k) => ({ n: k + 1, holds: logic.all([has, -(atLeast[k + 1] ?? logic.no)]) }));
      return logic.any(exactly.filter(({ n }) => satisfies(leaf, n)).map(({ holds }) => holds));
    },
  };
}

function boundsOf(question: Question): { readonly least: number; readonly most: number } {
  if (question.kind === 'ranking') return { least: question.most ?? Infinity, most: question.most ?? Infinity };
  if (question.kind !== 'multiple' && question.kind !== 'picture') return { least: 1, most: 1 };
  return { least: Math.max(question.least ?? 1, 1), most: question.most ?? Infinity };
}

function matrix(
  logic: Logic,
  several: boolean,
  shown: Literal,
  must: Literal,
  rows: readonly Candidate[],
  columns: readonly Candidate[],
  { leaves, rows: byRow }: Asked,
): Instance['leaf'] {
  const followed = rows.filter((row) => byRow.has(row.id) || (leaves.length > 0 && rows.length <= MOST_COUNTED));
  const elsewhere = followed.length < rows.length ? logic.free() : logic.no;
  logic.rule(elsewhere, shown);
  const guesses = guesser(logic);
  const cells = new Map(
    followed.map((row) => {
      const asked = [...leaves, ...(byRow.get(row.id) ?? [])].filter((leaf) => leaf.op !== 'exists');
      // Columns that are always there and nobody tells apart are one.
      const kinds = new Map(
        columns.map((c) => [
          c.offered === logic.yes ? asked.map((leaf) => (satisfies(leaf, c.id) ? 1 : 0)).join('') : c.id,
          c,
        ]),
      );
      const lits = [...kinds.values()].map((column) => ({ column, lit: logic.free() }));
      for (const { column, lit } of lits)
        for (const then of [shown, row.offered, column.offered]) logic.rule(lit, then);
      if (!several) logic.exclude(lits.map(({ lit }) => lit));
      const answered = logic.any(lits.map(({ lit }) => lit));
      logic.rule(logic.all([must, row.offered]), answered);
      return [row.id, { lits, answered }] as const;
    }),
  );
  const answered = logic.any([...[...cells.values()].map((row) => row.answered), elsewhere]);
  logic.rule(must, answered);
  const inRow = (id: string, leaf: Leaf): Literal => {
    const row = cells.get(id);
    if (row === undefined) return logic.no;
    return leaf.op === 'exists'
      ? row.answered
      : logic.any(row.lits.filter(({ column }) => satisfies(leaf, column.id)).map(({ lit }) => lit));
  };
  return (leaf, row, counting) => {
    if (counting) return logic.all([answered, guesses(leaf)]);
    if (row !== undefined) return inRow(row, leaf);
    return logic.any([...[...cells.keys()].map((id) => inRow(id, leaf)), logic.all([elsewhere, guesses(leaf)])]);
  };
}
