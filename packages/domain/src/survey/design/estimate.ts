import type { Question, QuestionKind, SurveyDocument } from '../document.ts';
import { type Step, walk } from '../flow.ts';
import { prepare, textIn } from '../prepare.ts';

/** Words read a minute, silently: 238 (Brysbaert, "How many words do we read per minute?", J. Memory and Language 109, 2019). */
const READ = 238;
/** Words typed a minute on a phone: 36 (Palin et al., "How do people type on mobile devices?", MobileHCI 2019). */
const TYPED = 36;

/** Seconds to decide and tap, beside reading: our own assumption, of each choice, row or set where there are some. */
const SECONDS: Readonly<Record<QuestionKind, number>> = {
  nps: 4,
  csat: 3,
  ces: 4,
  rating: 3,
  slider: 5,
  single: 3,
  dropdown: 5,
  multiple: 5,
  picture: 4,
  ranking: 3,
  constantSum: 4,
  maxdiff: 8,
  matrix: 3,
  shortText: 3,
  longText: 5,
  email: 3,
  phone: 3,
  number: 4,
  date: 6,
  file: 20,
  consent: 3,
  statement: 0,
};
/** Words that are typed into a field. */
const WORDS: Readonly<Partial<Record<QuestionKind, number>>> = { shortText: 3, longText: 20, email: 3, phone: 2 };

/**
 * About how many seconds it takes to answer, in a language: of the way of someone who leaves everything open, and of
 * everything there is, each read and answered once.
 */
export function estimateSeconds(
  document: SurveyDocument,
  language: string,
): { readonly shortest: number; readonly longest: number } {
  const words = (...texts: Parameters<typeof textIn>[1][]): number =>
    texts
      .map((text) => textIn(document, text, language))
      .join(' ')
      .split(/\s+/u)
      .filter((word) => word !== '').length;
  const reading = (count: number): number => (count / READ) * 60;
  const of = (question: Question): number => {
    const choices =
      'choices' in question
        ? question.choices
        : question.kind === 'matrix'
          ? [...question.columns, ...question.rows]
          : [];
    const read = words(question.title, question.help, ...choices.map((choice) => choice.text));
    return reading(read) + SECONDS[question.kind] * partsOf(question) + ((WORDS[question.kind] ?? 0) / TYPED) * 60;
  };
  const page = ({ page, questions }: Pick<Step, 'page'> & { readonly questions: readonly Question[] }): number =>
    reading(words(page.title, page.text)) + questions.reduce((sum, question) => sum + of(question), 0);
  const open = walk(prepare(document), {}, { language, seed: '' });
  const seconds = (parts: readonly number[]): number => Math.round(parts.reduce((sum, part) => sum + part, 0));
  return {
    shortest: seconds(
      open.steps.map((step) => page({ page: step.page, questions: step.questions.map((shown) => shown.question) })),
    ),
    longest: seconds(document.pages.map((one) => page({ page: one, questions: one.questions }))),
  };
}

/** How many decisions it asks for. */
function partsOf(question: Question): number {
  if (question.kind === 'matrix') return question.rows.length;
  if (question.kind === 'ranking' || question.kind === 'constantSum') return question.choices.length;
  if (question.kind !== 'maxdiff') return 1;
  return question.sets ?? Math.ceil((3 * question.choices.length) / (question.perSet ?? 4));
}
