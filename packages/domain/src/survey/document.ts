import type { Predicate } from '../predicate/index.ts';

/*
 * A survey as a JSON document; decisions/0019 says why it is as it is. Ids are letters, digits, `_` and `-`, at most 64;
 * those of pages, endings and questions are all different. Times of day, clocks and addresses of servers have no place here.
 */

/** A text by language tag of BCP 47. Plain: whatever looks like HTML is shown as it stands. `{{…}}` is piped in. */
export type Localized = Readonly<Record<string, string>>;

/**
 * A predicate over what is known so far. Its fields:
 * - `q1` the answer of a question: a number, a text, or the ids of what was chosen, of which one has to satisfy it;
 *   asked from outside of the loop of `q1`, the answers of all rounds
 * - `q1.row` one row of a matrix, one part of a constant sum; in a MaxDiff, how often it was best less how often worst
 * - `count.q1` how many were chosen, ranked, rated or uploaded
 * - `hidden.x`, `person.x`, `score.x` what came along, what is known of the person, a score as it stands
 * - `loop` the id of what this round is about, `loop.index` which round it is, from 1
 */
export type Condition = Predicate;

/** Where a survey of a document that is not ours begins to be one: what `format` says. */
export const FORMAT = 1;

export interface SurveyDocument {
  readonly format: typeof FORMAT;
  /** The first is the one everything is written in; a text missing in another is shown in it. */
  readonly languages: readonly string[];
  readonly title: Localized;
  readonly pages: readonly Page[];
  /** The first that is not left out by its `showIf` is shown when the pages are through. */
  readonly endings: readonly Ending[];
  readonly loops?: readonly Loop[];
  readonly hidden?: readonly HiddenField[];
  readonly quotas?: readonly Quota[];
  readonly scores?: readonly Score[];
  /** Whether one may go back; true where it is not said. */
  readonly back?: boolean;
  /** Whether it is shown how far one has come; true where it is not said. */
  readonly progress?: boolean;
}

export interface Page {
  readonly id: string;
  readonly title?: Localized;
  readonly text?: Localized;
  /** A page without a question that is shown is passed by; its skips hold all the same. */
  readonly questions: readonly Question[];
  readonly showIf?: Condition;
  /** Read when the page is left, the first that holds. */
  readonly skips?: readonly Skip[];
  /** Shuffled for each respondent. What is shown is settled in the order of the document all the same. */
  readonly order?: 'random';
  /** The loop it belongs to. Pages of one loop stand together and are gone through once for each of its items. */
  readonly loop?: string;
}

/** Onwards to a page that stands later, or to an ending. Out of a loop it leaves all of its rounds. */
export interface Skip {
  /** Without it: always. */
  readonly if?: Condition;
  readonly to: string;
}

export interface Ending {
  readonly id: string;
  /** What it says of the response. `complete` where it is not said. */
  readonly outcome?: Outcome;
  readonly title: Localized;
  readonly text?: Localized;
  readonly showIf?: Condition;
  /** https address to go on to. */
  readonly redirect?: string;
}

export type Outcome = 'complete' | 'screenedOut' | 'overQuota';

export type Loop = {
  readonly id: string;
  readonly order?: 'random';
  /** At most so many rounds. */
  readonly most?: number;
} & ({ readonly over: Carried } | { readonly items: readonly Choice[] });

export interface HiddenField {
  readonly id: string;
  /** Other values count as none. */
  readonly values?: readonly string[];
  readonly fallback?: string;
}

/** How many complete responses of a kind are wanted. It is asked of when the last question of its condition is passed. */
export interface Quota {
  readonly id: string;
  readonly name: string;
  readonly if?: Condition;
  readonly limit: number;
  /** What becomes of one more: shown an ending, sent to that ending's address, or let through and marked. */
  readonly action: 'terminate' | 'redirect' | 'warn';
  /** Of `terminate` and `redirect`. */
  readonly ending?: string;
}

