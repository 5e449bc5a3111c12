import type { ConstantSumQuestion, MatrixQuestion, MaxDiffQuestion, RankingQuestion } from '@touchstone/domain/survey';
import type { Asking } from '../asking.ts';
import { attributes, html, type Html } from '../html.ts';

/** A table of rows and columns; on a narrow page each row stands by itself. */
export function matrixField(asking: Asking, question: MatrixQuestion): Html {
  const { rows, choices } = asking.shown;
  return html`<table class="matrix">
    <thead>
      <tr>
        <td></td>
        ${choices.map((column) => html`<th scope="col">${asking.say(column.text)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => {
        const taken = takenOf(asking, row.id);
        return html`<tr>
          <th scope="row">${asking.say(row.text)}</th>
          ${choices.map(
            (column) =>
              html`<td>
                <label
                  ><input
                    ${attributes({
                      type: question.multiple === true ? 'checkbox' : 'radio',
                      name: asking.name(row.id),
                      value: column.id,
                      checked: taken.includes(column.id),
                      'aria-label': `${asking.say(row.text)}: ${asking.say(column.text)}`,
                    })}
                  /><span aria-hidden="true">${asking.say(column.text)}</span></label
                >
              </td>`,
          )}
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** A place for each; with a script they are moved up and down instead. */
export function rankingField(asking: Asking, { most }: RankingQuestion): Html {
  const { choices } = asking.shown;
  const { given } = asking;
  const placed = Array.isArray(given) ? given : [];
  const placeOf = (id: string): number =>
    typeof given === 'object' && !Array.isArray(given)
      ? Number(Object.entries(given).find(([of]) => of === id)?.[1])
      : placed.indexOf(id) + 1;
  const places = Array.from({ length: Math.min(most ?? choices.length, choices.length) }, (_, i) => i + 1);
  return html`<ol class="ranking" data-ranking="${places.length}">
    ${choices.map((choice) => {
      const place = placeOf(choice.id);
      const text = asking.say(choice.text);
      return html`<li
        ${attributes({ 'data-up': asking.word('rank.up', { choice: text }), 'data-down': asking.word('rank.down', { choice: text }) })}
      >
        <select ${attributes({ name: asking.name(choice.id), 'aria-label': `${asking.words.rank}: ${text}` })}>
          <option value="">${asking.words['rank.none']}</option>
          ${places.map((n) => html`<option ${attributes({ value: n, selected: n === place })}>${asking.number(n)}</option>`)}</select
        ><span>${text}</span>
      </li>`;
    })}
  </ol>`;
}

export function sumField(asking: Asking, { total, unit }: ConstantSumQuestion): Html {
  const given = typeof asking.given === 'object' && !Array.isArray(asking.given) ? asking.given : {};
  const valueOf = (id: string): string =>
    Object.hasOwn(given, id) ? String(Object.entries(given).find(([k]) => k === id)?.[1]) : '';
  return html`<p class="hint">${asking.word('sum', { total })}</p>
    <div class="sum" data-total="${total}">
      ${asking.shown.choices.map(
        (choice) =>
          html`<label
            ><span>${asking.say(choice.text)}</span
            ><input
              ${attributes({ type: 'number', inputmode: 'numeric', min: 0, max: total, step: 1, name: asking.name(choice.id), value: valueOf(choice.id) })}
            /><span>${asking.say(unit)}</span></label
          >`,
      )}
    </div>
    <p class="hint" role="status" data-sum="${asking.words['sum.now']}"></p>`;
}

export function maxDiffField(asking: Asking, { best, worst }: MaxDiffQuestion): Html {
  const { sets, choices } = asking.shown;
  const heads = [
    best === undefined ? asking.words.best : asking.say(best),
    worst === undefined ? asking.words.worst : asking.say(worst),
  ];
  const textOf = (id: string): string => asking.say(choices.find((choice) => choice.id === id)?.text);
  return html`${sets.map((set, number) => {
    const taken = takenOf(asking, String(number));
    return html`<table class="maxdiff">
      <caption>
        ${asking.word('set', { number: number + 1, most: sets.length })}
      </caption>
      <thead>
        <tr>
          <th scope="col">${heads[0]}</th>
          <td></td>
          <th scope="col">${heads[1]}</th>
        </tr>
      </thead>
      <tbody>
        ${set.map(
          (id) =>
            html`<tr>
              ${[0, 1].map((side) => {
                const cell = html`<td>
                  <label
                    ><input
                      ${attributes({
                        type: 'radio',
                        name: asking.name(number, side),
                        value: id,
                        checked: taken[side] === id,
                        'aria-label': `${heads[side] ?? ''}: ${textOf(id)}`,
                      })} /><span aria-hidden="true"></span
                  ></label>
                </td>`;
                return side === 0
                  ? html`${cell}
                      <th scope="row">${textOf(id)}</th>`
                  : cell;
              })}
            </tr>`,
        )}
      </tbody>
    </table>`;
  })}`;
}

function takenOf({ given }: Asking, part: string): readonly string[] {
  if (typeof given !== 'object' || Array.isArray(given) || !Object.hasOwn(given, part)) return [];
  const found: unknown = Object.entries(given).find(([key]) => key === part)?.[1];
  return Array.isArray(found) ? found.filter((id): id is string => typeof id === 'string') : [];
}
