import { type Predicate, PredicateError, type Scalar, parseTree } from '../../predicate/index.ts';
import type { Condition } from '../document.ts';
import type { Expression } from './expression.ts';

/** What a name in an expression stands for here. */
export interface Reference {
  /** A field of conditions: `q1`, `q1.row`, `person.plan`. */
  readonly field: string;
  /** The id of what was chosen by the value it has in the file; undefined: there is none such. Values as they are without it. */
  readonly choice?: (value: string) => string | undefined;
  /** Several may be chosen. */
  readonly many?: boolean;
  /** It asks whether this one is chosen. */
  readonly chosen?: string;
  /** How many there are to choose. */
  readonly outOf?: number;
  /** May be compared with less and more. */
  readonly ordered?: boolean;
  /** What it is equal to when it holds by itself. */
  readonly truth?: Scalar;
}
export type Resolve = (name: string) => Reference | undefined;

/** `true`: it always holds, `false`: it never does, undefined: it cannot be said here. */
export function conditionOf(expression: Expression, resolve: Resolve): Condition | boolean | undefined {
  try {
    const found = new Translator(resolve).condition(expression);
    // Too deep or too long is not said either.
    return typeof found === 'boolean' ? found : parseTree(found);
  } catch (error) {
    if (error instanceof Unsayable || error instanceof PredicateError) return undefined;
    throw error;
  }
}

class Unsayable extends Error {}
type Said = Predicate | boolean;

/** All of these, without those that always hold. */
export function allOf(parts: readonly Said[]): Said {
  if (parts.includes(false)) return false;
  const left = parts.flatMap((part) => (typeof part === 'boolean' ? [] : 'all' in part ? part.all : [part]));
  const [only] = left;
  return only === undefined ? true : left.length === 1 ? only : { all: left };
}
export function anyOf(parts: readonly Said[]): Said {
  const left = parts.flatMap((part) => (typeof part === 'boolean' ? [] : 'any' in part ? part.any : [part]));
  const [only] = left;
  if (parts.includes(true)) return true;
  return only === undefined ? false : left.length === 1 ? only : { any: left };
}
function not(part: Said): Said {
  return typeof part === 'boolean' ? !part : { not: part };
}

