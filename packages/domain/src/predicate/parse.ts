import {
  type Condition,
  LIMITS,
  OPS,
  type Op,
  type Predicate,
  PredicateError,
  type Scalar,
  normalise,
} from './tree.ts';

/**
 * Reads a predicate from a JSON tree that came from outside.
 * Throws PredicateError naming the place; the result is normalised.
 */
export function parseTree(tree: unknown): Predicate {
  const budget = { conditions: 0 };
  return normalise(readNode(tree, '', 1, budget, true));
}

function readNode(node: unknown, at: string, depth: number, budget: { conditions: number }, top: boolean): Predicate {
  if (depth > LIMITS.depth) throw new PredicateError(at, `nested deeper than ${LIMITS.depth} levels`);
  if (!isRecord(node)) throw new PredicateError(at, 'must be an object: a condition, or one of all, any, not');
  const keys = Object.keys(node);
  const group = (['all', 'any', 'not'] as const).find((g) => g in node);
  if (group === undefined) {
    if (++budget.conditions > LIMITS.conditions) {
      throw new PredicateError(at, `more than ${LIMITS.conditions} conditions`);
    }
    return readCondition(node, at);
  }
  if (keys.length > 1)
    throw new PredicateError(at, `${group} stands alone: take away ${keys.filter((k) => k !== group).join(', ')}`);
  const below = at === '' ? group : `${at}.${group}`;
  const inner = node[group];
  if (group === 'not') return { not: readNode(inner, below, depth + 1, budget, false) };
  if (!Array.isArray(inner)) throw new PredicateError(below, 'must be a list of predicates');
  if (inner.length === 0 && !(top && group === 'all'))
    throw new PredicateError(below, 'must hold at least one predicate');
  const children = inner.map((child: unknown, i) => readNode(child, `${below}[${i}]`, depth + 1, budget, false));
  return group === 'all' ? { all: children } : { any: children };
}

function readCondition(node: Readonly<Record<string, unknown>>, at: string): Condition {
  const place = (key: string): string => (at === '' ? key : `${at}.${key}`);
  const odd = Object.keys(node).find((k) => k !== 'field' && k !== 'op' && k !== 'value');
  if (odd !== undefined) throw new PredicateError(place(odd), 'is not known here: a condition has field, op and value');
  const { field, op, value } = node;
  if (typeof field !== 'string') throw new PredicateError(place('field'), 'must be the name of a field');
  checkField(field, place('field'));
  if (!isOp(op)) throw new PredicateError(place('op'), `must be one of ${OPS.join(', ')}`);
  if (op === 'exists') {
    if (value !== undefined) throw new PredicateError(place('value'), 'exists takes no value');
    return { field, op };
  }
  if (op === 'in') {
    if (!Array.isArray(value) || value.length === 0)
      throw new PredicateError(place('value'), 'in takes a list of values');
    if (value.length > LIMITS.values) throw new PredicateError(place('value'), `more than ${LIMITS.values} values`);
    return { field, op, value: value.map((v: unknown, i) => readScalar(v, `${place('value')}[${i}]`)) };
  }
  return { field, op, value: readScalar(value, place('value')) };
}

export function checkField(field: string, at: string): void {
  if (field === '' || field.length > LIMITS.fieldLength) {
    throw new PredicateError(at, `must have 1 to ${LIMITS.fieldLength} characters`);
  }
  if (ILL_FORMED.test(field) || CONTROL.test(field))
    throw new PredicateError(at, 'holds characters that no field name has');
}

export function readScalar(value: unknown, at: string): Scalar {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    const plain = Object.is(value, -0) ? 0 : value;
    if (isPlainNumber(String(plain))) return plain;
    throw new PredicateError(at, 'must be a number of at most 15 digits before the point and 15 after it');
  }
  if (typeof value !== 'string') throw new PredicateError(at, 'must be a text, a number, or true or false');
  if (value.length > LIMITS.valueLength) throw new PredicateError(at, `longer than ${LIMITS.valueLength} characters`);
  if (ILL_FORMED.test(value)) throw new PredicateError(at, 'is not well-formed text');
  if (value === '') throw new PredicateError(at, 'is empty: ask with exists, or not exists, whether there is a value');
  return value;
}

/** Whether a text is a number as JSON writes it, without exponent and of bounded length. */
export function readsAsNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Whether it is also spelled as a number prints: `4`, not `4.0`. */
export function isPlainNumber(text: string): boolean {
  return NUMBER.test(text) && String(Number(text)) === text;
}

/** The same pattern stands in the SQL of `compile.ts`. */
export const NUMBER_PATTERN = '^-?(0|[1-9][0-9]{0,14})([.][0-9]{1,15})?$';
const NUMBER = new RegExp(NUMBER_PATTERN, 'u');
const ILL_FORMED = /\p{Surrogate}/u;
const CONTROL = /\p{Cc}/u;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOp(value: unknown): value is Op {
  return OPS.some((op) => op === value);
}
