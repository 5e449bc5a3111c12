import type { FieldValue } from '../predicate/index.ts';
import type { Answer } from './answers.ts';
import type { Question } from './document.ts';

/** What the name of a field in a condition or between `{{` and `}}` stands for. */
export type Field =
  | { readonly of: 'answer'; readonly id: string; readonly row?: string }
  | { readonly of: 'count' | 'hidden' | 'person' | 'score'; readonly id: string }
  | { readonly of: 'loop'; readonly id: '' | 'index' };

/** Names that no question may have. */
export const RESERVED: readonly string[] = ['count', 'hidden', 'person', 'score', 'loop'];

/** Undefined where no field is written like that. */
export function fieldOf(name: string): Field | undefined {
  const dot = name.indexOf('.');
  const head = dot < 0 ? name : name.slice(0, dot);
  const rest = dot < 0 ? '' : name.slice(dot + 1);
  if (head === 'loop') return rest === '' || rest === 'index' ? { of: head, id: rest } : undefined;
  if (head === '' || (dot >= 0 && rest === '')) return undefined;
  if (head === 'count' || head === 'hidden' || head === 'person' || head === 'score')
    return dot < 0 ? undefined : { of: head, id: rest };
  return dot < 0 ? { of: 'answer', id: head } : { of: 'answer', id: head, row: rest };
}

type Parts = Readonly<Record<string, number | readonly string[]>>;

/** An answer, or a row of it, as conditions see it; see `Condition`. */
export function valueOf({ kind }: Question, answer: Answer, row?: string): FieldValue {
  if (typeof answer !== 'object') return row === undefined ? answer : undefined;
  if (isList(answer)) {
    const ids = answer.map((a) => (typeof a === 'string' ? a : a.id));
    return row === undefined ? ids : kind === 'ranking' ? ids.indexOf(row) + 1 || undefined : undefined;
  }
  if (kind !== 'matrix' && kind !== 'constantSum' && kind !== 'maxdiff')
    return row === undefined && isList(answer['chosen']) ? answer['chosen'] : undefined;
  const parts = answer as Parts;
  if (kind === 'maxdiff') {
    const sets = Object.values(parts).filter(isList);
    if (row === undefined) return sets.flatMap((set) => set.slice(0, 1));
    return sets.reduce((sum, [best, worst]) => sum + (best === row ? 1 : 0) - (worst === row ? 1 : 0), 0);
  }
  if (row !== undefined) return Object.hasOwn(parts, row) ? parts[row] : undefined;
  return Object.entries(parts).flatMap(([id, part]) => (isList(part) ? part : part > 0 ? [id] : []));
}

/** How many were chosen, ranked, rated or uploaded; one of a plain answer. */
export function countOf({ kind }: Question, answer: Answer): number {
  if (typeof answer !== 'object') return 1;
  if (isList(answer)) return answer.length;
  if (kind !== 'matrix' && kind !== 'constantSum' && kind !== 'maxdiff' && 'chosen' in answer)
    return isList(answer['chosen']) ? answer['chosen'].length : 0;
  return Object.values(answer).filter((part) => isList(part) || part !== 0).length;
}

/** `Array.isArray` that knows of lists that may not be changed. */
export function isList<T>(value: T): value is Extract<T, readonly unknown[]> {
  return Array.isArray(value);
}

/** The words that were typed beside choices, by choice. */
export function wordsOf(answer: Answer | undefined): Readonly<Record<string, string>> {
  if (typeof answer !== 'object' || isList(answer)) return {};
  const { words } = answer;
  return isWords(words) ? words : {};
}

function isWords(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
