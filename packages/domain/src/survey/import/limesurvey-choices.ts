import { Ids } from './draft.ts';
import { NO, YES, builtIn } from './reading.ts';
import type { LimeQuestion, Texts } from './limesurvey-tables.ts';

/** What one question of LimeSurvey is here. */
export type LimeKind =
  | 'single'
  | 'dropdown'
  | 'multiple'
  | 'matrix'
  | 'dual'
  | 'each'
  | 'ranking'
  | 'rating'
  | 'number'
  | 'date'
  | 'shortText'
  | 'longText'
  | 'file'
  | 'statement';

const KINDS: Readonly<Record<string, LimeKind>> = {
  L: 'single',
  O: 'single',
  Y: 'single',
  G: 'single',
  '!': 'dropdown',
  M: 'multiple',
  P: 'multiple',
  A: 'matrix',
  B: 'matrix',
  C: 'matrix',
  E: 'matrix',
  F: 'matrix',
  H: 'matrix',
  '1': 'dual',
  K: 'each',
  Q: 'each',
  R: 'ranking',
  '5': 'rating',
  N: 'number',
  D: 'date',
  S: 'shortText',
  T: 'longText',
  U: 'longText',
  '|': 'file',
  X: 'statement',
};

export function kindOf({ type, parts, attribute }: LimeQuestion): LimeKind | undefined {
  // An array of numbers of which each is ticked or not is a matrix.
  if (type === ':' && attribute('multiflexible_checkbox') === '1') return 'matrix';
  const kind = KINDS[type];
  return (kind === 'matrix' || kind === 'each' || kind === 'multiple') && parts.length === 0 ? undefined : kind;
}

/** A choice, row or column under the code it has in the file. */
export interface Coded {
  readonly code: string;
  readonly id: string;
  readonly text: Texts;
  readonly relevance: string;
}

const MALE = {
  en: 'Male',
  ru: 'Мужской',
  pl: 'Mężczyzna',
  sl: 'Moški',
  fa: 'مرد',
  de: 'Männlich',
  fr: 'Masculin',
  it: 'Maschio',
  es: 'Masculino',
};
const FEMALE = {
  en: 'Female',
  ru: 'Женский',
  pl: 'Kobieta',
  sl: 'Ženski',
  fa: 'زن',
  de: 'Weiblich',
  fr: 'Féminin',
  it: 'Femmina',
  es: 'Femenino',
};
const UNCERTAIN = {
  en: 'Uncertain',
  ru: 'Не уверены',
  pl: 'Trudno powiedzieć',
  sl: 'Ne vem',
  fa: 'نامطمئن',
  de: 'Unsicher',
  fr: 'Incertain',
  it: 'Incerto',
  es: 'No estoy seguro',
};
const MORE = {
  en: 'Increase',
  ru: 'Больше',
  pl: 'Więcej',
  sl: 'Več',
  fa: 'بیشتر',
  de: 'Zunahme',
  fr: 'Augmente',
  it: 'Aumenta',
  es: 'Aumenta',
};
const SAME = {
  en: 'Same',
  ru: 'Столько же',
  pl: 'Tyle samo',
  sl: 'Enako',
  fa: 'همان',
  de: 'Gleich',
  fr: 'Identique',
  it: 'Uguale',
  es: 'Igual',
};
const LESS = {
  en: 'Decrease',
  ru: 'Меньше',
  pl: 'Mniej',
  sl: 'Manj',
  fa: 'کمتر',
  de: 'Abnahme',
  fr: 'Diminue',
  it: 'Diminuisce',
  es: 'Disminuye',
};
const BUILT_IN: Readonly<Record<string, readonly (readonly [string, Texts])[]>> = {
  Y: [
    ['Y', YES],
    ['N', NO],
  ],
  G: [
    ['F', FEMALE],
    ['M', MALE],
  ],
  C: [
    ['Y', YES],
    ['U', UNCERTAIN],
    ['N', NO],
  ],
  E: [
    ['I', MORE],
    ['S', SAME],
    ['D', LESS],
  ],
  A: upTo(5),
  B: upTo(10),
};

function upTo(most: number): (readonly [string, Texts])[] {
  return Array.from({ length: most }, (_, i) => [String(i + 1), { en: String(i + 1) }] as const);
}

/** What is chosen: of an array its columns, of its second scale with `scale` 1. */
export function columnsOf({ type, answers, parts }: LimeQuestion, languages: readonly string[], scale = '0'): Coded[] {
  const ids = new Ids();
  const usual = BUILT_IN[type];
  if (usual !== undefined)
    return usual.map(([code, words]) => ({ code, id: code, text: builtIn(languages, words), relevance: '' }));
  if (type === ':')
    return parts.flatMap(({ code, text, scale: own }, i) =>
      own === '1' ? [{ code, id: ids.give(code, `c${i + 1}`), text, relevance: '' }] : [],
    );
  return answers.flatMap((one, i) =>
    one.scale === scale ? [{ code: one.code, id: ids.give(one.code, `c${i + 1}`), text: one.text, relevance: '' }] : [],
  );
}

/** Rows of an array, choices of a multiple choice, fields of a list. */
export function rowsOf({ parts }: LimeQuestion): Coded[] {
  const ids = new Ids();
  return parts.flatMap(({ code, text, relevance, scale }, i) =>
    scale === '1' ? [] : [{ code, id: ids.give(code, `r${i + 1}`), text, relevance }],
  );
}
