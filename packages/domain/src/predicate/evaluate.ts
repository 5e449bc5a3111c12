import { readsAsNumber } from './parse.ts';
import type { Condition, Predicate, Scalar } from './tree.ts';

/** What a field may hold. Missing, null and the empty text are the same: no value. */
export type FieldValue = Scalar | null | undefined | readonly (Scalar | null | undefined)[];

export type Test = (read: (field: string) => FieldValue) => boolean;

/** Whether something satisfies the predicate. `read` gives the value of a field, or undefined. */
export function evaluate(predicate: Predicate, read: (field: string) => FieldValue): boolean {
  return compileTest(predicate)(read);
}

/** The predicate as a function, for many evaluations. */
export function compileTest(predicate: Predicate): Test {
  if ('all' in predicate) {
    const tests = predicate.all.map(compileTest);
    return (read) => tests.every((test) => test(read));
  }
  if ('any' in predicate) {
    const tests = predicate.any.map(compileTest);
    return (read) => tests.some((test) => test(read));
  }
  if ('not' in predicate) {
    const test = compileTest(predicate.not);
    return (read) => !test(read);
  }
  const { field } = predicate;
  if (predicate.op === 'ne') {
    const equal = textTest({ field, op: 'eq', value: predicate.value });
    return (read) => !anyText(read(field), equal);
  }
  const test = textTest(predicate);
  return (read) => anyText(read(field), test);
}

/** A list satisfies a condition when one of its values does. */
function anyText(value: FieldValue, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return value !== '' && test(value);
  if (value === undefined || value === null) return false;
  if (typeof value === 'object') return value.some((v) => v !== null && v !== undefined && v !== '' && test(String(v)));
  return test(String(value));
}

function textTest(c: Condition): (text: string) => boolean {
  switch (c.op) {
    case 'exists':
      return () => true;
    case 'eq':
    case 'ne':
      return equals(c.value);
    case 'in': {
      const tests = c.value.map(equals);
      return (text) => tests.some((test) => test(text));
    }
    case 'lt':
      return ordered(c.value, (sign) => sign < 0);
    case 'le':
      return ordered(c.value, (sign) => sign <= 0);
    case 'gt':
      return ordered(c.value, (sign) => sign > 0);
    case 'ge':
      return ordered(c.value, (sign) => sign >= 0);
    case 'contains': {
      const part = String(c.value);
      return (text) => text.includes(part);
    }
    case 'startsWith': {
      const start = String(c.value);
      return (text) => text.startsWith(start);
    }
    case 'glob':
      return globTest(String(c.value));
  }
}

/** Equal are texts that are the same, and numbers that are the same however they are spelled: 4 and "4.0". */
function equals(value: Scalar): (text: string) => boolean {
  const wanted = String(value);
  if (!readsAsNumber(wanted)) return (text) => text === wanted;
  const number = Number(wanted);
  return (text) => text === wanted || (readsAsNumber(text) && Number(text) === number);
}

/** Against a number only numbers are ordered, by value; against a text everything is, by code point. */
function ordered(value: Scalar, holds: (sign: number) => boolean): (text: string) => boolean {
  const wanted = String(value);
  if (!readsAsNumber(wanted)) return (text) => holds(compareCodePoints(text, wanted));
  const number = Number(wanted);
  return (text) => readsAsNumber(text) && holds(Number(text) - number);
}

/** The order of UTF-8 bytes, which is that of code points; JavaScript's own differs beyond U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
  const [surrogateX, surrogateY] = [x >= 0xd800 && x <= 0xdfff, y >= 0xd800 && y <= 0xdfff];
  return surrogateX === surrogateY ? x - y : surrogateX ? 1 : -1;
}

/**
 * `*` stands for any run of characters, `?` for one; all else for itself. Not by a regular expression: several stars can
 * make one take for ever.
 */
function globTest(glob: string): (text: string) => boolean {
  if (glob.includes('?')) {
    const pattern = [...glob];
    return (text) => matchesGlob([...text], pattern);
  }
  const [start = '', ...others] = glob.split('*');
  const end = others.pop();
  if (end === undefined) return (text) => text === start;
  return (text) => {
    if (!text.startsWith(start)) return false;
    let at = start.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return text.length - end.length >= at && text.endsWith(end);
  };
}

/** After a mismatch only the last star takes one character more: the ones before it need not be tried again. */
function matchesGlob(text: readonly string[], pattern: readonly string[]): boolean {
  let [at, wanted, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[wanted] === '*') [star, resume] = [wanted++, at];
    else if (pattern[wanted] === '?' || pattern[wanted] === text[at]) [at, wanted] = [at + 1, wanted + 1];
    else if (star !== -1) [at, wanted] = [++resume, star + 1];
    else return false;
  }
  return pattern.slice(wanted).every((c) => c === '*');
}

/** A value out of a JSON object as a field holds it: scalars, and lists of scalars; an object is no value. */
export function jsonValue(value: unknown): FieldValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.map((v: unknown) => (isScalar(v) ? v : undefined)) : undefined;
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
