import type { Question } from '@touchstone/domain/survey';
import type { Asking } from './asking.ts';
import { choiceField, dropdownField } from './fields/choices.ts';
import { matrixField, maxDiffField, rankingField, sumField } from './fields/parts.ts';
import { scaleField, sliderField } from './fields/scales.ts';
import { consentField, fileField, typedField } from './fields/typed.ts';
import { attributes, html, type Html } from './html.ts';
import { problemWords } from './problem-words.ts';

/** A question whole: what is asked, what is wrong, and where it is answered. */
export function questionBlock(asking: Asking): Html {
  const { question } = asking.shown;
  if (question.kind === 'statement') {
    const { picture } = question;
    return html`<section class="q statement">
      ${picture !== undefined && html`<img src="${picture}" alt="" />`}
      <h2>${asking.say(question.title)}</h2>
      ${helpOf(asking)}
    </section>`;
  }
  const title = html`${asking.say(question.title)}${
    question.required === true && html` <abbr class="must" title="${asking.words.required}">*</abbr>`
  }`;
  const body = html`${helpOf(asking)}${problemsOf(asking)}${fieldOf(asking, question)}`;
  // One field has a label; several are a group that is named.
  if (isSingle(question)) {
    return html`<div class="q" id="${asking.id('at')}">
      <label class="title" for="${asking.id()}">${title}</label>${body}
    </div>`;
  }
  return html`<fieldset
    ${attributes({ class: 'q', id: asking.id('at'), 'aria-describedby': asking.describedBy(), tabindex: -1 })}
  >
    <legend class="title">${title}</legend>
    ${body}
  </fieldset>`;
}

function isSingle({ kind }: Question): boolean {
  return ['dropdown', 'slider', 'shortText', 'longText', 'email', 'phone', 'number', 'date', 'file'].includes(kind);
}

function helpOf(asking: Asking): Html | false {
  const { help } = asking.shown.question;
  return help !== undefined && html`<p class="help" id="${asking.id('help')}">${asking.say(help)}</p>`;
}

function problemsOf(asking: Asking): Html | false {
  const { problems } = asking;
  return (
    problems.length > 0 &&
    html`<ul class="problem" id="${asking.id('problem')}">
      ${problems.map((problem) => html`<li>${problemWords(asking, problem)}</li>`)}
    </ul>`
  );
}

function fieldOf(asking: Asking, question: Exclude<Question, { kind: 'statement' }>): Html {
  switch (question.kind) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'rating':
      return scaleField(asking, question);
    case 'slider':
      return sliderField(asking, question);
    case 'single':
      return choiceField(asking, question, false);
    case 'multiple':
      return choiceField(asking, question, true);
    case 'picture':
      return choiceField(asking, question, question.multiple === true);
    case 'dropdown':
      return dropdownField(asking);
    case 'matrix':
      return matrixField(asking, question);
    case 'ranking':
      return rankingField(asking, question);
    case 'constantSum':
      return sumField(asking, question);
    case 'maxdiff':
      return maxDiffField(asking, question);
    case 'consent':
      return consentField(asking, question);
    case 'file':
      return fileField(asking, question);
    case 'shortText':
    case 'longText':
    case 'email':
    case 'phone':
    case 'number':
    case 'date':
      return typedField(asking, question);
  }
}
