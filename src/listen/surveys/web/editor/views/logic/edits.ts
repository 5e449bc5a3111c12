import type { Page, Question, SurveyDocument } from '@touchstone/domain/survey';
import { freshId as drawnId } from '../../questions/making.ts';

/** With one part other; undefined takes it away. */
export function put<T extends object, K extends keyof T>(of: T, key: K, value: T[K] | undefined): T {
  if (value !== undefined) return { ...of, [key]: value };
  const { [key]: _gone, ...rest } = of;
  return rest as unknown as T;
}

/** A list with one of its things other; undefined takes it away. */
export function at<T>(list: readonly T[], index: number, next: T | undefined): T[] {
  return list.flatMap((one, i) => (i === index ? (next === undefined ? [] : [next]) : [one]));
}

/** Undefined for an empty list: documents leave out what is not there. */
export function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

export function setPage(document: SurveyDocument, page: number, next: Page): SurveyDocument {
  return { ...document, pages: at(document.pages, page, next) };
}

export function setQuestion(document: SurveyDocument, page: number, index: number, next: Question): SurveyDocument {
  const before = document.pages[page];
  return before === undefined
    ? document
    : setPage(document, page, { ...before, questions: at(before.questions, index, next) });
}

/** An id that nothing of the document has, nor had: one that was counted would be given again after the last was deleted. */
export function freshId(document: SurveyDocument, prefix: string): string {
  const taken = new Set(
    [
      document.pages,
      document.pages.flatMap((page) => page.questions),
      document.endings,
      document.loops ?? [],
      document.hidden ?? [],
      document.quotas ?? [],
      document.scores ?? [],
    ].flatMap((list) => list.map(({ id }) => id)),
  );
  return drawnId(prefix, taken, Math.random);
}
