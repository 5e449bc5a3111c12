import { PredicateError, parseTree } from '../../predicate/index.ts';
import {
  type Choice,
  type Condition,
  DOCUMENT_LIMITS as LIMITS,
  FORMAT,
  type Localized,
  type Page,
  type Question,
  type SurveyDocument,
} from '../document.ts';
import { RESERVED } from '../fields.ts';
import { type Resolve, allOf, conditionOf } from './condition.ts';
import { type Dialect, type Expression, parseExpression } from './expression.ts';
import { ImportRefused, type LeftOut, type LeftOutCode } from './left.ts';
import { looksLikeHtml, plainText } from './plain-text.ts';

/** So much is told of what was left out. */
const MOST_LEFT = 500;
const SHOWN = 200;
const TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u;
const CONTROL = /[^\P{Cc}\n]|\p{Surrogate}/gu;

/** Names given once each, of the letters an id may have. */
export class Ids {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** An id as like the name as may be. */
  give(name: string, otherwise: string): string {
    const plain = name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^A-Za-z0-9_-]+/gu, '_')
      .replace(/^[^A-Za-z0-9]+|_+$/gu, '')
      .slice(0, LIMITS.idLength - 6);
    const wanted = plain === '' ? otherwise : plain;
    let id = wanted;
    for (let i = 2; this.#taken.has(id); i++) id = `${wanted}_${i}`;
    this.#taken.add(id);
    return id;
  }
}

/** What both readers make a survey with: ids, texts in languages, conditions, and the list of what was left out. */
export class Draft {
  readonly left: LeftOut[] = [];
  /** Of pages, endings and questions. */
  readonly ids = new Ids(RESERVED);
  readonly #languages: Set<string>;
  readonly #known = new Set<string>();
  readonly #told = new Set<string>();
  #questions = 0;
  #choices = 0;

  constructor(
    readonly base: string,
    languages: readonly string[],
    readonly dialect: Dialect,
    /** What a name in a condition, or between braces in a text, stands for. */
    readonly resolve: Resolve,
  ) {
    this.#languages = new Set([base, ...languages].filter((tag) => this.isTag(tag)));
  }

