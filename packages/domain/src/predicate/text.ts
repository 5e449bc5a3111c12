import { isPlainNumber, parseTree } from './parse.ts';
import {
  EVERYTHING,
  LIMITS,
  type Op,
  type Predicate,
  PredicateError,
  type Scalar,
  isEverything,
  normalise,
} from './tree.ts';

/*
 * The compact text of a predicate, made for addresses:
 *
 *   any       = all *( "|" all )
 *   all       = one *( ";" one )
 *   one       = "!" one | "(" any ")" | condition
 *   condition = word "?" | word mark value *( "," value )
 *   mark      = ":" eq (with commas: in) | "!:" ne | "<" | "<=" | ">" | ">=" | "~" contains | "^" startsWith | "@" glob
 *   word      = bare text, or a JSON string in double quotes
 */
const MARKS: readonly (readonly [string, Op])[] = [
  ['!:', 'ne'],
  ['<=', 'le'],
  ['>=', 'ge'],
  ['<', 'lt'],
  ['>', 'gt'],
  [':', 'eq'],
  ['~', 'contains'],
  ['^', 'startsWith'],
  ['@', 'glob'],
];
const MARK_OF = new Map(MARKS.map(([mark, op]) => [op, mark]));
const SPECIAL = new Set(';|(),!?<>=:~^@"');

/** Reads the compact text, or a JSON tree when it begins with `{`. The empty text is everything. */
export function parseText(text: string): Predicate {
  if (text.length > LIMITS.text) throw new PredicateError('', `the filter is longer than ${LIMITS.text} characters`);
  const trimmed = text.trim();
  if (trimmed === '') return EVERYTHING;
  if (trimmed.startsWith('{')) return parseTree(readJson(trimmed, 'filter'));
  const reader = new Reader(text);
  const tree = reader.any(1);
  reader.end();
  return parseTree(tree);
}

/** The compact text; `parseText` of it gives the same normalised predicate. */
export function printText(predicate: Predicate): string {
  const plain = normalise(predicate);
  return isEverything(plain) ? '' : print(plain);
}

function print(p: Predicate): string {
  if ('any' in p) return p.any.map((c) => ('any' in c ? `(${print(c)})` : print(c))).join('|');
  if ('all' in p) return p.all.map((c) => ('any' in c || 'all' in c ? `(${print(c)})` : print(c))).join(';');
  if ('not' in p) return 'field' in p.not ? `!${print(p.not)}` : `!(${print(p.not)})`;
  const field = printWord(p.field, false);
  if (p.op === 'exists') return `${field}?`;
  if (p.op === 'in') return `${field}:${p.value.map(printValue).join(',')}${p.value.length === 1 ? ',' : ''}`;
  return `${field}${MARK_OF.get(p.op) ?? ''}${printValue(p.value)}`;
}

function printValue(value: Scalar): string {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' ? String(value) : printWord(value, true);
}

/** A bare word where it reads back as the same text, else quoted. */
function printWord(word: string, isValue: boolean): string {
  const looksLikeOther = isValue && (word === 'true' || word === 'false' || isPlainNumber(word));
  const bare = word.trim() === word && !word.startsWith('{') && ![...word].some((c) => SPECIAL.has(c));
  return bare && !looksLikeOther ? word : JSON.stringify(word);
}

function readJson(text: string, at: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PredicateError(at, 'is not readable as JSON');
  }
}

class Reader {
  #at = 0;

  constructor(readonly text: string) {}

  any(depth: number): unknown {
    const parts = [this.#all(depth)];
    while (this.#take('|')) parts.push(this.#all(depth));
    return parts.length === 1 ? parts[0] : { any: parts };
  }

  end(): void {
    if (this.#at < this.text.length) this.#fail(`unexpected "${this.text[this.#at]}"`);
  }

  #all(depth: number): unknown {
    const parts = [this.#one(depth)];
    while (this.#take(';')) parts.push(this.#one(depth));
    return parts.length === 1 ? parts[0] : { all: parts };
  }

  #one(depth: number): unknown {
    if (depth > LIMITS.depth * 2) this.#fail(`nested deeper than ${LIMITS.depth} levels`);
    if (this.#take('!')) return { not: this.#one(depth + 1) };
    if (this.#take('(')) {
      const inner = this.any(depth + 1);
      if (!this.#take(')')) this.#fail('a bracket is not closed');
      return inner;
    }
    return this.#condition();
  }

  #condition(): unknown {
    const field = this.#word('a field').text;
    if (this.#take('?')) return { field, op: 'exists' };
    const mark = MARKS.find(([m]) => this.text.startsWith(m, this.#at));
    if (mark === undefined) this.#fail(`after "${field}" there must be one of ${MARKS.map(([m]) => m).join(' ')} ?`);
    this.#at += mark[0].length;
    const values = [this.#value()];
    let listed = false;
    while (mark[1] === 'eq' && this.#take(',')) {
      listed = true;
      if (this.#atWord()) values.push(this.#value());
    }
    return listed ? { field, op: 'in', value: values } : { field, op: mark[1], value: values[0] };
  }

  #value(): Scalar {
    const { text, quoted } = this.#word('a value');
    if (quoted) return text;
    if (text === 'true' || text === 'false') return text === 'true';
    return isPlainNumber(text) ? Number(text) : text;
  }

  #atWord(): boolean {
    const c = this.text[this.#at];
    return c !== undefined && (c === '"' || !SPECIAL.has(c));
  }

  #word(what: string): { readonly text: string; readonly quoted: boolean } {
    const start = this.#at;
    if (this.text[start] === '"') {
      const end = this.#closingQuote(start);
      this.#at = end + 1;
      const word = readJson(this.text.slice(start, end + 1), `character ${start + 1}`);
      return { text: String(word), quoted: true };
    }
    while (this.#at < this.text.length && !SPECIAL.has(this.text.charAt(this.#at))) this.#at++;
    const text = this.text.slice(start, this.#at).trim();
    if (text === '') this.#fail(`${what} is missing`);
    return { text, quoted: false };
  }

  #closingQuote(start: number): number {
    for (let i = start + 1; i < this.text.length; i++) {
      if (this.text[i] === '\\') i++;
      else if (this.text[i] === '"') return i;
    }
    return this.#fail('a quote is not closed');
  }

  #take(mark: string): boolean {
    if (!this.text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }

  #fail(reason: string): never {
    throw new PredicateError(`character ${this.#at + 1}`, reason);
  }
}
