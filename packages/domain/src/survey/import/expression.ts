import type { Scalar } from '../../predicate/index.ts';

/** An expression of another program, read. Operators are named as predicates name them. */
export type Expression =
  | { readonly is: 'field'; readonly name: string }
  | { readonly is: 'value'; readonly value: Scalar }
  | { readonly is: 'list'; readonly of: readonly Expression[] }
  | { readonly is: 'call'; readonly name: string; readonly of: readonly Expression[] }
  | { readonly is: 'op'; readonly op: string; readonly of: readonly Expression[] };

/**
 * `surveyjs`: names of questions in braces, words as operators, bare words are texts. `limesurvey`: ExpressionScript, in
 * which names stand bare.
 */
export type Dialect = 'surveyjs' | 'limesurvey';

const LONGEST = 5_000;
const DEEPEST = 40;

const BINARY: Readonly<Record<string, readonly [op: string, binds: number]>> = {
  or: ['or', 1],
  '||': ['or', 1],
  and: ['and', 2],
  '&&': ['and', 2],
  '=': ['eq', 4],
  '==': ['eq', 4],
  eq: ['eq', 4],
  equal: ['eq', 4],
  '!=': ['ne', 4],
  '<>': ['ne', 4],
  ne: ['ne', 4],
  notequal: ['ne', 4],
  '<': ['lt', 4],
  lt: ['lt', 4],
  less: ['lt', 4],
  '<=': ['le', 4],
  le: ['le', 4],
  lessorequal: ['le', 4],
  '>': ['gt', 4],
  gt: ['gt', 4],
  greater: ['gt', 4],
  '>=': ['ge', 4],
  ge: ['ge', 4],
  greaterorequal: ['ge', 4],
  contains: ['contains', 4],
  contain: ['contains', 4],
  '*=': ['contains', 4],
  notcontains: ['notcontains', 4],
  notcontain: ['notcontains', 4],
  anyof: ['anyof', 4],
  allof: ['allof', 4],
  noneof: ['noneof', 4],
  '+': ['+', 5],
  '-': ['-', 5],
  '*': ['*', 6],
  '/': ['/', 6],
  '%': ['%', 6],
  '^': ['^', 6],
};
/** Stand behind what they ask of. */
const BEHIND: Readonly<Record<string, string>> = { empty: 'empty', notempty: 'exists' };

interface Token {
  readonly kind: 'field' | 'text' | 'number' | 'word' | 'mark';
  readonly text: string;
}

const TOKEN = {
  surveyjs:
    /\s*(?:\{(?<field>[^{}]+)\}|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)(?![\p{L}\d])|(?<word>[\p{L}_][\p{L}\p{N}_.:]*)|(?<mark>==|!=|<>|<=|>=|&&|\|\||\*=|[=<>!+\-*/%^,()[\]]))/uy,
  limesurvey:
    /\s*(?:(?<field>\d+X\d+X\d+[A-Za-z0-9_#]*(?:\.[a-zA-Z]+)?)|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)(?![\p{L}\d])|(?<word>[A-Za-z_][A-Za-z0-9_.:]*)|(?<mark>==|!=|<>|<=|>=|&&|\|\||[=<>!+\-*/%^,()]))/uy,
} as const satisfies Record<Dialect, RegExp>;

class Unreadable extends Error {}

/** The expression; undefined where it is not one of the usual ones, or too long or deep. */
export function parseExpression(text: string, dialect: Dialect): Expression | undefined {
  if (text.length > LONGEST) return undefined;
  const tokens = tokensOf(text, dialect);
  if (tokens === undefined) return undefined;
  try {
    return new Reader(tokens, dialect).whole();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function tokensOf(text: string, dialect: Dialect): Token[] | undefined {
  const found: Token[] = [];
  const pattern = new RegExp(TOKEN[dialect]);
  const trimmed = text.trimEnd();
  while (pattern.lastIndex < trimmed.length) {
    const groups = pattern.exec(trimmed)?.groups;
    if (groups === undefined) return undefined;
    for (const kind of ['field', 'text', 'number', 'word', 'mark'] as const) {
      const said = groups[kind];
      if (said !== undefined) found.push({ kind, text: kind === 'text' ? unquoted(said) : said.trim() });
    }
  }
  return found;
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gu, '$1');
}

/** Operator precedence (Pratt, "Top down operator precedence", POPL 1973). */
class Reader {
  at = 0;
  depth = 0;

  constructor(
    readonly tokens: readonly Token[],
    readonly dialect: Dialect,
  ) {}

  whole(): Expression {
    const found = this.expression(0);
    if (this.at < this.tokens.length) throw new Unreadable();
    return found;
  }

  expression(least: number): Expression {
    if (++this.depth > DEEPEST) throw new Unreadable();
    let left = this.prefix();
    for (;;) {
      const word = this.operator();
      const behind = word === undefined || least > 4 ? undefined : BEHIND[word];
      if (behind !== undefined && this.dialect === 'surveyjs') {
        this.at++;
        left = { is: 'op', op: behind, of: [left] };
        continue;
      }
      const [op, binds] = (word === undefined ? undefined : BINARY[word]) ?? [];
      if (op === undefined || binds === undefined || binds < least) break;
      this.at++;
      left = { is: 'op', op, of: [left, this.expression(binds + 1)] };
    }
    this.depth--;
    return left;
  }

  /** The next token as an operator is written. */
  operator(): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== 'word' && token?.kind !== 'mark') return undefined;
    const name = token.text.toLowerCase();
    return Object.hasOwn(BINARY, name) || Object.hasOwn(BEHIND, name) ? name : undefined;
  }

  prefix(): Expression {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Unreadable();
    switch (token.kind) {
      case 'field':
        return { is: 'field', name: token.text };
      case 'text':
        return { is: 'value', value: token.text };
      case 'number':
        return { is: 'value', value: Number(token.text) };
      case 'word':
        return this.word(token.text);
      case 'mark':
        return this.mark(token.text);
    }
  }

  word(word: string): Expression {
    const lower = word.toLowerCase();
    if (this.taken('(')) {
      if (lower === 'not') return this.not(this.closed());
      return { is: 'call', name: lower, of: this.several(')') };
    }
    if (lower === 'not') return this.not(this.expression(3));
    if (lower === 'true' || lower === 'false') return { is: 'value', value: lower === 'true' };
    if (lower === 'null' || lower === 'undefined') return { is: 'value', value: '' };
    return this.dialect === 'surveyjs' ? { is: 'value', value: word } : { is: 'field', name: word };
  }

  mark(mark: string): Expression {
    if (mark === '(') return this.closed();
    if (mark === '[') return { is: 'list', of: this.several(']') };
    if (mark === '!') return this.not(this.expression(7));
    if (mark !== '-') throw new Unreadable();
    const of = this.expression(7);
    if (of.is === 'value' && typeof of.value === 'number') return { is: 'value', value: -of.value };
    return { is: 'op', op: '-', of: [of] };
  }

  not(of: Expression): Expression {
    return { is: 'op', op: 'not', of: [of] };
  }

  closed(): Expression {
    const inner = this.expression(0);
    if (!this.taken(')')) throw new Unreadable();
    return inner;
  }

  several(end: string): Expression[] {
    const found: Expression[] = [];
    if (this.taken(end)) return found;
    do found.push(this.expression(0));
    while (this.taken(','));
    if (!this.taken(end)) throw new Unreadable();
    return found;
  }

  taken(mark: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.at++;
    return true;
  }
}
