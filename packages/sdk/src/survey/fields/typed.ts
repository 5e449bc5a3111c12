import type { ConsentQuestion, FileQuestion, Question } from '@touchstone/domain/survey';
import type { Asking } from '../asking.ts';
import { area, attributes, html, type Html } from '../html.ts';

type Typed = Extract<Question, { kind: 'shortText' | 'longText' | 'email' | 'phone' | 'number' | 'date' }>;

/** What is typed: words, an address, a number, a day. */
export function typedField(asking: Asking, question: Typed): Html {
  const { given } = asking;
  const common = {
    id: asking.id(),
    name: asking.name(),
    'aria-describedby': asking.describedBy(),
    'aria-invalid': asking.problems.length > 0,
    'aria-required': question.required,
    placeholder: 'placeholder' in question ? asking.say(question.placeholder) || undefined : undefined,
  };
  const value = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
  switch (question.kind) {
    case 'longText':
      return area({ ...common, rows: 5, maxlength: question.maxLength }, value);
    case 'shortText':
      return html`<input ${attributes({ ...common, type: 'text', value, maxlength: question.maxLength })} />`;
    case 'email':
      return html`<input ${attributes({ ...common, type: 'email', value, autocomplete: 'email', dir: 'ltr' })} />`;
    case 'phone':
      return html`<input ${attributes({ ...common, type: 'tel', value, autocomplete: 'tel', dir: 'ltr' })} />`;
    case 'date':
      return html`<input
        ${attributes({ ...common, type: 'date', value, min: dayOf(question.min), max: dayOf(question.max) })}
      />`;
    case 'number':
      return html`<div class="number">
        <input
          ${attributes({
            ...common,
            type: 'text',
            inputmode: question.decimals === undefined ? 'numeric' : 'decimal',
            value,
            dir: 'ltr',
          })}
        /><span>${asking.say(question.unit)}</span>
      </div>`;
  }
}

export function consentField(asking: Asking, { label, link }: ConsentQuestion): Html {
  return html`<label class="choice"
      ><input
        ${attributes({ type: 'checkbox', name: asking.name(), value: 'yes', checked: asking.given === true })}
      /><span>${asking.say(label)}</span></label
    ><input type="hidden" name="${asking.name('asked')}" value="1" />${
      link !== undefined &&
      html`<p><a href="${link}" target="_blank" rel="noopener noreferrer">${asking.words['consent.more']}</a></p>`
    }`;
}

export function fileField(asking: Asking, { accept, most = 1 }: FileQuestion): Html {
  // What was refused has no id, and is told of beside the field.
  const files = Array.isArray(asking.given)
    ? asking.given.filter((file) => typeof file === 'object' && file.id !== '')
    : [];
  return html`${files.map(
      (file) =>
        html`<label class="choice"
          ><input ${attributes({ type: 'checkbox', name: asking.name('keep'), value: file.id, checked: true })} /><span
            >${asking.word('file.there', { name: file.name })}</span
          ></label
        >`,
    )}<input
      ${attributes({
        type: 'file',
        id: asking.id(),
        name: asking.name(),
        accept: accept?.join(','),
        multiple: most > 1,
        'aria-describedby': asking.describedBy(),
        'aria-invalid': asking.problems.length > 0,
      })}
    />`;
}

/** `today` is another day for every reader: the server looks, the field does not. */
function dayOf(day: string | undefined): string | undefined {
  return day === 'today' ? undefined : day;
}
