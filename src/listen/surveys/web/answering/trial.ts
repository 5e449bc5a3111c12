import {
  type Answers,
  type Context,
  isPersonal,
  nextStep,
  previousStep,
  type Step,
  stepAt,
  type Survey,
  textIn,
  unfinishedStep,
  type Walk,
  walk,
} from '@touchstone/domain/survey';
import {
  endingBody,
  type Fields,
  html,
  type Kept,
  readStep,
  stepForm,
  surveyPage,
  type Theme,
} from '@touchstone/sdk/survey';

/** Somebody who answers and of whom nothing is kept: the whole of it, as the server would hold it. */
export interface Trial {
  readonly answers: Answers;
  /** Key of the step before them; undefined: the first. */
  readonly at: string | undefined;
  /** Whether what stands in the way is told. */
  readonly telling: boolean;
  readonly ended: boolean;
}

export const BEGUN: Trial = { answers: {}, at: undefined, telling: false, ended: false };

/** Under which settings it is tried. */
export interface Trying {
  readonly survey: Survey;
  readonly context: Context;
  readonly theme: Theme;
  /** Of an anonymous survey: personal answers are not kept. */
  readonly anonymous: boolean;
}

export interface Shown {
  readonly found: Walk;
  /** Undefined where it has ended. */
  readonly step: Step | undefined;
  /** The whole page, as the server would write it, without its script. */
  readonly html: string;
}

/** What the frame is for the editor: see `framePage` of the server. */
const ACTION = '/s/-/frame';

/** The page that stands before whoever tries. Links choose a language: `?lang=fa`. */
export function shownOf({ survey, context, theme }: Trying, trial: Trial): Shown {
  const { document } = survey;
  const found = walk(survey, trial.answers, context);
  const step = trial.ended ? undefined : stepAt(found, trial.at);
  const body =
    step === undefined
      ? endingBody(found, found.ending)
      : stepForm({
          found,
          step,
          answers: trial.answers,
          telling: trial.telling,
          action: ACTION,
          along: {},
          canGoBack: previousStep(found, step.key) !== undefined,
          last: found.steps.at(-1)?.key === step.key,
        });
  const page = surveyPage({
    language: context.language,
    title: textIn(document, document.title, context.language),
    theme,
    body: html`${body}`,
    languages: document.languages.map((tag) => ({ tag, href: `?lang=${tag}` })),
    style: `/s/-/survey.css?v=${OPENED}`,
  });
  return { found, step, html: page };
}

/** The style may be kept for a year under its address: each visit to the editor asks for it anew. */
const OPENED = String(Date.now());

/** What becomes of a page that is handed in: as the server does it, and nobody is told. */
export function handed(
  trying: Trying,
  trial: Trial,
  fields: Fields,
  to: 'next' | 'back' | 'stay',
  files?: ReadonlyMap<string, readonly Kept[]>,
): Trial {
  const { survey, context, anonymous } = trying;
  const step = stepAt(walk(survey, trial.answers, context), trial.at);
  if (step === undefined) return ended(walk(survey, trial.answers, context), trial);
  const answers = merged(trial.answers, step, readStep(step, fields, files), anonymous);
  const found = walk(survey, answers, context);
  const stay = { answers, at: step.key, telling: false, ended: false };
  if (to === 'stay') return stay;
  if (to === 'back') return { ...stay, at: previousStep(found, step.key)?.key ?? step.key };
  const again = stepAt(found, step.key);
  const before = new Set(step.questions.map(({ key }) => key));
  // An answer may bring up another question on the same page: it is shown before one goes on.
  if (again?.key === step.key && again.questions.some(({ key }) => !before.has(key))) return stay;
  const onward = nextStep(found, step.key);
  if (onward === 'end') return ended(found, stay);
  return { ...stay, at: onward.key, telling: onward.key === step.key };
}

/** A complete one ends only when all of it is good: else at the first page that is not. */
function ended(found: Walk, trial: Trial): Trial {
  const open = found.outcome === 'complete' ? unfinishedStep(found) : undefined;
  return open === undefined ? { ...trial, ended: true, telling: false } : { ...trial, at: open.key, telling: true };
}

function merged(before: Answers, step: Step, given: Answers, anonymous: boolean): Answers {
  const own = new Set(step.questions.map(({ key }) => key));
  const personal = new Set(step.questions.filter(({ question }) => isPersonal(question)).map(({ key }) => key));
  return Object.fromEntries([
    ...Object.entries(before).filter(([key]) => !own.has(key)),
    ...Object.entries(given).filter(([key]) => !anonymous || !personal.has(key)),
  ]);
}
