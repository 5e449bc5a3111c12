/**
 * The words of the pages, and what is strange among those a page shows in a language: words of another language, keys in
 * place of words, text that is cut off, lies beside the page or runs the wrong way.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { directionOf, type Language } from '@touchstone/domain/languages';
import type { Page } from 'playwright-core';
import { filesBelow, ROOT } from '../../scripts/lib/tree.mjs';
import { listedPages } from './pages.ts';

const BOOK = /(messages|words)\.en\.json$/;

/** Texts by the names that lead to them. */
function textsOf(book: unknown, place = ''): [string, string][] {
  if (typeof book === 'string') return [[place, book]];
  if (typeof book !== 'object' || book === null) return [];
  return Object.entries(book).flatMap(([key, value]) => textsOf(value, place === '' ? key : `${place} ${key}`));
}

/** Every message in a language, by its key. */
function bookOf(language: Language): ReadonlyMap<string, string> {
  const files = filesBelow(join(ROOT, 'src'), (name) => BOOK.test(name));
  const read = (name: string): string => readFileSync(join(ROOT, 'src', name.replace('.en.', `.${language}.`)), 'utf8');
  return new Map(files.flatMap((name) => textsOf(JSON.parse(read(name)))));
}

const books = new Map<Language, ReadonlyMap<string, string>>();

export function messagesIn(language: Language): ReadonlyMap<string, string> {
  const book = books.get(language) ?? bookOf(language);
  books.set(language, book);
  return book;
}

export function word(language: Language, key: string): string {
  const text = messagesIn(language).get(key);
  if (text === undefined) throw new Error(`There is no message ${key} in ${language}.`);
  return text;
}

/** What a page in a language is held against. */
interface Expected {
  readonly direction: string;
  /** English messages that are said otherwise in this language: whole, or the parts between their values. */
  readonly english: readonly (readonly string[])[];
  /** Letters of its own, as a regular expression; empty where it is written as English is. */
  readonly script: string;
  readonly bareKey: string;
  readonly theirs: string;
  /** What may stand there as it is. */
  readonly names: readonly string[];
}

/** What customers and companies wrote is marked as theirs. */
const THEIRS =
  'bdi, [dir]:not(html), [lang]:not(html), code, pre, kbd, option, script, style, noscript, .mantine-Kbd-root';

const SCRIPTS: Partial<Record<Language, string>> = { ru: String.raw`\p{Script=Cyrillic}`, fa: String.raw`(?=\p{L})\p{Script=Arabic}` }; // prettier-ignore
const KEYS = [...new Set(listedPages().map(({ capability }) => capability))].join('|');

const expected = new Map<Language, Expected>();

function expectedIn(language: Language): Expected {
  const known = expected.get(language);
  if (known !== undefined) return known;
  const own = messagesIn(language);
  const english = [...messagesIn('en')].flatMap(([key, text]) => {
    const parts = text.replaceAll(/<\/?\w+>/g, '').split(/\{\{[^}]*\}\}/);
    const letters = parts.join('').replaceAll(/[^a-z]/gi, '');
    return own.get(key) === text || letters.length < 8 ? [] : [parts];
  });
  const made = {
    direction: directionOf(language),
    english: language === 'en' ? [] : english,
    script: SCRIPTS[language] ?? '',
    bareKey: String.raw`\b(?:${KEYS})(?:\.\w+){2,}`,
    theirs: THEIRS,
    // Of standards and products, which this language calls by their own.
    names: [...own.values()],
  };
  expected.set(language, made);
  return made;
}

/** What of a page is sentences of ours, not of customers and companies. */
export async function sentencesOn(page: Page): Promise<ReadonlySet<string>> {
  const found = await page.evaluate((theirs) => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) {
      const text = walker.currentNode.textContent?.trim() ?? '';
      if (/[A-Za-z]{3,} [A-Za-z]{2,}/.test(text) && walker.currentNode.parentElement?.closest(theirs) === null) {
        texts.push(text);
      }
    }
    return texts;
  }, THEIRS);
  return new Set(found);
}

/**
 * What a stranger would stumble over, each in a line; nothing for a page in order.
 * @param names that the company gave, to places of its journey, say, and which are the same in every language
 */