const MIRROR: Readonly<Record<string, string>> = { eq: 'eq', ne: 'ne', lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' };

class Translator {
  constructor(readonly resolve: Resolve) {}

  condition(expression: Expression): Said {
    switch (expression.is) {
      case 'value':
        return (
          expression.value !== '' && expression.value !== 0 && expression.value !== false && expression.value !== '0'
        );
      case 'field': {
        const found = this.reference(expression);
        return found.truth === undefined ? this.exists(found) : this.equal(found, found.truth);
      }
      case 'call': {
        const [of] = expression.of;
        if (expression.name !== 'is_empty' || of === undefined || expression.of.length !== 1) throw new Unsayable();
        return not(this.exists(this.reference(of)));
      }
      case 'op':
        return this.operation(expression.op, expression.of);
      case 'list':
        throw new Unsayable();
    }
  }

  operation(op: string, of: readonly Expression[]): Said {
    const [left, right] = of;
    if (op === 'and') return allOf(of.map((part) => this.condition(part)));
    if (op === 'or') return anyOf(of.map((part) => this.condition(part)));
    if (left === undefined) throw new Unsayable();
    if (op === 'not') return not(this.condition(left));
    if (op === 'exists') return this.exists(this.reference(left));
    if (op === 'empty') return not(this.exists(this.reference(left)));
    if (right === undefined) throw new Unsayable();
    if (left.is === 'value' && right.is !== 'value') {
      const mirrored = MIRROR[op];
      if (mirrored === undefined) throw new Unsayable();
      return this.operation(mirrored, [right, left]);
    }
    if (left.is === 'value' && right.is === 'value') {
      if (op !== 'eq' && op !== 'ne') throw new Unsayable();
      return (String(left.value) === String(right.value)) === (op === 'eq');
    }
    if (left.is === 'call') return this.counted(op, left.name, left.of, right);
    return this.compared(op, this.reference(left), valuesOf(right));
  }

  /** `count(a, b, c) > 1` over all there is to choose, and `strlen(a) > 0`. */
  counted(op: string, name: string, of: readonly Expression[], right: Expression): Said {
    const value = right.is === 'value' ? Number(right.value) : Number.NaN;
    const found = of.map((one) => this.reference(one));
    const [first] = found;
    if (first === undefined || !Number.isFinite(value)) throw new Unsayable();
    if (name === 'strlen' && found.length === 1) {
      if ((op === 'gt' && value === 0) || (op === 'ge' && value === 1) || (op === 'ne' && value === 0))
        return this.exists(first);
      if (op === 'eq' && value === 0) return not(this.exists(first));
    }
    const all = new Set(found.map((one) => (one.field === first.field ? one.chosen : undefined)));
    if (name !== 'count' || all.has(undefined) || all.size !== first.outOf) throw new Unsayable();
    // Nothing chosen is no answer, which counts as none at all.
    if (holds(op, 0, value))
      return anyOf([not({ field: first.field, op: 'exists' }), this.plain(`count.${first.field}`, op, value)]);
    return this.plain(`count.${first.field}`, op, value);
  }

  compared(op: string, found: Reference, values: readonly Scalar[]): Said {
    const [value] = values;
    if (value === undefined) throw new Unsayable();
    const each = (): Said[] => values.map((one) => this.equal(found, one));
    switch (op) {
      case 'eq':
      case 'ne': {
        const same =
          values.length === 1 && found.many !== true
            ? this.equal(found, value)
            : allOf([
                ...each(),
                ...(found.many === true ? [this.plain(`count.${found.field}`, 'eq', values.length)] : []),
              ]);
        return op === 'eq' ? same : not(same);
      }
      case 'anyof':
        return anyOf(each());
      case 'noneof':
        return not(anyOf(each()));
      case 'allof':
        return allOf(each());
      case 'contains':
      case 'notcontains': {
        const has =
          found.choice === undefined && found.many !== true
            ? allOf(values.map((one) => this.plain(found.field, 'contains', String(one))))
            : allOf(each());
        return op === 'contains' ? has : not(has);
      }
      case 'lt':
      case 'le':
      case 'gt':
      case 'ge': {
        if (found.ordered !== true || found.chosen !== undefined || values.length !== 1) throw new Unsayable();
        const number = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/u.test(value) ? Number(value) : value;
        return this.plain(found.field, op, number);
      }
      default:
        throw new Unsayable();
    }
  }

  equal(found: Reference, value: Scalar): Said {
    const isNone = value === '';
    if (found.chosen !== undefined) {
      if (isNone || value === 'N' || value === false) return not(this.exists(found));
      if (value !== 'Y' && value !== true && value !== 1 && value !== '1') throw new Unsayable();
      return this.exists(found);
    }
    if (isNone) return not(this.exists(found));
    const id = found.choice === undefined ? value : found.choice(String(value));
    if (id === undefined) throw new Unsayable();
    return this.plain(found.field, 'eq', id);
  }

  exists({ field, chosen }: Reference): Said {
    return chosen === undefined ? { field, op: 'exists' } : { field, op: 'eq', value: chosen };
  }

  plain(field: string, op: string, value: Scalar): Predicate {
    if (op !== 'eq' && op !== 'ne' && op !== 'lt' && op !== 'le' && op !== 'gt' && op !== 'ge' && op !== 'contains')
      throw new Unsayable();
    return { field, op, value };
  }

  reference(expression: Expression): Reference {
    const found = expression.is === 'field' ? this.resolve(expression.name) : undefined;
    if (found === undefined) throw new Unsayable();
    return found;
  }
}

function valuesOf(expression: Expression): Scalar[] {
  if (expression.is === 'value') return [expression.value];
  if (expression.is !== 'list') throw new Unsayable();
  return expression.of.map((one) => {
    if (one.is !== 'value') throw new Unsayable();
    return one.value;
  });
}

function holds(op: string, left: number, right: number): boolean {
  if (op === 'eq') return left === right;
  if (op === 'ne') return left !== right;
  if (op === 'lt') return left < right;
  if (op === 'le') return left <= right;
  return op === 'gt' ? left > right : left >= right;
}