/** A figure made of answers. Answers without a number, or not given, are left out. */
export interface Score {
  readonly id: string;
  readonly name: Localized;
  /**
   * `sum` of weight × value; `mean`: that over the weights of what was answered; `percent`: the mean of how high each
   * stands on its own scale, 0 to 100.
   */
  readonly how: 'sum' | 'mean' | 'percent';
  readonly of: readonly ScorePart[];
}

export interface ScorePart {
  readonly question: string;
  /** One row of a matrix, one part of a constant sum. */
  readonly row?: string;
  /** 1 where it is not said. */
  readonly weight?: number;
  /** Counted from the other end of its scale. */
  readonly reversed?: true;
}

/** Something to choose, rank, rate or go round over. */
export interface Choice {
  readonly id: string;
  readonly text: Localized;
  /** Address of a picture, https or a small one itself as `data:`; its `text` is what is read out. */
  readonly picture?: string;
  readonly showIf?: Condition;
  /** Chosen, it takes all others away: none of these, do not know. */
  readonly exclusive?: true;
  /** A field for words goes with it: other. */
  readonly words?: true;
  /** Keeps its place where the others are shuffled. */
  readonly fixed?: true;
  readonly group?: string;
  /** What it counts in scores and as the score of an answer. */
  readonly value?: number;
}

export interface ChoiceGroup {
  readonly id: string;
  readonly text: Localized;
}

/** Choices of an earlier question, those that were chosen or those that were not. */
export interface Carried {
  readonly question: string;
  readonly take: 'chosen' | 'unchosen';
}

interface Base<K extends string> {
  readonly id: string;
  readonly kind: K;
  readonly title: Localized;
  readonly help?: Localized;
  readonly required?: true;
  readonly showIf?: Condition;
  /** Read after this question, the first that holds: what follows on the page is not shown either. */
  readonly skips?: readonly Skip[];
  /** What its answers count as among feedback; see `instrumentOf` for what they do where it is not said. */
  readonly instrument?: string;
  /** A short name for columns of exports and results. */
  readonly name?: string;
  /** Says who somebody is: never kept in an anonymous survey. Always true of e-mail and phone, and of files where it is not said. */
  readonly personal?: boolean;
}

/** Words at the ends of a scale, and what stands for "does not apply". */
interface Ends {
  readonly low?: Localized;
  readonly high?: Localized;
  readonly none?: Localized;
}

export type Look = 'numbers' | 'stars' | 'smileys';

/** 0 to 10. */
export interface NpsQuestion extends Base<'nps'>, Ends {}
/** 1 to `points`, which is 5 where it is not said. */
export interface CsatQuestion extends Base<'csat'>, Ends {
  readonly look?: Look;
  readonly points?: number;
}
/** 1 to 7, of which 7 is least effort. */
export interface CesQuestion extends Base<'ces'>, Ends {}
/** Whole numbers of one scale. */
export interface RatingQuestion extends Base<'rating'>, Ends {
  readonly look?: Look;
  readonly from: number;
  readonly to: number;
}
export interface SliderQuestion extends Base<'slider'>, Ends {
  readonly from: number;
  readonly to: number;
  /** 1 where it is not said. */
  readonly step?: number;
  readonly unit?: Localized;
}

/** What has choices of its own, of an earlier question, or both: those carried forward stand first. */
interface Choosing {
  readonly choices: readonly Choice[];
  readonly carried?: Carried;
  readonly groups?: readonly ChoiceGroup[];
  /** `random`: shuffled, groups and within them; `flip`: for every other respondent the other way round. */
  readonly order?: 'random' | 'flip';
}
interface Counted {
  readonly least?: number;
  readonly most?: number;
}

