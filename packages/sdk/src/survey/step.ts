import { type Answers, type Localized, say, type Step, type Walk } from '@touchstone/domain/survey';
import { Asking } from './asking.ts';
import { attributes, html, type Html } from './html.ts';
import { problemWords } from './problem-words.ts';
import { questionBlock } from './question.ts';
import { type Words, wordsFor } from './words/index.ts';

/** A page of a survey as one respondent sees it. */
export interface StepView {
  readonly found: Walk;
  readonly step: Step;
  /** All that was given, as it was given. */
  readonly answers: Answers;
  /** Whether what stands in the way is told: not before something was handed in. */
  readonly telling: boolean;
  /** Where the form goes. */
  readonly action: string;
  /** What goes along with it, by name. */
  readonly along: Readonly<Record<string, string>>;
  readonly canGoBack: boolean;
  /** Whether nothing comes after it, as far as is known. */
  readonly last: boolean;
  /** How much work a script is asked to do before the form is taken, in bits; none where it is not said. */
  readonly work?: number;
}

/** The form of a page: everything is in it that a browser without a script needs. */
export function stepForm(view: StepView): Html {
  const { found, step, answers, telling } = view;
  const { language } = found.context;
  const words = wordsFor(language);
  const askings = step.questions.map((shown) => new Asking(found, answers, shown, telling));
  const hasFiles = step.questions.some(({ question }) => question.kind === 'file');
  const text = (given: Localized | undefined): string => say(found, given, step.round);
  return html`<form
    ${attributes({ method: 'post', action: view.action, enctype: hasFiles ? 'multipart/form-data' : undefined, novalidate: true, 'data-busy': words['busy.text'], 'data-work': view.work })}
  >
    ${found.survey.document.progress !== false && progressOf(words, step.progress)}
    ${step.page.title !== undefined && html`<h2 class="page">${text(step.page.title)}</h2>`}
    ${step.page.text !== undefined && html`<p class="lead">${text(step.page.text)}</p>`} ${problemList(askings, words)}
    ${askings.map(questionBlock)}
    ${Object.entries({ ...view.along, at: step.key }).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <p class="trap">
      <label>${words.leaveEmpty}<input type="text" name="leave_empty" tabindex="-1" autocomplete="off" /></label>
    </p>
    <div class="ways">
      <button type="submit" name="to" value="next">${view.last ? words.submit : words.next}</button>
      ${view.canGoBack && html`<button type="submit" name="to" value="back" class="plain">${words.back}</button>`}
    </div>
  </form>`;
}

/** At the top, what is wrong and where, for who would look for it in vain. */
function problemList(askings: readonly Asking[], words: Words): Html | false {
  const wrong = askings.filter((asking) => asking.problems.length > 0);
  return (
    wrong.length > 0 &&
    html`<div class="problems" role="alert" tabindex="-1">
      <h2>${words.problems}</h2>
      <ul>
        ${wrong.map(
          (asking) =>
            html`<li>
              <a href="#${asking.id('at')}">${asking.say(asking.shown.question.title)}</a> —
              ${asking.problems.map((problem) => problemWords(asking, problem)).join(' ')}
            </li>`,
        )}
      </ul>
    </div>`
  );
}

function progressOf(words: Words, progress: number): Html {
  const percent = Math.round(progress * 100);
  return html`<progress max="100" value="${percent}" aria-label="${words.progress}">${percent} %</progress>`;
}
