import { expect, test } from 'vitest';
import { LANGUAGES, LANGUAGE_NAMES, directionOf, isLanguage, languageOf } from './index.ts';

test('[LG1] a tag speaks one of our languages, or none', () => {
  for (const language of LANGUAGES) {
    expect(languageOf(language)).toBe(language);
    expect(isLanguage(language)).toBe(true);
    expect(LANGUAGE_NAMES[language]).not.toBe('');
  }
  expect(languageOf('fa-IR')).toBe('fa');
  expect(languageOf('SL-Latn-SI')).toBe('sl');
  // Slave is no Slovene, and Filipino no Persian.
  for (const tag of ['sla', 'fil', 'de', '', '-en']) expect(languageOf(tag)).toBeUndefined();
  expect(isLanguage('de')).toBe(false);
  expect(LANGUAGES.filter((language) => directionOf(language) === 'rtl')).toEqual(['fa']);
});
