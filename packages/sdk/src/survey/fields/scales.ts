import { NOT_APPLICABLE, type ScaleQuestion, scaleOf } from '@touchstone/domain/survey';
import type { Asking } from '../asking.ts';
import { attributes, html, type Html } from '../html.ts';

/** A row of numbers, stars or faces, of which one is taken; with words at both ends. */
export function scaleField(asking: Asking, question: Exclude<ScaleQuestion, { kind: 'slider' }>): Html {
  const { from, to } = scaleOf(question) ?? { from: 0, to: 0 };
  const look = 'look' in question ? (question.look ?? 'numbers') : 'numbers';
  const values = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const [low, high] = endsOf(asking, question);
  return html`<div class="scale ${look}">
      ${values.map((value, i) => {
        const end = i === 0 ? low : i === values.length - 1 ? high : '';
        const said = `${asking.word('ofScale', { value, most: to })}${end === '' ? '' : `: ${end}`}`;
        return html`<label
          ><input
            ${attributes({ type: 'radio', name: asking.name(), value, checked: asking.given === value, 'aria-label': said })}
          /><span aria-hidden="true">${pointOf(asking, look, value, i, values.length)}</span></label
        >`;
      })}
    </div>
    <p class="ends" aria-hidden="true"><span>${low}</span><span>${high}</span></p>
    ${notApplicable(asking, question)}`;
}

/** A number that can be typed; with a script it slides as well. */
export function sliderField(asking: Asking, question: Extract<ScaleQuestion, { kind: 'slider' }>): Html {
  const [low, high] = [asking.say(question.low), asking.say(question.high)];
  return html`<div class="slider">
      <input
        ${attributes({
          type: 'number',
          inputmode: 'decimal',
          id: asking.id(),
          name: asking.name(),
          min: question.from,
          max: question.to,
          step: question.step ?? 1,
          value: typeof asking.given === 'number' ? asking.given : '',
          'aria-describedby': asking.describedBy(),
          'aria-invalid': asking.problems.length > 0,
          'data-slider': true,
        })}
      /><span>${asking.say(question.unit)}</span>
    </div>
    <p class="ends">
      <span>${low === '' ? asking.number(question.from) : low}</span
      ><span>${high === '' ? asking.number(question.to) : high}</span>
    </p>
    ${notApplicable(asking, question)}`;
}

function endsOf(asking: Asking, { kind, low, high }: ScaleQuestion): readonly [string, string] {
  const usual = kind === 'nps' || kind === 'csat' || kind === 'ces';
  return [
    low === undefined && usual ? asking.words[`${kind}.low`] : asking.say(low),
    high === undefined && usual ? asking.words[`${kind}.high`] : asking.say(high),
  ];
}

function pointOf(asking: Asking, look: string, value: number, at: number, of: number): Html | string {
  if (look === 'stars') return '★';
  if (look === 'numbers') return asking.number(value);
  // The mouth goes from a frown to a smile: the curve's middle rises as the answer does.
  const bend = 28 + Math.round((at / Math.max(1, of - 1)) * 12);
  return html`<svg viewBox="0 0 48 48" width="40" height="40">
    <circle cx="24" cy="24" r="20" />
    <path d="M16 20v.1M32 20v.1" />
    <path d="M15 ${68 - bend - 8}Q24 ${bend} 33 ${68 - bend - 8}" />
  </svg>`;
}

function notApplicable(asking: Asking, { none }: ScaleQuestion): Html | undefined {
  if (none === undefined) return undefined;
  const kind = asking.shown.question.kind === 'slider' ? 'checkbox' : 'radio';
  const name = kind === 'radio' ? asking.name() : asking.name('none');
  return html`<label class="choice none"
    ><input ${attributes({ type: kind, name, value: NOT_APPLICABLE, checked: asking.given === NOT_APPLICABLE })} /><span
      >${asking.say(none)}</span
    ></label
  >`;
}