export interface SingleQuestion extends Base<'single'>, Choosing {}
export interface DropdownQuestion extends Base<'dropdown'>, Choosing {}
export interface MultipleQuestion extends Base<'multiple'>, Choosing, Counted {}
export interface PictureQuestion extends Base<'picture'>, Choosing, Counted {
  readonly multiple?: true;
}
/** Puts them in order, or the first `most` of them. */
export interface RankingQuestion extends Base<'ranking'>, Choosing {
  readonly most?: number;
}
/** Divides `total` among them, in whole numbers. */
export interface ConstantSumQuestion extends Base<'constantSum'>, Choosing {
  readonly total: number;
  readonly unit?: Localized;
}
/** Best and worst of a few at a time. */
export interface MaxDiffQuestion extends Base<'maxdiff'>, Choosing {
  /** How many at a time; 4 where it is not said. */
  readonly perSet?: number;
  /** How many times; where it is not said, so many that each is seen three times. */
  readonly sets?: number;
  readonly best?: Localized;
  readonly worst?: Localized;
}
/** One choice of `columns` for each of `rows`; several with `multiple`. Columns with values make it a Likert scale. */
export interface MatrixQuestion extends Base<'matrix'> {
  readonly rows: readonly Choice[];
  /** Rows of an earlier question, which stand first. */
  readonly carried?: Carried;
  readonly columns: readonly Choice[];
  readonly multiple?: true;
  /** Of rows. */
  readonly order?: 'random' | 'flip';
}

interface Lengths {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly placeholder?: Localized;
}
export interface ShortTextQuestion extends Base<'shortText'>, Lengths {
  /** See `pattern.ts` for what one may hold. The same text is good as the `pattern` of an HTML field. */
  readonly pattern?: string;
  /** Says what is wanted where the pattern does not match. */
  readonly patternHint?: Localized;
}
export interface LongTextQuestion extends Base<'longText'>, Lengths {}
export interface EmailQuestion extends Base<'email'> {
  readonly placeholder?: Localized;
}
export interface PhoneQuestion extends Base<'phone'> {
  readonly placeholder?: Localized;
}
export interface NumberQuestion extends Base<'number'> {
  readonly min?: number;
  readonly max?: number;
  /** Digits behind the point, 0 where it is not said. */
  readonly decimals?: number;
  readonly unit?: Localized;
}
export interface DateQuestion extends Base<'date'> {
  /** Days as 2026-01-31, or `today`. */
  readonly min?: string;
  readonly max?: string;
}
export interface FileQuestion extends Base<'file'> {
  /** Media types such as `image/*` and `application/pdf`; any where it is not said. */
  readonly accept?: readonly string[];
  /** 1 where it is not said. */
  readonly most?: number;
  /** Of each file; 10 MB where it is not said. */
  readonly maxBytes?: number;
}
/** Agreed or not; where it is required, only agreeing goes on. */
export interface ConsentQuestion extends Base<'consent'> {
  /** What is written beside the box. */
  readonly label: Localized;
  /** https address of the whole text. */
  readonly link?: string;
}
/** Words only: its title and its help. */
export interface StatementQuestion extends Base<'statement'> {
  readonly picture?: string;
}

export type Question =
  | NpsQuestion
  | CsatQuestion
  | CesQuestion
  | RatingQuestion
  | SliderQuestion
  | SingleQuestion
  | DropdownQuestion
  | MultipleQuestion
  | PictureQuestion
  | RankingQuestion
  | ConstantSumQuestion
  | MaxDiffQuestion
  | MatrixQuestion
  | ShortTextQuestion
  | LongTextQuestion
  | EmailQuestion
  | PhoneQuestion
  | NumberQuestion
  | DateQuestion
  | FileQuestion
  | ConsentQuestion
  | StatementQuestion;

export type QuestionKind = Question['kind'];

export type ScaleQuestion = NpsQuestion | CsatQuestion | CesQuestion | RatingQuestion | SliderQuestion;
export type ChoosingQuestion = Extract<Question, Choosing>;

/** How large a document may be. */
export const DOCUMENT_LIMITS = {
  /** Of its JSON in UTF-8. */
  bytes: 1_000_000,
  pages: 500,
  questions: 500,
  /** Choices, rows, columns and items of loops together. */
  choices: 10_000,
  languages: 50,
  endings: 50,
  loops: 50,
  hidden: 100,
  quotas: 100,
  scores: 100,
  skips: 50,
  idLength: 64,
  textLength: 10_000,
} as const;
