import { type Answer, type Answers, NOT_APPLICABLE, type ShownQuestion, type Step } from '@touchstone/domain/survey';

/** What a form brought: all values of a name, in their order. Files have been put away by then. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** A file that was put away, by the name of its field. */
export interface Kept {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly type: string;
}

/**
 * The answers of a page's questions, as they were typed: whether they are good is for the survey to say. A question that
 * was left open is not among them.
 */
export function readStep(step: Step, fields: Fields, files: ReadonlyMap<string, readonly Kept[]> = new Map()): Answers {
  const answers: Record<string, Answer> = {};
  for (const shown of step.questions) {
    const answer = readQuestion(shown, fields, files);
    if (answer !== undefined) answers[shown.key] = answer;
  }
  return answers;
}

function readQuestion(
  shown: ShownQuestion,
  fields: Fields,
  files: ReadonlyMap<string, readonly Kept[]>,
): Answer | undefined {
  const { question, key, choices, rows, sets } = shown;
  // Of ids no more than are offered, and one that is none so that it is told of; none of them is longer than an id is.
  const all = (...part: readonly (string | number)[]): readonly string[] =>
    (fields.get(['q', key, ...part].join('.')) ?? [])
      .filter((value) => value !== '')
      .slice(0, choices.length + 1)
      .map((value) => cut(value, LONGEST.id));
  const [whole] = fields.get(`q.${key}`) ?? [];
  const first =
    whole === '' || whole === undefined
      ? undefined
      : cut(whole, question.kind === 'longText' ? LONGEST.long : LONGEST.short);
  switch (question.kind) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'rating':
      return first === undefined ? undefined : first === NOT_APPLICABLE ? NOT_APPLICABLE : numberOf(first);
    case 'slider':
      if (all('none').length > 0) return NOT_APPLICABLE;
      return first === undefined ? undefined : numberOf(first);
    case 'number':
      return first === undefined ? undefined : numberOf(first);
    case 'single':
    case 'dropdown':
    case 'multiple':
    case 'picture': {
      const chosen = all();
      const words: Record<string, string> = {};
      for (const choice of choices) {
        if (choice.words !== true || !chosen.includes(choice.id)) continue;
        const [said] = fields.get(`q.${key}.words.${choice.id}`) ?? [];
        if (said !== undefined && said !== '') words[choice.id] = cut(said, LONGEST.short);
      }
      if (chosen.length === 0) return undefined;
      return Object.keys(words).length === 0 ? { chosen } : { chosen, words };
    }
    case 'ranking': {
      const placed = choices.flatMap(({ id }) => all(id).map((place) => ({ id, place: Number(place) })));
      if (placed.length === 0) return undefined;
      const inOrder = placed.toSorted((a, b) => a.place - b.place);
      // Two with one place, or a place left out: what was meant is not for us to guess.
      if (inOrder.some(({ place }, i) => place !== i + 1)) {
        return Object.fromEntries(placed.map(({ id, place }) => [id, Number.isFinite(place) ? place : 0]));
      }
      return inOrder.map(({ id }) => id);
    }
    case 'constantSum':
      return record(choices.flatMap(({ id }) => all(id).map((value) => [id, numberOf(value)] as const)));
    case 'matrix':
      return record(rows.flatMap(({ id }) => (all(id).length === 0 ? [] : [[id, all(id)] as const])));
    case 'maxdiff':
      return record(
        sets.flatMap((_set, number) => {
          const taken = [all(number, 0)[0] ?? '', all(number, 1)[0] ?? ''];
          return taken.every((id) => id === '') ? [] : [[String(number), taken] as const];
        }),
      );
    case 'consent':
      return all('asked').length === 0 ? undefined : first !== undefined;
    case 'file': {
      const before = Array.isArray(shown.answer) ? shown.answer.filter((file) => typeof file === 'object') : [];
      const keeping = fields.get(`q.${key}.keep`) ?? [];
      const kept = before.filter((file) => keeping.includes(file.id));
      const together = [...kept, ...(files.get(`q.${key}`) ?? [])];
      return together.length === 0 ? undefined : together;
    }
    case 'statement':
      return undefined;
    case 'shortText':
    case 'longText':
    case 'email':
    case 'phone':
    case 'date':
      return first;
  }
}

/**
 * What is kept of what was typed, in characters: twice what any question takes, so that whoever wrote too much finds it
 * again, and nobody fills the store with what no person writes.
 */
const LONGEST = { id: 64, short: 1_000, long: 20_000 } as const;

function cut(text: string, most: number): string {
  return text.length <= most ? text : [...text.slice(0, most * 2)].slice(0, most).join('');
}

const PERSIAN = '۰۱۲۳۴۵۶۷۸۹';
const ARABIC = '٠١٢٣٤٥٦٧٨٩';

/** A number as people write it: with a comma or a point, in the digits of their script. What is none stays as it was typed. */
function numberOf(typed: string): Answer {
  const plain = typed
    .trim()
    .replace(/[۰-۹]/g, (digit) => String(PERSIAN.indexOf(digit)))
    .replace(/[٠-٩]/g, (digit) => String(ARABIC.indexOf(digit)))
    .replace(/^−/, '-');
  // A thousand to some, a little more than one to others: it is asked again rather than guessed.
  if (/^-?[1-9]\d{0,2}(,\d{3})+$/.test(plain)) return typed;
  const point = plain.replace(/[٫,]/, '.');
  return /^-?\d+(\.\d*)?$/.test(point) ? Number(point) : typed;
}

/** Numbers, or lists of ids, by part. What was typed and is no number stays text, which the survey tells of. */
function record(entries: readonly (readonly [string, Answer | readonly string[]])[]): Answer | undefined {
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Answer);
}
