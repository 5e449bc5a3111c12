import type { Scalar } from '@touchstone/domain/predicate';
import { type Choice, type Question, type SurveyDocument, scaleOf, textIn } from '@touchstone/domain/survey';
import type { FieldKind } from './condition.ts';

export interface KnownValue {
  readonly value: Scalar;
  readonly words: string;
}

/** Something a condition can ask of. */
export interface KnownField {
  /** As conditions name it: `q1`, `q1.row`, `count.q1`. */
  readonly field: string;
  readonly kind: FieldKind;
  /** What it is of its subject. */
  readonly part: 'whole' | 'row' | 'count' | 'index';
  /** Of a row. */
  readonly words: string;
  /** What it can be, where that is known. */
  readonly values: readonly KnownValue[];
  /** Of a number on a scale. */
  readonly from?: number;
  readonly to?: number;
}

/** A question with its rows, a hidden field, a score, the loop, or the traits of the person. */
export interface Subject {
  readonly key: string;
  readonly of: 'answer' | 'hidden' | 'score' | 'loop' | 'person';
  /** Its title or name. */
  readonly words: string;
  readonly fields: readonly KnownField[];
}

const MOST_LETTERS = 70;

/** Everything a condition at a place may ask of: what is answered before it, and what came along. */
export function subjectsAt(document: SurveyDocument, at: string, language: string): Subject[] {
  const standing = standingOf(document, at);
  const answers = document.pages.flatMap((page, p) =>
    page.questions.flatMap((question, q): Subject[] => {
      if (question.kind === 'statement' || !standing.knows(p, q)) return [];
      const fields = fieldsOfQuestion(document, question, language);
      return [{ key: question.id, of: 'answer', words: titleOf(document, question, language), fields }];
    }),
  );
  const hidden = (document.hidden ?? []).map(({ id, values }): Subject => {
    const known = (values ?? []).map((value) => ({ value, words: value }));
    return {
      key: `hidden.${id}`,
      of: 'hidden',
      words: id,
      fields: [whole(`hidden.${id}`, known.length === 0 ? 'text' : 'choice', known)],
    };
  });
  const scores = (document.scores ?? []).map(({ id, name }): Subject => ({
    key: `score.${id}`,
    of: 'score',
    words: shortened(textIn(document, name, language)) || id,
    fields: [whole(`score.${id}`, 'number')],
  }));
  return [
    ...answers,
    ...hidden,
    ...scores,
    ...loopSubject(document, standing.loop, language),
    { key: 'person', of: 'person', words: '', fields: [] },
  ];
}

/** Finds fields by their names among what is known; any trait is. */
export function fieldFinder(subjects: readonly Subject[]): (field: string) => KnownField | undefined {
  const known = new Map(subjects.flatMap(({ fields }) => fields).map((one) => [one.field, one]));
  return (field) => (/^person\../u.test(field) ? whole(field, 'trait') : known.get(field));
}

/** What the form begins with for a field: the first of its values, or one in the middle of its scale. */
export function firstValue({ kind, values, from, to }: KnownField): Scalar {
  const [known] = values;
  if (known !== undefined) return known.value;
  if (kind === 'number') return from === undefined || to === undefined ? 1 : Math.round((from + to) / 2);
  if (kind === 'yesNo') return true;
  return kind === 'date' ? '2026-01-01' : '…';
}

interface Standing {
  readonly knows: (page: number, question: number) => boolean;
  /** The loop whose rounds are gone through there. */
  readonly loop: string | undefined;
}

function standingOf(document: SurveyDocument, at: string): Standing {
  const [, page, , question] = /^pages\[(\d+)\](\.questions\[(\d+)\])?/u.exec(at) ?? [];
  const leaving = at.includes('.skips');
  if (page === undefined) {
    const loop = document.loops?.[Number(/^loops\[(\d+)\]/u.exec(at)?.[1] ?? -1)];
    const first = document.pages.findIndex((one) => loop !== undefined && one.loop === loop.id);
    return { knows: (p) => loop === undefined || first < 0 || p < first, loop: undefined };
  }
  const here = Number(page);
  const last = question === undefined ? (leaving ? Infinity : -1) : Number(question) - (leaving ? 0 : 1);
  return { knows: (p, q) => p < here || (p === here && q <= last), loop: document.pages[here]?.loop };
}

