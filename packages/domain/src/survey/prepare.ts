import { type Test, compileTest, fieldsOf } from '../predicate/index.ts';
import type { Condition, Localized, Loop, Page, Question, Quota, SurveyDocument } from './document.ts';
import { fieldOf } from './fields.ts';

/** A document made ready to be walked many times. */
export interface Survey {
  readonly document: SurveyDocument;
  readonly questions: ReadonlyMap<string, Placed>;
  /** Number of a page by its id. */
  readonly pages: ReadonlyMap<string, number>;
  readonly blocks: readonly Block[];
  /** By number of page: the block it is in. */
  readonly blockOf: readonly number[];
  /** Quotas by the page after which all they ask of has been passed; -1: before the first. */
  readonly quotas: readonly (readonly [after: number, quota: Quota])[];
  /** Whether a condition holds, with how to read a field. None holds always. */
  readonly holds: (condition: Condition | undefined, read: Parameters<Test>[0]) => boolean;
}

export interface Placed {
  readonly question: Question;
  /** Number of its page. */
  readonly page: number;
  readonly loop: string | undefined;
}

/** Pages gone through together, once or once a round: `from` to `to`, both inclusive. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly loop: Loop | undefined;
}

export function prepare(document: SurveyDocument): Survey {
  const questions = new Map<string, Placed>();
  const pages = new Map<string, number>();
  const blocks: Block[] = [];
  const blockOf: number[] = [];
  document.pages.forEach((page, number) => {
    pages.set(page.id, number);
    for (const question of page.questions) questions.set(question.id, { question, page: number, loop: page.loop });
    const before = blocks.at(-1);
    if (before?.loop !== undefined && before.loop.id === page.loop)
      blocks[blocks.length - 1] = { ...before, to: number };
    else blocks.push({ from: number, to: number, loop: loopOf(document, page) });
    blockOf.push(blocks.length - 1);
  });
  const tests = new Map<Condition, Test>();
  const holds: Survey['holds'] = (condition, read) => {
    if (condition === undefined) return true;
    let test = tests.get(condition);
    if (test === undefined) tests.set(condition, (test = compileTest(condition)));
    return test(read);
  };
  const survey = { document, questions, pages, blocks, blockOf, holds };
  return {
    ...survey,
    quotas: (document.quotas ?? []).map((quota) => [lastPage({ ...survey, quotas: [] }, quota.if), quota]),
  };
}

function loopOf(document: SurveyDocument, page: Page): Loop | undefined {
  return page.loop === undefined ? undefined : document.loops?.find((loop) => loop.id === page.loop);
}

/** Number of the last page a condition asks of; -1 where it asks of none. */
export function lastPage(survey: Survey, condition: Condition | undefined): number {
  const last = (id: string): number => {
    const placed = survey.questions.get(id);
    if (placed === undefined) return -1;
    return survey.blocks[survey.blockOf[placed.page] ?? -1]?.to ?? placed.page;
  };
  const of = (name: string): number => {
    const field = fieldOf(name);
    if (field?.of === 'answer' || field?.of === 'count') return last(field.id);
    if (field?.of !== 'score') return -1;
    const score = survey.document.scores?.find((one) => one.id === field.id);
    return Math.max(-1, ...(score?.of ?? []).map((part) => last(part.question)));
  };
  return Math.max(-1, ...(condition === undefined ? [] : fieldsOf(condition)).map(of));
}

/** A text in a language, in the survey's first where it is missing, else in any. */
export function textIn(document: SurveyDocument, text: Localized | undefined, language: string): string {
  if (text === undefined) return '';
  const has = [language, ...document.languages].find((tag) => Object.hasOwn(text, tag) && text[tag] !== '');
  return (has === undefined ? Object.values(text)[0] : text[has]) ?? '';
}
