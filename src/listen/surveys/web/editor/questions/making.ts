import type {
  Choice,
  Ending,
  Localized,
  Page,
  Question,
  QuestionKind,
  SurveyDocument,
} from '@touchstone/domain/survey';
import { FIELDS, listsOf, settingOf, withSetting } from './kinds.ts';

/** Words to begin with, in the language the survey is written in; empty where they are not known in it. */
export interface FirstWords {
  readonly title: Partial<Record<QuestionKind, string>>;
  readonly choice: (number: number) => string;
  /** Rows of a table, and its columns from least to most. */
  readonly row: (number: number) => string;
  readonly agreement: readonly string[];
  readonly agree: string;
}

/** Between 0 and 1, as `Math.random` draws it. */
export type Draw = () => number;

const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * An id that nothing has yet. Drawn, not counted: one that was counted would be given again after the last was deleted,
 * and answers to two questions would be one.
 */
export function freshId(prefix: string, taken: ReadonlySet<string>, draw: Draw): string {
  for (;;) {
    const drawn = Array.from({ length: 4 }, () => SIGNS[Math.floor(draw() * SIGNS.length)] ?? 'a').join('');
    if (!taken.has(prefix + drawn)) return prefix + drawn;
  }
}

/** Ids of pages, endings and questions: all of them have to differ. */
export function idsOf({ pages, endings }: Pick<SurveyDocument, 'pages' | 'endings'>): ReadonlySet<string> {
  return new Set([
    ...pages.flatMap((page) => [page.id, ...page.questions.map(({ id }) => id)]),
    ...endings.map(({ id }) => id),
  ]);
}

export function newChoice(among: readonly Choice[], text: Localized, draw: Draw, more: Partial<Choice> = {}): Choice {
  return { id: freshId('c', new Set(among.map(({ id }) => id)), draw), text, ...more };
}

/** A question of a kind, with all it needs to be shown. */
export function newQuestion(document: SurveyDocument, kind: QuestionKind, words: FirstWords, draw: Draw): Question {
  const language = document.languages[0] ?? 'en';
  const said = (text: string | undefined): Localized => (text === undefined || text === '' ? {} : { [language]: text });
  const choices = (count: number, say = words.choice, valued = false): readonly Choice[] =>
    Array.from({ length: count }, (_, i) => i + 1).reduce<readonly Choice[]>(
      (made, number) => [...made, newChoice(made, said(say(number)), draw, valued ? { value: number } : {})],
      [],
    );
  const base = { id: freshId('q', idsOf(document), draw), title: said(words.title[kind]) };
  switch (kind) {
    case 'rating':
      return { ...base, kind, from: 1, to: 10 };
    case 'slider':
      return { ...base, kind, from: 0, to: 100 };
    case 'single':
    case 'dropdown':
    case 'multiple':
    case 'ranking':
    case 'picture':
      return { ...base, kind, choices: choices(3) };
    case 'maxdiff':
      return { ...base, kind, choices: choices(4) };
    case 'constantSum':
      return { ...base, kind, choices: choices(3), total: 100 };
    case 'matrix':
      return {
        ...base,
        kind,
        rows: choices(2, words.row),
        columns: choices(5, (number) => words.agreement[number - 1] ?? '', true),
      };
    case 'consent':
      return { ...base, kind, label: said(words.agree) };
    case 'nps':
    case 'csat':
    case 'ces':
    case 'shortText':
    case 'longText':
    case 'email':
    case 'phone':
    case 'number':
    case 'date':
    case 'file':
    case 'statement':
      return { ...base, kind };
  }
}

/** What every question has. */
const SHARED = ['title', 'help', 'required', 'showIf', 'skips', 'instrument', 'name', 'personal'];

/** The same question asked in another way: it keeps its id and whatever both kinds have. */
export function asKind(question: Question, kind: QuestionKind, fresh: Question): Question {
  const own = new Set([
    ...SHARED,
    ...FIELDS[kind].map(({ name }) => name),
    ...listsOf(kind),
    ...(listsOf(kind).length > 0 ? ['carried'] : []),
    ...(listsOf(kind).includes('choices') ? ['groups'] : []),
  ]);
  // Least and largest are days of one kind and numbers of another; a scale of one has other ends than that of another.
  const kept = Object.keys(question).filter(
    (name) =>
      own.has(name) && typeof settingOf(fresh, name) !== 'number' && !['min', 'max', 'instrument'].includes(name),
  );
  return kept.reduce((made, name) => withSetting(made, name, settingOf(question, name)), {
    ...fresh,
    id: question.id,
  });
}

/** Another of a question, with an id of its own. Choices keep theirs: they are told apart by their question. */
export function copyOf(document: SurveyDocument, question: Question, draw: Draw): Question {
  return { ...question, id: freshId('q', idsOf(document), draw) };
}

export function copyOfPage(document: SurveyDocument, page: Page, draw: Draw): Page {
  const taken = new Set(idsOf(document));
  const fresh = (prefix: string): string => {
    const id = freshId(prefix, taken, draw);
    taken.add(id);
    return id;
  };
  return { ...page, id: fresh('p'), questions: page.questions.map((question) => ({ ...question, id: fresh('q') })) };
}

export function newPage(document: SurveyDocument, draw: Draw): Page {
  return { id: freshId('p', idsOf(document), draw), questions: [] };
}

export function newEnding(document: SurveyDocument, title: Localized, draw: Draw): Ending {
  return { id: freshId('e', idsOf(document), draw), title };
}