export async function strangeWords(
  page: Page,
  language: Language,
  names: readonly string[],
): Promise<readonly string[]> {
  const isHeld = await page.evaluate((key) => key in (window.strangeWords ??= {}), language);
  return page.evaluate(strangeOnPage, { language, names, expected: isHeld ? null : expectedIn(language) });
}

declare global {
  interface Window {
    /** What a page is held against, by language, and what was found of texts read before: it stays while the page does. */
    strangeWords?: Partial<Record<Language, Held>>;
  }
}

interface Held extends Expected {
  readonly found: Map<string, string | null>;
}

/** Runs in the browser. */
function strangeOnPage(asked: { language: Language; names: readonly string[]; expected: Expected | null }): string[] {
  const kept = (window.strangeWords ??= {});
  if (asked.expected !== null) kept[asked.language] = { ...asked.expected, found: new Map() };
  const held = kept[asked.language];
  if (held === undefined) throw new Error(`Nothing is known of ${asked.language}.`);
  const { direction, english, script, bareKey, theirs, found } = held;
  const names = [...held.names, ...asked.names];
  const whole = new Set(english.flatMap((parts) => (parts.length === 1 ? parts : [])));
  const parted = english.filter((parts) => parts.length > 1);
  const own = script === '' ? null : new RegExp(script, 'u');
  const bare = new RegExp(bareKey);
  const named = new Set(names);
  const strange = new Set<string>();
  /** Whether a text is this message with whatever values. */
  const fits = (text: string, parts: readonly string[]): boolean => {
    let at = 0;
    for (const [index, part] of parts.entries()) {
      // Between two parts stands a value, of a letter at least.
      const next = index === parts.length - 1 ? text.length - part.length : text.indexOf(part, at + Math.sign(index));
      if (next < at + Math.sign(index) || !text.startsWith(part, next) || (index === 0 && next > 0)) return false;
      at = next + part.length;
    }
    return true;
  };
  const strangeness = (text: string): string | null => {
    const key = bare.exec(text);
    if (key !== null) return `a key in place of words: ${key[0]}`;
    if (whole.has(text) || parted.some((parts) => fits(text, parts))) return `English: ${text}`;
    return own?.test(text) === false && /[A-Za-z]{3,} [A-Za-z]{2,}/.test(text) ? `no word of it: ${text}` : null;
  };
  const read = (text: string, where: Element): void => {
    if (text.length < 3 || where.closest(theirs) !== null || named.has(text)) return;
    let fault = found.get(text);
    if (fault === undefined) found.set(text, (fault = strangeness(text)));
    if (fault !== null) strange.add(fault);
  };
  const root = document.documentElement;
  if (root.dir !== direction) strange.add(`the page runs ${root.dir}`);
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    const at = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (text === '' || at === null || at.closest('script, style, noscript, .seen-by-readers') !== null) continue;
    read(text, at);
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    // What is put far away is so on purpose, until it has the focus.
    if (box.width < 2 || box.right < -1_000 || box.left > innerWidth + 1_000 || at.closest('svg') !== null) continue;
    const style = getComputedStyle(at);
    if (style.direction !== direction && own?.test(text) !== false && at.closest(theirs) === null)
      strange.add(`runs the wrong way: ${text}`);
    if (style.textAlign === (direction === 'rtl' ? 'left' : 'right')) strange.add(`begins at the wrong side: ${text}`);
    let frame: Element | null = at;
    while (frame !== null && getComputedStyle(frame).overflowX === 'visible') frame = frame.parentElement;
    const scrolls = frame !== null && frame !== root && frame !== document.body;
    if (!scrolls && (box.left < -1 || box.right > innerWidth + 1)) strange.add(`beside the page: ${text}`);
    // What the gallery holds is looked at closer there.
    const marked = style.textOverflow === 'ellipsis' || at.closest('[data-specimen]') !== null;
    if (style.overflowX === 'hidden' && !marked && at.scrollWidth > at.clientWidth + 1) {
      strange.add(`cut off: ${text}`);
    }
  }
  for (const e of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
    // Of what is cut short the whole may be said as well.
    const inside = [...e.querySelectorAll(theirs)].map((part) => part.textContent);
    for (const name of ['aria-label', 'placeholder', 'title']) {
      const text = e.getAttribute(name) ?? '';
      if (!inside.includes(text)) read(text, e);
    }
  }
  return [...strange];
}
