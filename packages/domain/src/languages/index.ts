/** Languages of the product, the one everything is written in first. */
export const LANGUAGES = ['en', 'ru', 'pl', 'sl', 'fa'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The name a language gives itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  ru: 'Русский',
  pl: 'Polski',
  sl: 'Slovenščina',
  fa: 'فارسی',
};

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The language of a tag of BCP 47, such as `fa-IR`; undefined where it is none of ours. */
export function languageOf(tag: string): Language | undefined {
  return LANGUAGES.find((language) => language === tag.split('-', 1)[0]?.toLowerCase());
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'fa' ? 'rtl' : 'ltr';
}
