import type { Question, QuestionKind } from '@touchstone/domain/survey';

/** Kinds of questions as they are offered: what one would look for stands together. */
export const KIND_GROUPS = {
  scales: ['nps', 'csat', 'ces', 'rating', 'slider'],
  choices: ['single', 'multiple', 'dropdown', 'picture', 'matrix'],
  weighing: ['ranking', 'constantSum', 'maxdiff'],
  words: ['longText', 'shortText', 'email', 'phone', 'number', 'date', 'file'],
  around: ['statement', 'consent'],
} as const satisfies Readonly<Record<string, readonly QuestionKind[]>>;
export type KindGroup = keyof typeof KIND_GROUPS;

/** A setting of a question, and how it is asked for. `text`: in a language; `plain`: the same in all. */
export type Field =
  | { readonly name: TextName; readonly as: 'text' }
  | { readonly name: NumberName; readonly as: 'number'; readonly from: number; readonly to: number; readonly digits?: number; readonly required?: true } // prettier-ignore
  | { readonly name: 'multiple'; readonly as: 'yes' }
  | { readonly name: 'look' | 'order'; readonly as: 'one'; readonly of: readonly string[]; readonly usual: string }
  | { readonly name: 'min' | 'max'; readonly as: 'day' }
  | { readonly name: 'link' | 'picture'; readonly as: 'address' }
  | { readonly name: 'pattern'; readonly as: 'plain' }
  | { readonly name: 'accept'; readonly as: 'types' }
  | { readonly name: 'maxBytes'; readonly as: 'megabytes' };

type TextName = 'low' | 'high' | 'none' | 'unit' | 'best' | 'worst' | 'placeholder' | 'patternHint' | 'label';
type NumberName =
  | 'points'
  | 'from'
  | 'to'
  | 'step'
  | 'least'
  | 'most'
  | 'total'
  | 'perSet'
  | 'sets'
  | 'minLength'
  | 'maxLength'
  | 'min'
  | 'max'
  | 'decimals';

const text = (name: TextName): Field => ({ name, as: 'text' });
const number = (
  name: NumberName,
  from: number,
  to: number,
  more: { digits?: number; required?: true } = {},
): Field => ({
  name,
  as: 'number',
  from,
  to,
  ...more,
});
const REQUIRED = { required: true } as const;
const FAR = 1e12;
const MANY = 10_000;
const ends = [text('low'), text('high'), text('none')];
const look: Field = { name: 'look', as: 'one', of: ['numbers', 'stars', 'smileys'], usual: 'numbers' };
const order: Field = { name: 'order', as: 'one', of: ['random', 'flip'], usual: 'asWritten' };
const counted = [number('least', 0, MANY), number('most', 1, MANY)];
const lengths = [text('placeholder'), number('minLength', 0, MANY), number('maxLength', 1, MANY)];

/** What each kind has beside what all have and its choices. */
export const FIELDS: Readonly<Record<QuestionKind, readonly Field[]>> = {
  nps: ends,
  csat: [look, number('points', 2, 10), ...ends],
  ces: ends,
  rating: [number('from', -100, 100, REQUIRED), number('to', -100, 100, REQUIRED), look, ...ends],
  slider: [
    number('from', -FAR, FAR, { ...REQUIRED, digits: 6 }),
    number('to', -FAR, FAR, { ...REQUIRED, digits: 6 }),
    number('step', 1e-6, FAR, { digits: 6 }),
    text('unit'),
    ...ends,
  ],
  single: [order],
  dropdown: [order],
  multiple: [order, ...counted],
  picture: [{ name: 'multiple', as: 'yes' }, order, ...counted],
  ranking: [order, number('most', 1, MANY)],
  constantSum: [number('total', 1, 1e9, REQUIRED), text('unit'), order],
  maxdiff: [number('perSet', 2, 10), number('sets', 1, 100), text('best'), text('worst')],
  matrix: [{ name: 'multiple', as: 'yes' }, order],
  shortText: [...lengths, { name: 'pattern', as: 'plain' }, text('patternHint')],
  longText: lengths,
  email: [text('placeholder')],
  phone: [text('placeholder')],
  number: [number('min', -FAR, FAR, { digits: 6 }), number('max', -FAR, FAR, { digits: 6 }), number('decimals', 0, 6), text('unit')], // prettier-ignore
  date: [
    { name: 'min', as: 'day' },
    { name: 'max', as: 'day' },
  ],
  file: [{ name: 'accept', as: 'types' }, number('most', 1, 20), { name: 'maxBytes', as: 'megabytes' }],
  consent: [text('label'), { name: 'link', as: 'address' }],
  statement: [{ name: 'picture', as: 'address' }],
};

/** Lists of choices a kind has. */
export function listsOf(kind: QuestionKind): readonly ('choices' | 'rows' | 'columns')[] {
  if (kind === 'matrix') return ['rows', 'columns'];
  return isChoosing(kind) ? ['choices'] : [];
}

const CHOOSING: readonly QuestionKind[] = [
  'single',
  'dropdown',
  'multiple',
  'picture',
  'ranking',
  'constantSum',
  'maxdiff',
];
export function isChoosing(kind: QuestionKind): boolean {
  return CHOOSING.includes(kind);
}

/** A setting of a question as it stands. */
export function settingOf(question: Question, name: string): unknown {
  return new Map<string, unknown>(Object.entries(question)).get(name);
}

/** The question with a setting; undefined takes it away. Which settings a kind has, `FIELDS` says. */
export function withSetting(question: Question, name: string, value: unknown): Question {
  const { [name]: _, ...rest }: Readonly<Record<string, unknown>> = { ...question };
  return (value === undefined ? rest : { ...question, [name]: value }) as unknown as Question;
}
