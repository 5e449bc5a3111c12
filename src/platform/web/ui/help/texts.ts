import type { Language } from '@touchstone/domain/languages';
import { use } from 'react';
import type { Concept } from './concepts.ts';

const books = import.meta.glob<Readonly<Record<string, string>>>('./texts/messages.*.json', { import: 'default' });

export type HelpTexts = (concept: Concept) => string;

/** Those that are there: they are drawn at once. */
const there = new Map<Language, HelpTexts>();
const loaded = new Map<Language, Promise<HelpTexts>>();

/**
 * What each concept means, in a language. The texts are many and seldom read, so they are no part of the books that every
 * page loads: they come when the first is asked for.
 */
export function helpTexts(language: Language): Promise<HelpTexts> {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const coming = (books[`./texts/messages.${language}.json`]?.() ?? Promise.resolve({})).then(
    (book: Readonly<Record<string, string>>): HelpTexts =>
      (concept) =>
        book[`help.${concept}`] ?? '',
  );
  loaded.set(language, coming);
  // Asked for again where the server was away.
  coming.then(
    (texts) => there.set(language, texts),
    () => loaded.delete(language),
  );
  return coming;
}

/** The same in a component, which waits where they have not come. */
export function useHelpTexts(language: Language): HelpTexts {
  return there.get(language) ?? use(helpTexts(language));
}
