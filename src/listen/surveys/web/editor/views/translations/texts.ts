import { csvCell } from '@touchstone/domain/csv';
import { DOCUMENT_LIMITS, type Localized, type SurveyDocument } from '@touchstone/domain/survey';
import { type PlacedText, textsOf } from '@touchstone/domain/survey/design';

/** How far one language is: texts that are there, of all that the first language has. */
export function doneOf(document: SurveyDocument, tag: string): { readonly done: number; readonly all: number } {
  const wanted = wantedTexts(document);
  return { done: wanted.filter(({ text }) => has(text, tag)).length, all: wanted.length };
}

/** Texts to be written in every language: those the first one has. */
export function wantedTexts(document: SurveyDocument): PlacedText[] {
  const [first = ''] = document.languages;
  return textsOf(document).filter(({ text }) => has(text, first));
}

export function has(text: Localized, tag: string): boolean {
  return Object.hasOwn(text, tag) && (text[tag] ?? '').trim() !== '';
}

/** The document with one text other in one language; an empty one is left out. */
export function setText(document: SurveyDocument, at: string, tag: string, value: string): SurveyDocument {
  const text = textsOf(document).find((one) => one.at === at)?.text;
  return text === undefined ? document : withTexts(document, new Map([[at, written(text, tag, value)]]));
}

export function addLanguage(document: SurveyDocument, tag: string): SurveyDocument {
  return document.languages.includes(tag) ? document : { ...document, languages: [...document.languages, tag] };
}

/** Without a language and everything written in it. The first one stays. */
export function removeLanguage(document: SurveyDocument, tag: string): SurveyDocument {
  if (tag === document.languages[0]) return document;
  const texts = textsOf(document).flatMap(({ at, text }) =>
    Object.hasOwn(text, tag) ? [[at, written(text, tag, '')] as const] : [],
  );
  const languages = document.languages.filter((one) => one !== tag);
  return { ...withTexts(document, new Map(texts)), languages };
}

function written(text: Localized, tag: string, value: string): Localized {
  const rest = Object.entries(text).filter(([one]) => one !== tag);
  return Object.fromEntries(value === '' ? rest : [...rest, [tag, value]]);
}

/** One way through the document, however many texts change. What does not change stays the same object. */
function withTexts(document: SurveyDocument, texts: ReadonlyMap<string, Localized>): SurveyDocument {
  const visit = (node: unknown, at: string): unknown => {
    const text = texts.get(at);
    if (text !== undefined) return text;
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node).map(([key, value]): [string, unknown] => [
      key,
      visit(value, Array.isArray(node) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`),
    ]);
    if (entries.every(([key, value]) => value === Reflect.get(node, key))) return node;
    return Array.isArray(node) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
  };
  return visit(document, '') as SurveyDocument;
}

/** A text's name that stays when things change places: ids instead of numbers. `pages[0].questions[1].title` → `questions.nps.title` */
export function keyOf(document: SurveyDocument, at: string): string {
  let node: unknown = document;
  const parts = at.split(/[.[\]]+/u).filter((part) => part !== '');
  const named = parts.map((part) => {
    const number = Array.isArray(node);
    node = typeof node === 'object' && node !== null ? Reflect.get(node, part) : undefined;
    const id: unknown = number && typeof node === 'object' && node !== null ? Reflect.get(node, 'id') : undefined;
    return typeof id === 'string' ? id : part;
  });
  // A question may move to another page.
  return (named[2] === 'questions' ? named.slice(2) : named).join('.');
}

/** All texts as CSV: a line each, a column for each language. Nothing in it is run by a spreadsheet. */
export function tableOf(document: SurveyDocument): string {
  const lines = wantedTexts(document).map(({ at, text }) => [
    keyOf(document, at),
    ...document.languages.map((tag) => (Object.hasOwn(text, tag) ? (text[tag] ?? '') : '')),
  ]);
  const cells = [[KEY, ...document.languages], ...lines].map((line) => line.map(csvCell).join(','));
  return `\uFEFF${cells.join('\r\n')}\r\n`;
}

const KEY = 'text';

export interface TableRead {
  readonly document: SurveyDocument;
  /** Texts that are now other than before. */
  readonly changed: number;
  /** Lines of texts that the survey does not have. */
  readonly unknown: readonly string[];
  /** Lines of texts longer than one may be, which stay as they were. */
  readonly long: readonly string[];
  /** No column of it says which text it is, or none is of a language of the survey. */
  readonly isOther: boolean;
}

/** Takes texts out of a table as `tableOf` writes it, in whatever order; an empty cell leaves a text as it is. */
export function readTable(document: SurveyDocument, csv: string): TableRead {
  const [head = [], ...lines] = csvCells(csv.replace(/^\uFEFF/u, ''));
  const keyColumn = head.indexOf(KEY);
  const columns = head.flatMap((name, i) => (document.languages.includes(name) ? [[name, i] as const] : []));
  if (keyColumn < 0 || columns.length === 0) return { document, changed: 0, unknown: [], long: [], isOther: true };
  const known = new Map(textsOf(document).map(({ at, text }) => [keyOf(document, at), { at, text }]));
  const next = new Map<string, Localized>();
  const [unknown, long]: [string[], string[]] = [[], []];
  let changed = 0;
  for (const line of lines) {
    const key = unescaped(line[keyColumn] ?? '').trim();
    if (key === '') continue;
    const found = known.get(key);
    if (found === undefined) unknown.push(key);
    else
      for (const [tag, i] of columns) {
        const value = unescaped(line[i] ?? '');
        const before = next.get(found.at) ?? found.text;
        if (value.trim() === '' || value === before[tag]) continue;
        if (value.length > DOCUMENT_LIMITS.textLength) long.push(key);
        else {
          next.set(found.at, written(before, tag, value));
          changed++;
        }
      }
  }
  return { document: withTexts(document, next), changed, unknown, long, isOther: false };
}

/** Without the mark that keeps a spreadsheet from running a cell. */
function unescaped(cell: string): string {
  const plain = cell.replaceAll('\r\n', '\n');
  return /^'[=+\-@＝＋－＠\t\r\n]/u.test(plain) ? plain.slice(1) : plain;
}

/** Cells of CSV (RFC 4180), with commas, semicolons or tabs, whichever its first line has most of. */
export function csvCells(text: string): string[][] {
  const [first = ''] = text.split(/\r?\n/u, 1);
  const delimiter = [',', ';', '\t'].reduce((a, b) => (first.split(b).length > first.split(a).length ? b : a));
  const lines: string[][] = [];
  let line: string[] = [];
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${delimiter}\\r\\n]*)(${delimiter}|\\r?\\n|\\r|$)`, 'gy');
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    // A quotation mark within a cell that does not begin with one: the rest is no table.
    if (found === null) break;
    const [, value = '', end = ''] = found;
    line.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === delimiter) {
      if (cell.lastIndex === text.length) line.push('');
      else continue;
    }
    lines.push(line);
    line = [];
  }
  return lines;
}
