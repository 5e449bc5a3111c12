import type { Language } from '@touchstone/domain/languages';
import { fetchMoreWords, type LateBook, useMoreWords } from '../../../platform/web/ui/index.ts';

const BOOKS = import.meta.glob<Readonly<Record<string, string>>>('./words/**/messages.*.json', { import: 'default' });

const book: LateBook = async (language) => {
  const books = Object.entries(BOOKS).filter(([path]) => path.endsWith(`/messages.${language}.json`));
  return Object.assign({}, ...(await Promise.all(books.map(([, load]) => load()))));
};

/** The words of surveys, in a book for each part of them below `words/`. Called at a page's beginning: suspends until they are there. */
export function useSurveyWords(): void {
  useMoreWords('surveys', book);
}

export function fetchSurveyWords(language: Language): Promise<void> {
  return fetchMoreWords('surveys', book, language);
}
