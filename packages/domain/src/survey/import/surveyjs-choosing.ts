import type { Choice, Localized, Look, Question } from '../document.ts';
import { type Draft, valued } from './draft.ts';
import {
  type Json,
  NONE,
  OTHER,
  builtIn,
  isHttps,
  isRecord,
  numberOf,
  present,
  recordsOf,
  stringOf,
  wholeOf,
} from './reading.ts';
import { type Item, type Option, optionsOf } from './surveyjs-parts.ts';
import { rules } from './surveyjs-typed.ts';

/** What a reader lends: ids that were given, texts by language. */
export interface Lent {
  readonly draft: Draft;
  readonly id: (name: string) => string;
  readonly local: (value: unknown) => Readonly<Record<string, string>>;
}

/** What every question made of an element has. */
export type Base = Pick<Question, 'id' | 'title' | 'help' | 'required' | 'name'>;

/** Kinds that offer something to choose. */
export const CHOOSING = new Set([
  'radiogroup',
  'buttongroup',
  'dropdown',
  'checkbox',
  'tagbox',
  'ranking',
  'imagepicker',
]);

export function worded(
  { draft, local }: Lent,
  value: unknown,
  usual: Readonly<Record<string, string>>,
  at: string,
): Localized {
  const said = draft.text(local(value), at);
  return Object.keys(said).length > 0 ? said : builtIn([draft.base], usual);
}

/** Choices, rows or columns with their texts and conditions. */
export function listed(options: readonly Option[], name: string, lent: Lent): Choice[] {
  const { draft, local } = lent;
  draft.count({ choices: options.length });
  return options.flatMap(({ id, value, text, image, visibleIf }): Choice[] => {
    const condition = visibleIf === '' ? true : draft.condition([visibleIf], name);
    if (condition === false) return [];
    return [
      {
        id,
        text: draft.titled(local(text), name, value),
        ...(isHttps(image) ? { picture: image } : {}),
        ...(condition === true ? {} : { showIf: condition }),
      },
    ];
  });
}

/** Choices of which only those are shown that were chosen before: `{q} contains {item}`. */
export function filtered(choices: Choice[], expression: unknown, name: string, { draft }: Lent): Choice[] {
  if (typeof expression !== 'string' || expression.trim() === '') return choices;
  const [, source] = /^\s*\{([^{}]+)\}\s+(?:contains|anyof|=)\s+\{(?:item|choice)\}\s*$/iu.exec(expression) ?? [];
  const from = source === undefined ? undefined : draft.resolve(source);
  if (from === undefined) {
    draft.leave('condition', name, expression);
    return choices;
  }
  return choices.map((choice) => ({ ...choice, showIf: { field: from.field, op: 'eq', value: choice.id } }));
}

