import type { Question, SurveyDocument } from '@touchstone/domain/survey';

/** What is other in a draft than in what was published. */
export interface Compared {
  readonly added: readonly Question[];
  /** As they were. */
  readonly removed: readonly Question[];
  readonly altered: readonly Question[];
  /** Questions that both have stand in another order, or on other pages. */
  readonly moved: boolean;
  /** Something beside the questions: pages, endings, languages, rules. */
  readonly around: boolean;
}

export function compared(before: SurveyDocument, after: SurveyDocument): Compared {
  const [were, are] = [byId(before), byId(after)];
  const both = [...are.values()].filter(({ id }) => were.has(id));
  const places = (document: SurveyDocument): string =>
    JSON.stringify(
      document.pages.flatMap((page) =>
        page.questions.filter(({ id }) => were.has(id) && are.has(id)).map(({ id }) => [page.id, id]),
      ),
    );
  const rest = (document: SurveyDocument): unknown => ({
    ...document,
    pages: document.pages.map((page) => ({ ...page, questions: [] })),
  });
  return {
    added: [...are.values()].filter(({ id }) => !were.has(id)),
    removed: [...were.values()].filter(({ id }) => !are.has(id)),
    altered: both.filter((question) => !isSame(question, were.get(question.id))),
    moved: places(before) !== places(after),
    around: !isSame(rest(before), rest(after)),
  };
}

function byId({ pages }: SurveyDocument): ReadonlyMap<string, Question> {
  return new Map(pages.flatMap((page) => page.questions.map((question) => [question.id, question])));
}

/** In whatever order the properties of an object stand: the records keep none. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
