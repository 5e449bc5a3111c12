import {
  type Choice,
  type Page,
  prepare,
  type Question,
  type SurveyDocument,
  textIn,
  walk,
} from '@touchstone/domain/survey';
import { endingBody, stepForm, surveyPage, type Theme } from '@touchstone/sdk/survey';

/** Where the page that is shown has its style; the same for all. */
const STYLE = '/s/-/survey.css';

export interface Previewed {
  readonly document: SurveyDocument;
  /** Id of the page, question or ending one looks at; any other: the first page. */
  readonly at: string;
  readonly language: string;
  readonly theme: Theme;
}

/**
 * A page as respondents will see it, made by the renderer that makes it for them. All that stands on it is shown, whatever
 * its conditions say: it is being written.
 */
export function previewOf({ document, at, language, theme }: Previewed): string {
  const ending = document.endings.find(({ id }) => id === at);
  const page = document.pages.find(({ id, questions }) => id === at || questions.some((one) => one.id === at)) ?? document.pages[0]; // prettier-ignore
  const number = page === undefined ? 0 : document.pages.indexOf(page);
  const found = walk(
    prepare(alone(document, ending === undefined ? page : undefined)),
    {},
    { language, seed: 'preview' },
  );
  const [step] = found.steps;
  const body =
    step === undefined
      ? endingBody(found, ending ?? document.endings[0])
      : stepForm({
          found,
          step: { ...step, progress: number / document.pages.length },
          answers: {},
          telling: false,
          action: '/s/-/frame',
          along: {},
          canGoBack: number > 0 && document.back !== false,
          last: number === document.pages.length - 1,
        });
  return surveyPage({
    language,
    title: textIn(document, document.title, language),
    theme,
    body,
    languages: document.languages.map((tag) => ({ tag, href: `?lang=${tag}` })),
    style: STYLE,
  });
}

/** The document with one page alone, on which everything is shown; with none it has ended. */
function alone(document: SurveyDocument, page: Page | undefined): SurveyDocument {
  const { format, languages, title, progress, back, endings } = document;
  const kept = { format, languages, title, endings, ...(progress === undefined ? {} : { progress }), ...(back === undefined ? {} : { back }) }; // prettier-ignore
  if (page === undefined) return { ...kept, pages: [] };
  const { showIf: _, skips: __, loop: ___, order: ____, ...rest } = page;
  const all = document.pages.flatMap(({ questions }) => questions);
  return { ...kept, pages: [{ ...rest, questions: page.questions.map((question) => shown(question, all)) }] };
}

function shown(question: Question, all: readonly Question[]): Question {
  const { showIf: _, skips: __, ...rest } = question;
  const plain = (choices: readonly Choice[]): readonly Choice[] => choices.map(({ showIf: ___, ...choice }) => choice);
  const open: Question = rest;
  if (open.kind === 'matrix') {
    const { carried, ...matrix } = open;
    return {
      ...matrix,
      columns: plain(open.columns),
      rows: [...plain(choicesOf(carried?.question, all)), ...plain(open.rows)],
    };
  }
  if (!('choices' in open)) return open;
  const { carried, ...own } = open;
  return { ...own, choices: [...plain(choicesOf(carried?.question, all)), ...plain(open.choices)] };
}

function choicesOf(id: string | undefined, all: readonly Question[]): readonly Choice[] {
  const question = all.find((one) => one.id === id);
  if (question === undefined) return [];
  if (question.kind === 'matrix') return question.rows;
  return 'choices' in question ? question.choices : [];
}

/** The element of a question on the page. */
export function elementOf(document: SurveyDocument, id: string): string | undefined {
  const isQuestion = document.pages.some(({ questions }) => questions.some((question) => question.id === id));
  return isQuestion ? `q-${id}-at` : undefined;
}
