import { LANGUAGES, isLanguage, languageOf, type Language } from '@touchstone/domain/languages';

const REMEMBERED = 'touchstone.language';

interface Book {
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const books: Readonly<Record<Language, () => Promise<Book>>> = {
  en: () => import('./messages-en.ts'),
  ru: () => import('./messages-ru.ts'),
  pl: () => import('./messages-pl.ts'),
  sl: () => import('./messages-sl.ts'),
  fa: () => import('./messages-fa.ts'),
};

/** The words of every page in a language, but for those that come late. */
export function bookOf(language: Language): Promise<Book> {
  return books[language]();
}

/** The reader's choice, else what their browser asks for, else English. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(REMEMBERED);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map(languageOf).find(isLanguage) ?? LANGUAGES[0];
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(REMEMBERED, language);
}

/** Hears of a choice made in another tab of the browser. Gives what ends that. */
export function hearLanguage(chosen: (language: Language) => void): () => void {
  const hear = ({ key, newValue }: StorageEvent): void => {
    if (key === REMEMBERED && isLanguage(newValue)) chosen(newValue);
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}
