import en from './en.json';
import fa from './fa.json';
import pl from './pl.json';
import ru from './ru.json';
import sl from './sl.json';

export type Word = keyof typeof en;
export type Words = Readonly<Record<Word, string>>;

const ALL: Readonly<Record<string, Words>> = { en, ru, pl, sl, fa };
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)(-|$)/i;

/** What surrounds a survey's own texts, in its language where we have it, else in English. */
export function wordsFor(language: string): Words {
  return ALL[language.toLowerCase().split('-')[0] ?? ''] ?? en;
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
}

/** A sentence with its values: `{most}` becomes what `values.most` is, numbers in the language's own way. */
export function fill(
  sentence: string,
  language: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === 'number' ? numberIn(language, value) : value;
  });
}

const FORMATS = new Map<string, Intl.NumberFormat>();

/** Its format is made once for a language: that takes longer than all the rest of a page. */
export function numberIn(language: string, value: number): string {
  let format = FORMATS.get(language);
  if (format === undefined) {
    try {
      format = new Intl.NumberFormat(language);
    } catch {
      return String(value);
    }
    FORMATS.set(language, format);
  }
  return format.format(value);
}