  get languages(): readonly string[] {
    return [...this.#languages].slice(0, LIMITS.languages);
  }

  isTag(tag: string): boolean {
    if (this.#known.has(tag)) return true;
    if (TAG.test(tag) && tag.length <= 35 && this.#known.size < LIMITS.languages) {
      this.#known.add(tag);
      return true;
    }
    this.leave('language', '', tag);
    return false;
  }

  /** Tells that something is not there, each thing once. */
  leave(code: LeftOutCode, at: string, what?: string): void {
    const said = what === undefined ? undefined : cut(what.replace(/\s+/gu, ' ').trim(), SHOWN);
    const key = JSON.stringify([code, at, said]);
    if (this.#told.has(key) || this.left.length >= MOST_LEFT) return;
    this.#told.add(key);
    this.left.push({ code, at: cut(at, SHOWN), ...(said === undefined || said === '' ? {} : { what: said }) });
  }

  /** A text by language, without tags and with what is piped in named as it is here. Empty texts are none. */
  text(said: Readonly<Record<string, string>>, at: string, isHtml = false): Localized {
    const found: Record<string, string> = {};
    for (const [tag, raw] of Object.entries(said)) {
      if (raw.trim() === '' || !this.isTag(tag)) continue;
      const { text, lost } = isHtml || looksLikeHtml(raw) ? plainText(raw) : { text: raw.trim(), lost: false };
      if (lost) this.leave('markup', at);
      const piped = this.#pipe(text.replace(CONTROL, ''), at).trim();
      if (piped === '') continue;
      if (piped.length > LIMITS.textLength) this.leave('cut', at);
      this.#languages.add(tag);
      found[tag] = cut(piped, LIMITS.textLength);
    }
    const [any] = Object.values(found);
    // Everything is written in the first language: a text that is not is taken from another.
    return any === undefined || Object.hasOwn(found, this.base) ? found : { [this.base]: any, ...found };
  }

  /** The same, or else what stands there instead: a question without a title has its name. */
  titled(said: Readonly<Record<string, string>>, at: string, otherwise: string, isHtml = false): Localized {
    const found = this.text(said, at, isHtml);
    const plain = otherwise.replace(CONTROL, '').replace(/[{}]/gu, '').trim();
    return Object.keys(found).length > 0 ? found : { [this.base]: cut(plain === '' ? '…' : plain, LIMITS.textLength) };
  }

  #pipe(text: string, at: string): string {
    if (!text.includes('{')) return text;
    return text
      .replace(/\{\{+|\}\}+/gu, (braces) => braces.charAt(0))
      .replace(/\{([^{}]{1,300})\}/gu, (whole, name: string) => {
        const field = this.resolve(name.trim());
        // Of one choice among several there are no words to put in.
        if (field !== undefined && field.chosen === undefined) return `{{${field.field}}}`;
        // What only looks like it, as a set written in mathematics, stays.
        const names = this.dialect === 'surveyjs' ? /^[\p{L}#][\p{L}\p{N}_.#-]*$/u : /^[^\s]/u;
        if (!names.test(name)) return whole;
        this.leave('piping', at, whole);
        return '';
      });
  }

  /** A condition of expressions that all have to hold; what cannot be said is told of and left out. */
  condition(expressions: readonly string[], at: string, code: LeftOutCode = 'condition'): Condition | boolean {
    const parts = expressions.map((one) => this.said(parseExpression(one, this.dialect), one, at, code));
    return this.kept(allOf(parts), at, code);
  }

  /** What an expression says here; one that cannot be said always holds, and is told of as it stands. */
  said(
    expression: Expression | undefined,
    source: string,
    at: string,
    code: LeftOutCode = 'condition',
  ): Condition | boolean {
    const found = expression === undefined ? undefined : conditionOf(expression, this.resolve);
    if (found === undefined) this.leave(code, at, source);
    return found ?? true;
  }

  /** A condition put together of others, if it is not too large. */
  kept(condition: Condition | boolean, at: string, code: LeftOutCode = 'condition'): Condition | boolean {
    try {
      return typeof condition === 'boolean' ? condition : parseTree(condition);
    } catch (error) {
      if (!(error instanceof PredicateError)) throw error;
      this.leave(code, at);
      return true;
    }
  }

  /** Counts what is made, before much is made. Throws ImportRefused. */
  count(what: { readonly questions?: number; readonly choices?: number }): void {
    this.#questions += what.questions ?? 0;
    this.#choices += what.choices ?? 0;
    if (this.#questions > LIMITS.questions) throw new ImportRefused('tooManyQuestions', LIMITS.questions);
    if (this.#choices > LIMITS.choices) throw new ImportRefused('tooManyChoices', LIMITS.choices);
  }

  /** The document, of pages that hold anything. Throws ImportRefused where nothing is asked. */
  document(parts: Omit<SurveyDocument, 'format' | 'languages'>): SurveyDocument {
    const pages: readonly Page[] = parts.pages.filter((page) => page.questions.length > 0);
    if (pages.length === 0) throw new ImportRefused('empty');
    if (pages.length > LIMITS.pages) throw new ImportRefused('tooManyQuestions', LIMITS.questions);
    return { format: FORMAT, languages: this.languages, ...parts, pages };
  }
}

/** A show-if, where there is one; undefined where the thing never shows. */
export function shown<T extends object>(
  thing: T,
  condition: Condition | boolean,
): (T & { showIf?: Condition }) | undefined {
  if (condition === false) return undefined;
  return condition === true ? thing : { ...thing, showIf: condition };
}

/** A name of its own beside the id, where it has another. */
export function named(id: string, name: string): Pick<Question, 'name'> {
  return id === name ? {} : { name: cut(name.replace(CONTROL, ''), 200) };
}

/** Numbers as values of choices, where all of them are numbers. */
export function valued(choices: readonly Choice[], values: readonly string[]): Choice[] {
  const numbers = values.map((value) => (/^-?\d{1,6}(\.\d{1,3})?$/u.test(value) ? Number(value) : undefined));
  if (choices.length < 2 || numbers.includes(undefined)) return [...choices];
  return choices.map((choice, i) => {
    const value = numbers[i];
    return value === undefined ? choice : { ...choice, value };
  });
}

export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
