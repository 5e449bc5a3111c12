import type { Choice, ChoosingQuestion } from '@touchstone/domain/survey';
import type { Asking } from '../asking.ts';
import { attributes, html, type Html } from '../html.ts';

/** Choices below one another, of which one or several are taken. */
export function choiceField(asking: Asking, question: ChoosingQuestion, several: boolean): Html {
  const { choices } = asking.shown;
  const chosen = chosenOf(asking);
  const one = (choice: Choice): Html =>
    html`<div class="option">
      <label class="choice${choice.picture === undefined ? '' : ' pictured'}"
        ><input
          ${attributes({
            type: several ? 'checkbox' : 'radio',
            name: asking.name(),
            value: choice.id,
            checked: chosen.includes(choice.id),
            'data-alone': several && choice.exclusive,
          })}
        />${pictureOf(choice)}<span>${asking.say(choice.text)}</span></label
      >${choice.words === true && wordsField(asking, choice)}
    </div>`;
  const groups = question.groups ?? [];
  const free = choices.filter((choice) => !groups.some((group) => group.id === choice.group));
  return html`<div class="${question.kind === 'picture' ? 'pictures' : 'options'}">
    ${groups.map((group) => {
      const own = choices.filter((choice) => choice.group === group.id);
      return (
        own.length > 0 &&
        html`<div role="group" aria-labelledby="${asking.id('group', group.id)}">
          <p class="group" id="${asking.id('group', group.id)}">${asking.say(group.text)}</p>
          ${own.map(one)}
        </div>`
      );
    })}${free.map(one)}
  </div>`;
}

export function dropdownField(asking: Asking): Html {
  const { choices, question } = asking.shown;
  const [chosen] = chosenOf(asking);
  const groups = question.kind === 'dropdown' ? (question.groups ?? []) : [];
  const option = (choice: Choice): Html =>
    html`<option ${attributes({ value: choice.id, selected: choice.id === chosen })}>
      ${asking.say(choice.text)}
    </option>`;
  return html`<select
      ${attributes({
        id: asking.id(),
        name: asking.name(),
        'aria-describedby': asking.describedBy(),
        'aria-invalid': asking.problems.length > 0,
      })}
    >
      <option value="">${asking.words.choose}</option>
      ${groups.map(
        (group) =>
          html`<optgroup label="${asking.say(group.text)}">
            ${choices.filter((choice) => choice.group === group.id).map(option)}
          </optgroup>`,
      )}${choices.filter((choice) => !groups.some((group) => group.id === choice.group)).map(option)}
    </select>
    ${choices.filter((choice) => choice.words === true).map((choice) => wordsField(asking, choice))}`;
}

export function chosenOf({ given }: Asking): readonly string[] {
  return typeof given === 'object' && 'chosen' in given && Array.isArray(given.chosen) ? given.chosen : [];
}

function wordsField(asking: Asking, choice: Choice): Html {
  const words = wordsGiven(asking);
  return html`<input
    ${attributes({
      type: 'text',
      class: 'own',
      name: asking.name('words', choice.id),
      value: words.get(choice.id) ?? '',
      maxlength: 1_000,
      'aria-label': asking.word('words', { choice: asking.say(choice.text) }),
    })}
  />`;
}

function wordsGiven({ given }: Asking): ReadonlyMap<string, string> {
  const words: unknown = typeof given === 'object' && 'words' in given ? given.words : undefined;
  return new Map(typeof words === 'object' && words !== null ? Object.entries(words) : []);
}

function pictureOf({ picture }: Choice): Html | false {
  return picture !== undefined && html`<img src="${picture}" alt="" loading="lazy" />`;
}
