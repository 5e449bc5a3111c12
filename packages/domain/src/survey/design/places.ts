import type { Choice, Condition, Localized, Question, SurveyDocument } from '../document.ts';

/** What a thing in a document belongs to, for an editor that leads there. */
export interface Place {
  /** As `pages[2].questions[0].showIf`. */
  readonly at: string;
  readonly page?: string;
  readonly question?: string;
  /** Of a choice, row or column. */
  readonly choice?: string;
  readonly ending?: string;
}

export interface PlacedCondition extends Place {
  readonly condition: Condition;
}

export interface PlacedText extends Place {
  readonly text: Localized;
}

/** Lists of choices, rows and columns by their name in the document. */
export function choiceLists(question: Question): (readonly [name: string, choices: readonly Choice[]])[] {
  if (question.kind === 'matrix')
    return [
      ['rows', question.rows],
      ['columns', question.columns],
    ];
  if (!('choices' in question)) return [];
  return [['choices', question.choices]];
}

/** Every condition of a document. */
export function conditionsOf(document: SurveyDocument): PlacedCondition[] {
  const found: PlacedCondition[] = [];
  const add = (place: Place, name: string, condition: Condition | undefined): void => {
    if (condition !== undefined) found.push({ ...place, at: `${place.at}.${name}`, condition });
  };
  const addSkips = (place: Place, skips: Question['skips'] = []): void =>
    skips.forEach((skip, i) => add({ ...place, at: `${place.at}.skips[${i}]` }, 'if', skip.if));
  document.pages.forEach((page, i) => {
    const at = { at: `pages[${i}]`, page: page.id };
    add(at, 'showIf', page.showIf);
    addSkips(at, page.skips);
    page.questions.forEach((question, k) => {
      const below = { ...at, at: `${at.at}.questions[${k}]`, question: question.id };
      add(below, 'showIf', question.showIf);
      addSkips(below, question.skips);
      for (const { choice, ...place } of choicesAt(question, below))
        add({ ...place, choice: choice.id }, 'showIf', choice.showIf);
    });
  });
  document.loops?.forEach((loop, i) => {
    if ('items' in loop)
      loop.items.forEach((item, k) => add({ at: `loops[${i}].items[${k}]`, choice: item.id }, 'showIf', item.showIf));
  });
  document.endings.forEach((ending, i) => add({ at: `endings[${i}]`, ending: ending.id }, 'showIf', ending.showIf));
  document.quotas?.forEach((quota, i) => add({ at: `quotas[${i}]` }, 'if', quota.if));
  return found;
}

function choicesAt(question: Question, place: Place): (Omit<Place, 'choice'> & { readonly choice: Choice })[] {
  return choiceLists(question).flatMap(([name, list]) =>
    list.map((choice, i) => ({ ...place, at: `${place.at}.${name}[${i}]`, choice })),
  );
}

/** Every text a respondent may read. */
export function textsOf(document: SurveyDocument): PlacedText[] {
  const found: PlacedText[] = [];
  const add = (place: Place, of: object, names: readonly string[]): void => {
    for (const name of names) {
      const text: unknown = new Map(Object.entries(of)).get(name);
      if (isLocalized(text)) found.push({ ...place, at: place.at === '' ? name : `${place.at}.${name}`, text });
    }
  };
  add({ at: '' }, document, ['title']);
  document.pages.forEach((page, i) => {
    const at = { at: `pages[${i}]`, page: page.id };
    add(at, page, ['title', 'text']);
    page.questions.forEach((question, k) => {
      const below = { ...at, at: `${at.at}.questions[${k}]`, question: question.id };
      add(below, question, QUESTION_TEXTS);
      for (const { choice, ...place } of choicesAt(question, below))
        add({ ...place, choice: choice.id }, choice, ['text']);
      if ('groups' in question)
        question.groups?.forEach((group, n) => add({ ...below, at: `${below.at}.groups[${n}]` }, group, ['text']));
    });
  });
  document.loops?.forEach((loop, i) => {
    if ('items' in loop)
      loop.items.forEach((item, k) => add({ at: `loops[${i}].items[${k}]`, choice: item.id }, item, ['text']));
  });
  document.endings.forEach((ending, i) => add({ at: `endings[${i}]`, ending: ending.id }, ending, ['title', 'text']));
  document.scores?.forEach((score, i) => add({ at: `scores[${i}]` }, score, ['name']));
  return found;
}

const QUESTION_TEXTS = [
  'title',
  'help',
  'low',
  'high',
  'none',
  'unit',
  'best',
  'worst',
  'placeholder',
  'patternHint',
  'label',
];

function isLocalized(value: unknown): value is Localized {
  return typeof value === 'object' && value !== null;
}

/** What the thing at a place belongs to. */
export function placeOf(document: SurveyDocument, at: string): Place {
  const [, first, , second, list, third] =
    /^pages\[(\d+)\](\.questions\[(\d+)\](?:\.(choices|rows|columns)\[(\d+)\])?)?/u.exec(at) ?? [];
  const page = first === undefined ? undefined : document.pages[Number(first)];
  const question = second === undefined ? undefined : page?.questions[Number(second)];
  const lists = question === undefined ? [] : choiceLists(question);
  const choice = third === undefined ? undefined : lists.find(([name]) => name === list)?.[1][Number(third)];
  const ending = document.endings[Number(/^endings\[(\d+)\]/u.exec(at)?.[1] ?? -1)];
  return {
    at,
    ...(page === undefined ? {} : { page: page.id }),
    ...(question === undefined ? {} : { question: question.id }),
    ...(choice === undefined ? {} : { choice: choice.id }),
    ...(ending === undefined ? {} : { ending: ending.id }),
  };
}