/** The item of a round and its number. */
export function loopSubject(document: SurveyDocument, id: string | undefined, language: string): Subject[] {
  const loop = document.loops?.find((one) => one.id === id);
  if (loop === undefined) return [];
  const items = 'items' in loop ? loop.items : choicesOf(document, loop.over.question);
  return [
    {
      key: 'loop',
      of: 'loop',
      words: '',
      fields: [
        whole('loop', 'choice', valuesOf(document, items, language)),
        { field: 'loop.index', kind: 'number', part: 'index', words: '', values: [] },
      ],
    },
  ];
}

function whole(field: string, kind: FieldKind, values: readonly KnownValue[] = []): KnownField {
  return { field, kind, part: 'whole', words: '', values };
}

function fieldsOfQuestion(document: SurveyDocument, question: Question, language: string): KnownField[] {
  const { id } = question;
  const scale = scaleOf(question);
  if (scale !== undefined) return [{ ...whole(id, 'number'), from: scale.from, to: scale.to }];
  const count: KnownField = { field: `count.${id}`, kind: 'number', part: 'count', words: '', values: [] };
  const rows = (choices: readonly Choice[], kind: FieldKind, values: readonly KnownValue[] = []): KnownField[] =>
    choices.map((row) => ({
      field: `${id}.${row.id}`,
      kind,
      part: 'row',
      words: shortened(textIn(document, row.text, language)) || row.id,
      values,
    }));
  switch (question.kind) {
    case 'single':
    case 'dropdown':
      return [whole(id, 'choice', valuesOf(document, choicesOf(document, id), language))];
    case 'multiple':
      return [whole(id, 'several', valuesOf(document, choicesOf(document, id), language)), count];
    case 'picture': {
      const values = valuesOf(document, choicesOf(document, id), language);
      return question.multiple === true ? [whole(id, 'several', values), count] : [whole(id, 'choice', values)];
    }
    case 'ranking':
    case 'constantSum':
    case 'maxdiff': {
      const choices = choicesOf(document, id);
      return [whole(id, 'several', valuesOf(document, choices, language)), ...rows(choices, 'number'), count];
    }
    case 'matrix': {
      const columns = valuesOf(document, question.columns, language);
      const kind = question.multiple === true ? 'several' : 'choice';
      return [whole(id, 'several', columns), ...rows(choicesOf(document, id), kind, columns), count];
    }
    case 'number':
      return [whole(id, 'number')];
    case 'date':
      return [whole(id, 'date')];
    case 'consent':
      return [whole(id, 'yesNo')];
    case 'file':
      return [whole(id, 'given'), count];
    case 'shortText':
    case 'longText':
    case 'email':
    case 'phone':
      return [whole(id, 'text')];
    case 'nps':
    case 'csat':
    case 'ces':
    case 'rating':
    case 'slider':
    case 'statement':
      return [];
  }
}

/** Choices or rows of a question, those carried forward among them. */
export function choicesOf(document: SurveyDocument, id: string, seen: readonly string[] = []): Choice[] {
  const question = document.pages.flatMap((page) => page.questions).find((one) => one.id === id);
  if (question === undefined || seen.includes(id)) return [];
  const own = question.kind === 'matrix' ? question.rows : 'choices' in question ? question.choices : [];
  const carried =
    'carried' in question && question.carried !== undefined
      ? choicesOf(document, question.carried.question, [...seen, id])
      : [];
  return [...carried, ...own.filter((choice) => carried.every((one) => one.id !== choice.id))];
}

function valuesOf(document: SurveyDocument, choices: readonly Choice[], language: string): KnownValue[] {
  return choices.map(({ id, text }) => ({ value: id, words: shortened(textIn(document, text, language)) || id }));
}

/** A question as it is named in a sentence: its title, else its id. */
export function titleOf(document: SurveyDocument, question: Question, language: string): string {
  return shortened(textIn(document, question.title, language)) || question.id;
}

/** Whole words as far as there is room; what is piped in is left open. */
export function shortened(text: string): string {
  const plain = text
    .replace(/\{\{[^{}]*\}\}/gu, '…')
    .replace(/\s+/gu, ' ')
    .trim();
  if ([...plain].length <= MOST_LETTERS) return plain;
  const cut = [...plain].slice(0, MOST_LETTERS).join('');
  return `${cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut} …`;
}
