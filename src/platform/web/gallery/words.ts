import type { Language } from '@touchstone/domain/languages';
import { use } from 'react';
import { useWords } from '../ui/i18n/language.tsx';
import type en from './words.en.json';

/** What the gallery says and shows, in one language. Apart from the messages: no other page carries it. */
export type GalleryWords = typeof en;

const BOOKS: Readonly<Record<Language, () => Promise<{ readonly default: GalleryWords }>>> = {
  en: () => import('./words.en.json'),
  ru: () => import('./words.ru.json'),
  pl: () => import('./words.pl.json'),
  sl: () => import('./words.sl.json'),
  fa: () => import('./words.fa.json'),
};

const coming = new Map<Language, Promise<{ readonly default: GalleryWords }>>();

/** The gallery's own words in the reader's language. */
export function useGallery(): GalleryWords {
  const { language } = useWords();
  const known = coming.get(language) ?? BOOKS[language]();
  coming.set(language, known);
  return use(known).default;
}

/** Puts values into `{{…}}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}

/** An entry of a list of the book, which has it in every language. */
export function nth(list: readonly string[], at: number): string {
  return list[at] ?? '';
}
