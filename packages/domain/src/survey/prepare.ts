import { type Test, compileTest, fieldsOf } from '../predicate/index.ts';
import type { Offer } from './check.ts';
import type { Choice, Condition, Localized, Loop, Page, Question, Quota, SurveyDocument } from './document.ts';
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
  /** What a question offers, of those that offer everybody the same in the same order. */
  readonly offers: ReadonlyMap<Question, Offer>;
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
  const offers = new Map<Question, Offer>();
  document.pages.forEach((page, number) => {
    pages.set(page.id, number);
    for (const question of page.questions) {
      questions.set(question.id, { question, page: number, loop: page.loop });
      const offer = offerToAll(question);
      if (offer !== undefined) offers.set(question, offer);
    }
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
  const survey = { document, questions, pages, blocks, blockOf, offers, holds };
  return {
    ...survey,
    quotas: (document.quotas ?? []).map((quota) => [lastPage({ ...survey, quotas: [] }, quota.if), quota]),
  };
}

/** What there is to choose from; of a matrix its rows. Undefined where nothing is chosen. */
export function listedOf(question: Question): readonly Choice[] | undefined {
  if (question.kind === 'matrix') return question.rows;
  return 'choices' in question ? question.choices : undefined;
}

/** Undefined where it depends on who is asked, and on their answers before. */
function offerToAll(question: Question): Offer | undefined {
  if (question.kind === 'maxdiff' || ('order' in question && question.order !== undefined)) return undefined;
  if ('carried' in question && question.carried !== undefined) return undefined;
  const listed = listedOf(question);
  const columns = question.kind === 'matrix' ? question.columns : [];
  if ([...(listed ?? []), ...columns].some((choice) => choice.showIf !== undefined)) return undefined;
  return offerOf(question, listed, columns, []);
}

/** Undefined where there is nothing to choose from. */
export function offerOf(
  question: Question,
  listed: readonly Choice[] | undefined,
  columns: readonly Choice[],
  sets: Offer['sets'],
): Offer | undefined {
  if (listed?.length === 0) return undefined;
  if (question.kind === 'maxdiff' && sets.length === 0) return undefined;
  if (question.kind !== 'matrix') return { question, choices: listed ?? [], rows: [], sets };
  return columns.length === 0 ? undefined : { question, choices: columns, rows: listed ?? [], sets };
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
