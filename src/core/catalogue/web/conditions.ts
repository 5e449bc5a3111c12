import type { Condition, Op, Predicate } from '@touchstone/domain/predicate';

/** A predicate that is a list of conditions, joined one way: what a form can show. */
export interface Conditions {
  readonly join: 'all' | 'any';
  readonly list: readonly Line[];
}

/**
 * One condition as it is typed; several values are parted by commas. Values stay texts: the grammar compares numbers by
 * value however they are spelled.
 */
export interface Line {
  readonly field: string;
  readonly op: Op;
  readonly text: string;
}

/** The predicate as conditions, or null where it is nested deeper. */
export function toConditions(predicate: Predicate): Conditions | null {
  if ('not' in predicate) return null;
  if (!('all' in predicate) && !('any' in predicate)) return { join: 'all', list: [toLine(predicate)] };
  const [join, parts] = 'all' in predicate ? (['all', predicate.all] as const) : (['any', predicate.any] as const);
  const list: Line[] = [];
  for (const part of parts) {
    if ('all' in part || 'any' in part || 'not' in part) return null;
    list.push(toLine(part));
  }
  return { join, list };
}

function toLine(c: Condition): Line {
  if (c.op === 'exists') return { field: c.field, op: c.op, text: '' };
  return { field: c.field, op: c.op, text: c.op === 'in' ? c.value.join(', ') : String(c.value) };
}

/** Back to a JSON tree; the server says what is wrong with it. */
export function toPredicate({ join, list }: Conditions): Predicate {
  const [only] = list;
  if (list.length === 1 && only !== undefined) return toCondition(only);
  const conditions = list.map(toCondition);
  return join === 'all' || conditions.length === 0 ? { all: conditions } : { any: conditions };
}

function toCondition({ field, op, text }: Line): Condition {
  if (op === 'exists') return { field, op };
  if (op === 'in') {
    const values = text
      .split(/[,،]/u)
      .map((v) => v.trim())
      .filter((v) => v !== '');
    return { field, op, value: values };
  }
  return { field, op, value: text.trim() };
}
