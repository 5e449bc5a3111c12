import {
  type Answer,
  isPersonal,
  type Question,
  type ShownQuestion,
  valueOf,
  type Walk,
} from '@touchstone/domain/survey';

/**
 * A response as results count it, so that one pass over a column tells all of a survey. `q` is the key of a question, in a
 * round of a loop `q@item`:
 * - `q?` it was shown and left open; `q!` it was answered, where that does not follow from what else stands there
 * - `q=9` a point on a scale, `none`: it does not apply; `q=id` what was chosen; `q=yes`, `q=no` of a consent
 * - `q=2026-01` the month of a date
 * - `q.row=column` of a matrix, `q.row!` where a row may have several; `q.item=2` the rank of an item, from 1
 * - `q.item=1/3` of a MaxDiff: how often best less how often worst, of how many times it was seen
 * Numbers stand by `q`, parts of a constant sum by `q.item`; texts by `q`. Of an answer that says who somebody is there is
 * no more than that it was given.
 */
export interface Marked {
  readonly marks: readonly string[];
  readonly numbers: readonly (readonly [name: string, value: number])[];
  readonly texts: readonly (readonly [name: string, text: string])[];
}

export function markedOf(found: Walk): Marked {
  const marks: string[] = [];
  const numbers: [string, number][] = [];
  const texts: [string, string][] = [];
  for (const shown of found.shown.values()) {
    const { key, question, answer } = shown;
    if (question.kind === 'statement') continue;
    if (answer === undefined) {
      marks.push(`${key}?`);
      continue;
    }
    if (isPersonal(question)) {
      marks.push(`${key}!`);
      continue;
    }
    if (!saysItself(question)) marks.push(`${key}!`);
    marks.push(...valuesOf(shown, answer).map((value) => key + value));
    numbers.push(...numbersOf(shown, answer).map(([part, value]) => [key + part, value] as [string, number]));
    texts.push(...textsOf(answer, question).map((text) => [key, text] as [string, string]));
  }
  return { marks, numbers, texts };
}

/** Whether an answer to it leaves exactly one mark of its own. */
export function saysItself({ kind, ...question }: Question): boolean {
  if (kind === 'picture') return !('multiple' in question && question.multiple === true);
  return ['nps', 'csat', 'ces', 'rating', 'single', 'dropdown', 'consent'].includes(kind);
}

function valuesOf({ question, rows, choices, sets }: ShownQuestion, answer: Answer): string[] {
  const value = valueOf(question, answer);
  switch (question.kind) {
    case 'matrix':
      return rows.flatMap((row) => {
        const columns = valueOf(question, answer, row.id);
        if (!Array.isArray(columns) || columns.length === 0) return [];
        const chosen = columns.map((column) => `.${row.id}=${String(column)}`);
        return question.multiple === true ? [`.${row.id}!`, ...chosen] : chosen;
      });
    case 'ranking':
      return Array.isArray(value) ? value.map((id, i) => `.${String(id)}=${i + 1}`) : [];
    case 'maxdiff':
      return choices.flatMap(({ id }) => {
        const seen = sets.filter((set) => set.includes(id)).length;
        return seen === 0 ? [] : [`.${id}=${Number(valueOf(question, answer, id) ?? 0)}/${seen}`];
      });
    case 'consent':
      return [value === true ? '=yes' : '=no'];
    case 'date':
      return [`=${String(value).slice(0, 7)}`];
    case 'single':
    case 'dropdown':
    case 'multiple':
    case 'picture':
      return Array.isArray(value) ? value.map((id) => `=${String(id)}`) : [];
    case 'slider':
      return typeof value === 'string' ? [`=${value}`] : [];
    case 'nps':
    case 'csat':
    case 'ces':
    case 'rating':
      return [`=${String(value)}`];
    case 'constantSum':
    case 'shortText':
    case 'longText':
    case 'email':
    case 'phone':
    case 'number':
    case 'file':
    case 'statement':
      return [];
  }
}

function numbersOf({ question, choices }: ShownQuestion, answer: Answer): [string, number][] {
  if (question.kind === 'slider' || question.kind === 'number') return typeof answer === 'number' ? [['', answer]] : [];
  if (question.kind !== 'constantSum') return [];
  return choices.map(({ id }) => [`.${id}`, Number(valueOf(question, answer, id) ?? 0)]);
}

/** What was typed, and the words that were typed beside choices. */
function textsOf(answer: Answer, { kind }: Question): string[] {
  if (kind === 'shortText' || kind === 'longText') return typeof answer === 'string' ? [answer] : [];
  if (typeof answer !== 'object' || !('words' in answer)) return [];
  const { words } = answer;
  if (typeof words !== 'object' || words === null || Array.isArray(words)) return [];
  return Object.values(words).filter((text): text is string => typeof text === 'string' && text !== '');
}
