import type { Answer } from './answers.ts';

/** What is wrong with an answer. Words are made of it elsewhere, with `params` and the name of `part`. */
export interface AnswerProblem {
  readonly code: AnswerProblemCode;
  /** The row, choice or set it is about. */
  readonly part?: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type AnswerProblemCode =
  /** Nothing was answered, or in `part` not. */
  | 'required'
  /** No answer of this kind at all. */
  | 'shape'
  /** `part` is no choice, or not any more. */
  | 'unknownChoice'
  /** Off the scale, or smaller or larger than it may be: `from`, `to` */
  | 'outOfRange'
  /** More digits behind the point than `decimals`. */
  | 'decimals'
  /** `least` or `most` of them. */
  | 'tooFew'
  | 'tooMany'
  /** `part` goes with no other. */
  | 'exclusive'
  /** `part` asks for words. */
  | 'words'
  /** `sum` is not `total`. */
  | 'sum'
  /** `least` or `most` characters. */
  | 'tooShort'
  | 'tooLong'
  | 'pattern'
  | 'email'
  | 'phone'
  /** No day, or before or after what is wanted: `from`, `to`. */
  | 'date'
  | 'fileType'
  /** `most` bytes. */
  | 'fileSize'
  /** Of a ranking: two with one place, or a place left out. */
  | 'places'
  /** Best and worst are the same. */
  | 'same';

export interface Checked {
  /** What of it counts: nothing that was not offered. Undefined: not answered. */
  readonly answer?: Answer;
  /** What stands in the way of going on. */
  readonly problems: readonly AnswerProblem[];
}

/** Not answered, and nothing is wrong with that. */
export const OPEN: Checked = { problems: [] };

export function fine(answer: Answer): Checked {
  return { answer, problems: [] };
}

export function wrong(code: AnswerProblemCode, params?: AnswerProblem['params']): Checked {
  return { problems: [params === undefined ? { code } : { code, params }] };
}
