import type { QuestionKind } from './document.ts';

/** Of a scale: it does not apply. Counts as answered, and has no score. */
export const NOT_APPLICABLE = 'none';

/** What was chosen, and the words that go with choices that ask for some. */
export interface Chosen {
  readonly chosen: readonly string[];
  readonly words?: Readonly<Record<string, string>>;
}

/** A file as it lies behind the files port. */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** Media type. */
  readonly type: string;
}

type OnScale = number | typeof NOT_APPLICABLE;

/** The answer of each kind, as JSON. */
export interface AnswerOf {
  readonly nps: OnScale;
  readonly csat: OnScale;
  readonly ces: OnScale;
  readonly rating: OnScale;
  readonly slider: OnScale;
  readonly single: Chosen;
  readonly dropdown: Chosen;
  readonly multiple: Chosen;
  readonly picture: Chosen;
  /** Ids, the first first. */
  readonly ranking: readonly string[];
  /** By id; what is missing has got nothing. */
  readonly constantSum: Readonly<Record<string, number>>;
  /** By number of the set, from 0: ids of the best and the worst. */
  readonly maxdiff: Readonly<Record<string, readonly string[]>>;
  /** By row: ids of columns. */
  readonly matrix: Readonly<Record<string, readonly string[]>>;
  readonly shortText: string;
  readonly longText: string;
  readonly email: string;
  /** As typed: digits, spaces, `+ - ( ) . /`. */
  readonly phone: string;
  readonly number: number;
  /** 2026-01-31, of the Gregorian calendar whatever was shown. */
  readonly date: string;
  readonly file: readonly UploadedFile[];
  readonly consent: boolean;
  readonly statement: never;
}

export type Answer = AnswerOf[QuestionKind];

/**
 * Answers as they are kept, by `answerKey`. They may hold those of questions that are no longer shown, and after an edit
 * of the document ones that do not fit any more: whoever reads them reads them through `walk` or `read`.
 */
export type Answers = Readonly<Record<string, Answer>>;

/** Under what the answer of a question is kept: its id, in a round of a loop `q1@item`. The same for steps: `page@item`. */
export function answerKey(id: string, item?: string): string {
  return item === undefined ? id : `${id}@${item}`;
}
