import type { Measure } from '@touchstone/domain/stats';
import { scaleOf } from '@touchstone/domain/survey';
import type { QuestionResult, ScoreResult } from '../shapes.ts';
import { HIDDEN_BELOW_PEOPLE } from '../vocabulary.ts';
import type { AskedScore, Documents } from './documents.ts';
import { figureOf, NO_FIGURE, sumsOfNumbers } from './figures.ts';
import type { CountedSince } from './questions.ts';

const PERCENT: Measure = { kind: 'bounded', low: 0, high: 100 };

/** The scores of the newest version, each of those of whom there is one. */
export function scoreResults(
  documents: Documents,
  countedSince: CountedSince,
  questions: readonly QuestionResult[],
  seesPeople: boolean,
): ScoreResult[] {
  return documents.scores.map((asked): ScoreResult => {
    const { score, name } = asked;
    const sums = countedSince(asked).numbers.get(`score.${score.id}`);
    const n = sums?.n ?? 0;
    const head = { id: score.id, name, how: score.how };
    const isFew = n > 0 && (sums?.people ?? 0) < HIDDEN_BELOW_PEOPLE;
    if (!seesPeople && (isFew || tellsHidden(documents, asked, questions)))
      return { ...head, n: 0, hidden: true, ...NO_FIGURE };
    if (sums === undefined) return { ...head, n, hidden: false, ...NO_FIGURE };
    const measure: Measure = score.how === 'percent' ? PERCENT : { kind: 'open' };
    return { ...head, n, hidden: false, ...figureOf(sumsOfNumbers(sums), measure) };
  });
}

/** Of one answer alone, the mean of what was chosen tells the options that are hidden. */
function tellsHidden(documents: Documents, { score }: AskedScore, questions: readonly QuestionResult[]): boolean {
  const [part, more] = score.of;
  const question = part === undefined ? undefined : documents.questions.get(part.question)?.question;
  if (question === undefined || more !== undefined || scaleOf(question) !== undefined) return false;
  return questions.some((one) => one.questionId === question.id && one.hiddenOptions);
}