export function choosing(base: Base, item: Item, lent: Lent): Question | undefined {
  const { element, type, name } = item;
  const { draft } = lent;
  const source = stringOf(element['choicesFromQuestion']);
  const mode = stringOf(element['choicesFromQuestionMode']);
  const from = source === '' ? undefined : draft.resolve(source);
  const take = mode === 'selected' ? 'chosen' : mode === 'unselected' ? 'unchosen' : undefined;
  const carried = from !== undefined && take !== undefined ? ({ question: from.field, take } as const) : undefined;
  if (
    (source !== '' && carried === undefined) ||
    isRecord(element['choicesByUrl']) ||
    element['choicesLazyLoadEnabled'] === true
  )
    draft.leave('choicesElsewhere', name, source);
  const options = optionsOf(element['choices']);
  const plain = filtered(listed(options, name, lent), element['choicesVisibleIf'], name, lent);
  const several = type === 'checkbox' || type === 'tagbox';
  const special = (...keys: string[]): boolean => keys.some((key) => element[key] === true);
  const extra: Choice[] = [
    ...(special('hasOther', 'showOtherItem')
      ? [
          {
            id: 'other',
            text: worded(lent, element['otherText'], OTHER, name),
            words: true as const,
            fixed: true as const,
          },
        ]
      : []),
    ...(special('hasNone', 'showNoneItem')
      ? [
          {
            id: 'none',
            text: worded(lent, element['noneText'], NONE, name),
            exclusive: true as const,
            fixed: true as const,
          },
        ]
      : []),
    ...(special('showRefuseItem')
      ? [
          {
            id: 'refused',
            text: worded(lent, element['refuseText'], { en: 'Refuse to answer' }, name),
            exclusive: true as const,
            fixed: true as const,
          },
        ]
      : []),
    ...(special('showDontKnowItem')
      ? [
          {
            id: 'dontknow',
            text: worded(lent, element['dontKnowText'], { en: 'Do not know' }, name),
            exclusive: true as const,
            fixed: true as const,
          },
        ]
      : []),
  ].filter((one) => !plain.some((choice) => choice.id === one.id));
  const choices = [...plain, ...extra];
  if (choices.length === 0 && carried === undefined) {
    draft.leave('noChoices', name);
    return undefined;
  }
  const ordering = stringOf(element['choicesOrder']);
  if (ordering === 'asc' || ordering === 'desc') draft.leave('order', name, ordering);
  const counts = recordsOf(element['validators']).find((one) => one['type'] === 'answercount') ?? {};
  const least = wholeOf(element['minSelectedChoices'] ?? counts['minCount'], 1, 10_000);
  const most = wholeOf(element['maxSelectedChoices'] ?? counts['maxCount'], 1, 10_000);
  const all = {
    ...base,
    choices,
    ...present({ carried, order: ordering === 'random' ? ('random' as const) : undefined }),
  };
  rules(element, name, lent);
  if (type === 'ranking') return { ...all, kind: 'ranking', ...present({ most }) };
  if (type === 'imagepicker') {
    const multiple = element['multiSelect'] === true ? (true as const) : undefined;
    return { ...all, kind: 'picture', ...present({ multiple, least, most }) };
  }
  if (several) return { ...all, kind: 'multiple', ...present({ least, most }) };
  const one = { ...all, choices: choices.map(alone) };
  return type === 'dropdown' ? { ...one, kind: 'dropdown' } : { ...one, kind: 'single' };
}

/** Where one alone is chosen, none excludes another. */
function alone(choice: Choice): Choice {
  const { exclusive: _, ...others } = choice;
  return others;
}

export function rating(base: Base, element: Json, name: string, lent: Lent): Question {
  const { draft, local } = lent;
  const options = optionsOf(element['rateValues'], 'r');
  const ends = present({
    low: draft.text(
      local(element['minRateDescription'] ?? element['minimumRateDescription'] ?? element['mininumRateDescription']),
      name,
    ),
    high: draft.text(local(element['maxRateDescription'] ?? element['maximumRateDescription']), name),
  });
  const numbers = options.map((option) => numberOf(option.value));
  const bare = options.every((option) => option.text === option.value || String(option.text) === option.value);
  const step = numberOf(element['rateStep']) ?? 1;
  const from = options.length > 0 ? numbers[0] : (numberOf(element['rateMin']) ?? 1);
  const count = wholeOf(element['rateCount'], 2, 201);
  const to = options.length > 0 ? numbers.at(-1) : (numberOf(element['rateMax']) ?? (from ?? 1) + (count ?? 5) - 1);
  const row = numbers.every((number, i) => number === (from ?? 0) + i);
  const fits = (number: number | undefined): number is number => wholeOf(number, -100, 100) !== undefined;
  if (fits(from) && fits(to) && to > from && step === 1 && (options.length === 0 || (row && bare))) {
    if (from === 0 && to === 10 && /nps/iu.test(name)) return { ...base, kind: 'nps', ...ends };
    const shape = stringOf(element['rateType'] ?? element['rateDisplayMode']);
    const look: Look | undefined = shape === 'stars' || shape === 'smileys' ? shape : undefined;
    return { ...base, kind: 'rating', from, to, ...ends, ...present({ look }) };
  }
  const steps = Math.min(200, Math.floor(((to ?? 5) - (from ?? 1)) / (step > 0 ? step : 1)) + 1);
  const made =
    options.length > 0
      ? options
      : optionsOf(
          Array.from({ length: Math.max(1, steps) }, (_, i) => (from ?? 1) + i * step),
          'r',
        );
  return {
    ...base,
    kind: 'single',
    choices: valued(
      listed(made, name, lent),
      made.map((one) => one.value),
    ),
  };
}
