import type { SurveyDocument } from '../document.ts';

export type LeftOutCode =
  /** A kind of question there is none of here: `what`. It is left out. */
  | 'kind'
  /** A panel or matrix that a respondent adds rounds or rows to. */
  | 'repeated'
  /** Always hidden where it comes from. */
  | 'hidden'
  /** A question without anything to choose from. */
  | 'noChoices'
  /** Choices that are fetched, or made of another question's. */
  | 'choicesElsewhere'
  /** A condition that cannot be said here: what it stands at is always shown. */
  | 'condition'
  /** Jumps back, into the middle of a page, or on a condition that cannot be said. */
  | 'jump'
  /** Does something while one answers: `what`. */
  | 'trigger'
  /** A value that is reckoned. */
  | 'calculation'
  /** Filled in before. */
  | 'default'
  /** Needed only where a condition holds, or softly: it may be left open here. */
  | 'required'
  /** What makes an answer good or bad, and cannot be said here: `what`. */
  | 'validation'
  | 'pattern'
  /** A place in a text that is filled in, `what`: it is taken away. */
  | 'piping'
  /** Sorted or shuffled in a way there is none of here. */
  | 'order'
  /** Pictures, sound or scripts within a text: its words are kept. */
  | 'markup'
  /** Comments beside each choice. */
  | 'comments'
  /** A column of a matrix, `what`. */
  | 'column'
  | 'quota'
  | 'timer'
  /** Right answers and points. */
  | 'quiz'
  /** A language that has no tag: `what`. */
  | 'language'
  /** An address that does not begin with https://, or has values in it. */
  | 'address'
  /** Longer than a text may be: cut. */
  | 'cut';

/** Something of the file that the survey made of it does not have. */
export interface LeftOut {
  readonly code: LeftOutCode;
  /** The name it has in the file: of a question, page, group or quota. Empty: the whole. */
  readonly at: string;
  /** As it stands in the file, cut short. */
  readonly what?: string;
}

export interface Imported {
  readonly from: 'surveyjs' | 'limesurvey';
  readonly name: string;
  readonly document: SurveyDocument;
  /** Whether it kept no names where it comes from. */
  readonly anonymous: boolean;
  readonly left: readonly LeftOut[];
}

export type RefusalCode =
  /** A file of another program, or another kind of file of a known one. */
  | 'unknown'
  /** Larger than it may be, deeper, or with more than a survey may hold: `most`. */
  | 'tooDeep'
  | 'tooManyQuestions'
  | 'tooManyChoices'
  | 'tooLarge'
  /** Nothing in it can be asked. */
  | 'empty';

/** Why a file cannot be made a survey at all. */
export class ImportRefused extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly most?: number,
  ) {
    super(most === undefined ? code : `${code}: ${most}`);
    this.name = 'ImportRefused';
  }
}
