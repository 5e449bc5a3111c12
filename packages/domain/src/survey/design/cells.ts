import { type Condition as Leaf, type Predicate, evaluate, fieldsOf } from '../../predicate/index.ts';
import { checkAnswer, scaleOf } from '../check.ts';
import type { Question } from '../document.ts';

/*
 * What a single value may be, as far as conditions can tell: values they all agree on are one. So a number of any size
 * has as many cells as there are thresholds asked of, and no more.
 */

/** A condition that asks of one field only. */
export type { Leaf };
type Value = string | number | boolean;

/** Whether a value satisfies a leaf. */
export function satisfies(leaf: Leaf, value: Value): boolean {
  return evaluate(leaf, () => value);
}

/** The leaves of a condition. */
export function leavesOf(condition: Predicate): Leaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  return 'not' in condition ? leavesOf(condition.not) : [condition];
}

export interface Cells {
  /** One value for each cell. */
  readonly values: readonly Value[];
  /** Whether there are values of which nothing is known but that they are there. */
  readonly other: boolean;
}

/** Cells of a question with one plain answer; of a choice, `ids` are what may be chosen. */
export function cellsOf(question: Question, leaves: readonly Leaf[]): Cells {
  const scale = scaleOf(question);
  if (scale !== undefined) {
    const steps = Math.floor((scale.to - scale.from) / scale.step + 1e-9);
    const none = 'none' in question && question.none !== undefined ? ['none'] : [];
    if (!(steps >= 0)) return { values: none, other: false };
    if (steps > 1_000) return { values: none, other: true };
    const points = Array.from({ length: steps + 1 }, (_, i) => Number((scale.from + i * scale.step).toFixed(9)));
    return { values: distinct([...points, ...none], leaves), other: false };
  }
  if (question.kind === 'consent') return { values: question.required === true ? [true] : [true, false], other: false };
  if (question.kind === 'number' && leaves.every(isNumeric)) {
    const step = 10 ** -(question.decimals ?? 0);
    const around = numbersOf(leaves).flatMap((n) => [Math.floor(n / step) * step, Math.ceil(n / step) * step]);
    const tried = [...around.flatMap((n) => [n - step, n, n + step]), question.min ?? -1e9, question.max ?? 1e9, 0];
    const offer = { question, choices: [], rows: [], sets: [] };
    const valid = tried
      .map((n) => Number(n.toFixed(question.decimals ?? 0)))
      .filter((n) => checkAnswer(offer, n).problems.length === 0);
    return { values: distinct(valid, leaves), other: false };
  }
  if (question.kind === 'shortText' || question.kind === 'longText') return openCells(leaves, []);
  return { values: [], other: true };
}

/** Cells of a text or number that comes from outside. */
export function openCells(leaves: readonly Leaf[], more: readonly string[]): Cells {
  const plain = leaves.every(
    (leaf) => leaf.op === 'eq' || leaf.op === 'ne' || leaf.op === 'in' || leaf.op === 'exists',
  );
  if (plain || leaves.every(isNumeric)) {
    const numbers = plain ? [] : numbersOf(leaves).toSorted((a, b) => a - b);
    const between = numbers.flatMap((n, i) => [n, ((numbers[i + 1] ?? n + 2) + n) / 2]);
    return {
      values: distinct([...constantsOf(leaves), ...more, (numbers[0] ?? 0) - 1, ...between, UNHEARD], leaves),
      other: false,
    };
  }
  return { values: distinct([...more], leaves), other: true };
}

/** No constant of any condition. */
const UNHEARD = '\u{10FFFD}';

/** Values of which each answers some leaf differently from all others. */
export function distinct<T extends Value>(values: readonly T[], leaves: readonly Leaf[]): T[] {
  return [
    ...new Map(
      values.map((value) => [leaves.map((leaf) => (satisfies(leaf, value) ? 1 : 0)).join(''), value]),
    ).values(),
  ];
}

function constantsOf(leaves: readonly Leaf[]): Value[] {
  return leaves.flatMap((leaf) => (leaf.op === 'exists' ? [] : leaf.op === 'in' ? leaf.value : [leaf.value]));
}

function numbersOf(leaves: readonly Leaf[]): number[] {
  return constantsOf(leaves).map(Number).filter(Number.isFinite);
}

/** Whether only the number a value is decides. */
function isNumeric(leaf: Leaf): boolean {
  if (leaf.op === 'exists') return true;
  if (leaf.op === 'contains' || leaf.op === 'startsWith' || leaf.op === 'glob') return false;
  return constantsOf([leaf]).every(
    (value) => typeof value === 'number' || (value !== '' && Number.isFinite(Number(value))),
  );
}

/** Leaves of all conditions by the field they ask of; what is not equal is asked as not what is equal. */
export function leavesByField(conditions: readonly Predicate[]): ReadonlyMap<string, readonly Leaf[]> {
  const found = new Map<string, Leaf[]>();
  for (const condition of conditions) {
    if (fieldsOf(condition).length === 0) continue;
    for (const leaf of leavesOf(condition)) {
      const plain: Leaf = leaf.op === 'ne' ? { ...leaf, op: 'eq' } : leaf;
      found.set(leaf.field, [...(found.get(leaf.field) ?? []), plain]);
    }
  }
  return found;
}
