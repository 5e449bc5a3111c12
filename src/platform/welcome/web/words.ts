import type { Language } from '@touchstone/domain/languages';
import { fetchMoreWords, type LateBook, useMoreWords } from '../../web/ui/index.ts';

const books = import.meta.glob<Readonly<Record<string, string>>>('./words/messages.*.json', { import: 'default' });

const book: LateBook = async (language) => (await books[`./words/messages.${language}.json`]?.()) ?? {};

/** Each page of this folder begins with it. */
export function useWelcomeWords(): void {
  useMoreWords('welcome', book);
}

export function fetchWelcomeWords(language: Language): Promise<void> {
  return fetchMoreWords('welcome', book, language);
}
