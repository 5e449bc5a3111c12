import type { Question, QuestionKind } from './document.ts';
import { isList, valueOf, wordsOf } from './fields.ts';
import type { Known, ShownQuestion } from './known.ts';
import { NOT_APPLICABLE } from './answers.ts';
import { scaleOf } from './check.ts';
import { measure } from './scoring.ts';

/** One answer as the facts keep it. Empty texts are answers without that. */
export interface FeedbackRow {
  readonly questionId: string;
  /** What was rated, where not the whole: a row, a part, an item of a MaxDiff; else what its round was about. */
  readonly itemId: string;
  /** The item of the loop's round. */
  readonly loopKey: string;
  readonly instrument: string;
  readonly score: number | null;
  readonly scaleMin: number | null;
  readonly scaleMax: number | null;
  /** Ids; of a ranking, the first first. */
  readonly choices: readonly string[];
  readonly text: string;
  /** Says who somebody is: left out where nobody is to be known. */
  readonly personal: boolean;
}

const INSTRUMENT_OF: Readonly<Record<QuestionKind, string>> = {
  nps: 'nps',
  csat: 'csat',
  ces: 'ces',
  rating: 'rating',
  slider: 'rating',
  single: 'choice',
  dropdown: 'choice',
  multiple: 'choice',
  picture: 'choice',
  ranking: 'choice',
  constantSum: 'number',
  maxdiff: 'maxdiff',
  matrix: 'choice',
  shortText: 'text',
  longText: 'text',
  email: 'text',
  phone: 'text',
  number: 'number',
  date: 'text',
  file: 'text',
  consent: 'choice',
  statement: 'text',
};

/** What an answer counts as among feedback: what its question says, else what its kind is. A Likert scale rates. */
export function instrumentOf(question: Question): string {
  if (question.instrument !== undefined) return question.instrument;
  const rates = question.kind === 'matrix' && question.columns.some((column) => column.value !== undefined);
  return rates ? 'rating' : INSTRUMENT_OF[question.kind];
}

/** An address by which one is reached always says who somebody is; of a file its question may say that it does not. */
export function isPersonal({ kind, personal }: Question): boolean {
  return kind === 'email' || kind === 'phone' || (personal ?? kind === 'file');
}

/** Everything that was answered, in the order of the survey. A matrix, a constant sum and a MaxDiff give a row for each of their parts. */
export function feedbackOf(found: Known): FeedbackRow[] {
  return [...found.shown.values()].flatMap((shown) => {
    if (shown.answer === undefined) return [];
    const parts = partsOf(shown);
    return parts === undefined ? [rowOf(shown)] : parts.flatMap((id) => rowOf(shown, id));
  });
}

/** Ids of what is rated one by one. */
function partsOf({ question, answer, rows, choices, sets }: ShownQuestion): readonly string[] | undefined {
  if (question.kind === 'matrix')
    return rows
      .filter((row) => answer !== undefined && valueOf(question, answer, row.id) !== undefined)
      .map((row) => row.id);
  if (question.kind === 'constantSum') return choices.map((choice) => choice.id);
  return question.kind === 'maxdiff'
    ? choices.map((c) => c.id).filter((id) => sets.some((set) => set.includes(id)))
    : undefined;
}

function rowOf(shown: ShownQuestion, part?: string): FeedbackRow {
  const { question, answer, round } = shown;
  const measured = measure(shown, part);
  const value = answer === undefined ? undefined : valueOf(question, answer, part);
  const words = Object.values(wordsOf(answer));
  const files =
    question.kind === 'file' && isList(answer) ? answer.map((file) => (typeof file === 'object' ? file.name : '')) : [];
  return {
    questionId: question.id,
    itemId: part ?? round?.item.id ?? '',
    loopKey: round?.item.id ?? '',
    instrument: instrumentOf(question),
    score: measured?.value ?? null,
    scaleMin: measured?.from ?? null,
    scaleMax: measured?.to ?? null,
    choices: isList(value)
      ? value.map(String)
      : typeof value === 'boolean'
        ? [value ? 'yes' : 'no']
        : value === NOT_APPLICABLE && isScale(question)
          ? [value]
          : [],
    text: typeof value === 'string' && !isScale(question) ? value : [...words, ...files].join('\n'),
    personal: isPersonal(question),
  };
}

function isScale(question: Question): boolean {
  return scaleOf(question) !== undefined;
}
