import type { Language } from '@touchstone/domain/languages';

/** Messages of one language by their keys. */
export type Messages = Readonly<Record<string, string>>;

/** Finds a message and fills it. `count` chooses among its plurals; `values` are written as they are. */
export type Fill = (key: string, count?: number, values?: Readonly<Record<string, string>>) => string;

/**
 * Of a message with plurals (CLDR, as `Intl.PluralRules` knows them) that of the count is taken: `x_one`, `x_few`; for none at
 * all `x_zero`, where there is one. `{{name}}` becomes the value of that name. A key without a message is its own words.
 */
export function makeFill(language: Language, messages: Messages): Fill {
  const plurals = new Intl.PluralRules(language);
  const wordsFor = (key: string, count: number | undefined): string => {
    if (count === undefined) return messages[key] ?? key;
    const none = count === 0 ? messages[`${key}_zero`] : undefined;
    return none ?? messages[`${key}_${plurals.select(count)}`] ?? messages[`${key}_other`] ?? messages[key] ?? key;
  };
  return (key, count, values = {}) =>
    // One pass: what a value says is no name of another.
    wordsFor(key, count).replaceAll(/\{\{(\w+)\}\}/g, (mark, name: string) => values[name] ?? mark);
}

/** The values of a message in words: numbers as the reader's language writes them. */
export function inWords(
  values: Readonly<Record<string, string | number>>,
  number: (value: number) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? number(value) : value]),
  );
}
