import type { Choice, Ending, Localized, Page, Question, SurveyDocument } from '@touchstone/domain/survey';

/*
 * Changes of a document, which is never changed in place. What does not change stays the same object, so that nothing is
 * drawn anew without need.
 */

/** Where a question stands: numbers of its page, and of itself on that page. */
export interface Spot {
  readonly page: number;
  readonly at: number;
}

export function spotOf({ pages }: SurveyDocument, id: string): Spot | undefined {
  for (const [page, { questions }] of pages.entries()) {
    const at = questions.findIndex((question) => question.id === id);
    if (at >= 0) return { page, at };
  }
  return undefined;
}

/** The list with one of its items elsewhere: at `to`, counted in the list as it is then. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from];
  if (item === undefined || from === to || to < 0 || to >= list.length) return list;
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to, 0, item);
}

export function withPage(document: SurveyDocument, page: number, next: Page): SurveyDocument {
  return { ...document, pages: document.pages.with(page, next) };
}

export function withEnding(document: SurveyDocument, at: number, next: Ending): SurveyDocument {
  return { ...document, endings: document.endings.with(at, next) };
}

/** The document with another question in the place of that of the same id. */
export function withQuestion(document: SurveyDocument, next: Question): SurveyDocument {
  const spot = spotOf(document, next.id);
  const page = spot === undefined ? undefined : document.pages[spot.page];
  if (spot === undefined || page === undefined) return document;
  return withPage(document, spot.page, { ...page, questions: page.questions.with(spot.at, next) });
}

export function insertQuestion(document: SurveyDocument, { page, at }: Spot, question: Question): SurveyDocument {
  const on = document.pages[page];
  if (on === undefined) return document;
  return withPage(document, page, { ...on, questions: on.questions.toSpliced(at, 0, question) });
}

export function removeQuestion(document: SurveyDocument, id: string): SurveyDocument {
  const spot = spotOf(document, id);
  const page = spot === undefined ? undefined : document.pages[spot.page];
  if (spot === undefined || page === undefined) return document;
  return withPage(document, spot.page, { ...page, questions: page.questions.toSpliced(spot.at, 1) });
}

/** `to` is counted in the document as it stands before: the question is put before the one that is there. */
export function moveQuestion(document: SurveyDocument, id: string, to: Spot): SurveyDocument {
  const from = spotOf(document, id);
  const question = from === undefined ? undefined : document.pages[from.page]?.questions[from.at];
  if (from === undefined || question === undefined || document.pages[to.page] === undefined) return document;
  const isSame = from.page === to.page;
  if (isSame && (to.at === from.at || to.at === from.at + 1)) return document;
  const at = isSame && to.at > from.at ? to.at - 1 : to.at;
  return insertQuestion(removeQuestion(document, id), { page: to.page, at }, question);
}

/** One place up or down; from the edge of a page onto the next. The same document at either end of all. */
export function stepQuestion(document: SurveyDocument, id: string, by: -1 | 1): SurveyDocument {
  const from = spotOf(document, id);
  if (from === undefined) return document;
  const count = document.pages[from.page]?.questions.length ?? 0;
  const at = from.at + by;
  if (at >= 0 && at < count) return moveQuestion(document, id, { page: from.page, at: by > 0 ? at + 1 : at });
  const page = from.page + by;
  const beside = document.pages[page];
  if (beside === undefined) return document;
  return moveQuestion(document, id, { page, at: by > 0 ? 0 : beside.questions.length });
}

export function movePage(document: SurveyDocument, from: number, to: number): SurveyDocument {
  const pages = moved(document.pages, from, to);
  return pages === document.pages ? document : { ...document, pages };
}

export function insertPage(document: SurveyDocument, at: number, page: Page): SurveyDocument {
  return { ...document, pages: document.pages.toSpliced(at, 0, page) };
}

export function removePage(document: SurveyDocument, at: number): SurveyDocument {
  return { ...document, pages: document.pages.toSpliced(at, 1) };
}

/** Pages and questions as they are listed one below another. */
export type Row =
  | { readonly is: 'page'; readonly id: string; readonly page: number }
  | { readonly is: 'question'; readonly id: string; readonly page: number; readonly at: number };

export function rowsOf({ pages }: SurveyDocument): readonly Row[] {
  return pages.flatMap((page, number): Row[] => [
    { is: 'page', id: page.id, page: number },
    ...page.questions.map(({ id }, at): Row => ({ is: 'question', id, page: number, at })),
  ]);
}

/** Whether the same pages, questions and endings stand in the same places, whatever they say. */
export function isSameShape(one: SurveyDocument, other: SurveyDocument): boolean {
  if (one === other) return true;
  const ids = (document: SurveyDocument): string =>
    [...rowsOf(document).map(({ id }) => id), '', ...document.endings.map(({ id }) => id)].join(' ');
  return ids(one) === ids(other);
}

/** What was taken up is put down before the row `gap`, or behind the last: a page goes between pages, a question anywhere. */
export function dropped(document: SurveyDocument, from: number, gap: number): SurveyDocument {
  const rows = rowsOf(document);
  const row = rows[from];
  if (row === undefined) return document;
  if (row.is === 'page') {
    const before = rows.slice(0, gap).filter(({ is }) => is === 'page').length;
    return movePage(document, row.page, before > row.page ? before - 1 : before);
  }
  const above = rows[gap - 1];
  if (above === undefined) return moveQuestion(document, row.id, { page: 0, at: 0 });
  return moveQuestion(document, row.id, { page: above.page, at: above.is === 'page' ? 0 : above.at + 1 });
}

/** A text with words in a language; undefined where none is left in any. */
export function withText(text: Localized | undefined, language: string, words: string): Localized | undefined {
  const { [language]: _, ...others } = text ?? {};
  const next = words === '' ? others : { ...text, [language]: words };
  return Object.keys(next).length === 0 ? undefined : next;
}

/** What was pasted, a choice for each of its lines. */
export function linesOf(pasted: string): readonly string[] {
  return pasted
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function withChoice(choices: readonly Choice[], at: number, change: Partial<Choice>): readonly Choice[] {
  const before = choices[at];
  if (before === undefined) return choices;
  const next = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
  return choices.with(at, Object.fromEntries(next) as unknown as Choice);
}
