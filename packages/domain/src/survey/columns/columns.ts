import { answerKey } from '../answers.ts';
import { scaleOf } from '../check.ts';
import type { Localized, Question, ScaleQuestion, SurveyDocument } from '../document.ts';
import { isPersonal } from '../feedback.ts';
import { textIn } from '../prepare.ts';
import { type Family, type Merged, type Version, choicesOf, familiesOf, itemsOf, matrixColumns } from './families.ts';

/** What may be chosen: its id in answers, its number in statistical packages, what it is called. */
export interface Coded {
  readonly id: string;
  readonly code: number;
  readonly label: string;
}

/** What of an answer stands in a column. Each of them is empty where nothing was answered. */
export type Take =
  /** A point; empty where it does not apply. */
  | { readonly as: 'scale' }
  /** 1 where a scale does not apply, 0 where a point was given. */
  | { readonly as: 'notApplicable' }
  /** What was chosen, of a matrix in one row. */
  | { readonly as: 'code'; readonly row?: string; readonly codes: readonly Coded[] }
  /** 1 where this was chosen, 0 where something else was. */
  | { readonly as: 'flag'; readonly choice: string; readonly row?: string }
  /** What was typed beside a choice. */
  | { readonly as: 'words'; readonly choice: string }
  /** At what place it was put, from 1. */
  | { readonly as: 'rank'; readonly choice: string }
  /** What it was given of a constant sum; empty where it was not offered. */
  | { readonly as: 'part'; readonly choice: string }
  /** How often it was best less how often it was worst; empty where it was never seen. */
  | { readonly as: 'balance'; readonly choice: string }
  /** `files`: their names. */
  | { readonly as: 'text' | 'number' | 'day' | 'files' }
  /** 1 agreed, 0 not. */
  | { readonly as: 'consent' };

export type ColumnSource =
  /** `versions`: those that asked this, where others asked something else by the same id. */
  | { readonly from: 'answer'; readonly key: string; readonly versions?: readonly number[]; readonly take: Take }
  /** `quota`: 1 where it counts. */
  | { readonly from: 'hidden' | 'score' | 'quota'; readonly id: string };

/** A column of a table in which every response of a survey is a row. */
export interface AnswerColumn {
  /** `q1`, `q1_choice`, in a loop `q1_item_row`: not yet told apart from another of the same name. */
  readonly name: string;
  /** What was asked: `Question – row`. */
  readonly label: string;
  readonly source: ColumnSource;
  /** Says who somebody is. */
  readonly personal: boolean;
  readonly measure: 'nominal' | 'ordinal' | 'scale';
  readonly range?: { readonly from: number; readonly to: number };
  readonly decimals?: number;
  /** Names of points. */
  readonly values?: readonly { readonly value: number; readonly label: string }[];
  /** Stands for "does not apply" where one number has to tell all. */
  readonly missing?: number;
  /** What the columns of one list have in common, and what this one stands for; names may be alike, keys are not. */
  readonly set?: { readonly key: string; readonly name: string; readonly label: string; readonly member: string };
}

/**
 * The columns of a survey: its hidden fields, what was asked, scores and quotas, in the order and words of the newest
 * version; what only older ones had stands behind. A question that changed what it asks has columns of their own for the
 * versions before. They come one by one: a loop over many items makes more than anybody can use, and whoever asks stops.
 * @param versions the oldest first
 */
export function* columnsOf(versions: readonly Version[], language: string): Generator<AnswerColumn> {
  const documents = versions.map(({ document }) => document).toReversed();
  for (const { id, values } of each(documents, (document) => document.hidden)) {
    // Whatever comes along in one of no listed values may be somebody's name or number.
    const personal = values === undefined;
    yield { name: id, label: id, source: { from: 'hidden', id }, personal, measure: 'nominal' };
  }
  for (const family of familiesOf(versions)) yield* ofFamily(family, language);
  for (const { id, name, document } of each(documents, (one) => one.scores)) {
    const label = sayIn(document, language)(name);
    yield { name: id, label, source: { from: 'score', id }, personal: false, measure: 'scale' };
  }
  for (const { id, name } of each(documents, (document) => document.quotas))
    yield { name: id, label: name, source: { from: 'quota', id }, personal: false, measure: 'nominal', decimals: 0 };
}

/** Parts of all documents by their id, as the first has them that does. */
function each<T extends { readonly id: string }>(
  documents: readonly SurveyDocument[],
  partsOf: (document: SurveyDocument) => readonly T[] | undefined,
): (T & { readonly document: SurveyDocument })[] {
  const found = new Map<string, T & { readonly document: SurveyDocument }>();
  for (const document of documents)
    for (const part of partsOf(document) ?? []) if (!found.has(part.id)) found.set(part.id, { ...part, document });
  return [...found.values()];
}

/** A text as it stands in a heading: what is piped into it differs from one to the next. */
function sayIn(document: SurveyDocument, language: string): (text: Localized | undefined) => string {
  return (text) =>
    textIn(document, text, language)
      .replaceAll(/\{\{[^{}|]*(?:\|([^{}]*))?\}\}/g, (_, instead: string | undefined) => instead ?? '…')
      .replaceAll(/\s+/g, ' ')
      .trim();
}

type Described = Omit<AnswerColumn, 'name' | 'label' | 'source' | 'personal'>;

/** Its columns, in a loop those of each item. */
function* ofFamily(family: Family, language: string): Generator<AnswerColumn> {
  const { question, document, only, asked } = family;
  const say = sayIn(document, language);
  const looped = asked.some(({ loop }) => loop !== undefined);
  const personal = asked.some((one) => isPersonal(one.question));
  for (const item of looped ? itemsOf(family) : [undefined]) {
    const key = answerKey(question.id, item?.choice.id);
    const names = [family.name, ...(item === undefined ? [] : [item.choice.id])];
    const labels = [say(question.title), ...(item === undefined ? [] : [say(item.choice.text)])];
    yield* ofQuestion(family, say, {
      column: (take, described, part = [], of = []) => ({
        name: [...names, ...part].join('_'),
        label: [...labels, ...of].filter((text) => text !== '').join(' – '),
        source: { from: 'answer', key, ...(only === undefined ? {} : { versions: only }), take },
        personal,
        ...described,
      }),
      key,
      name: names.join('_'),
      label: labels.join(' – '),
    });
  }
}

interface Making {
  column(take: Take, described: Described, part?: readonly string[], of?: readonly string[]): AnswerColumn;
  /** Of the whole question. */
  readonly key: string;
  readonly name: string;
  readonly label: string;
}

const NUMBER: Described = { measure: 'scale' };
const TEXT: Described = { measure: 'nominal' };
const FLAG: Described = { measure: 'nominal', decimals: 0 };

/** The columns of one question, or of it in one round. */
function* ofQuestion(
  family: Family,
  say: (text: Localized | undefined) => string,
  make: Making,
): Generator<AnswerColumn> {
  const { question } = family;
  const { column } = make;
  switch (question.kind) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'rating':
    case 'slider':
      return yield* ofScale(family, say, make);
    case 'single':
    case 'dropdown':
    case 'multiple':
    case 'picture': {
      const choices = choicesOf(family);
      const several = question.kind === 'multiple' || (question.kind === 'picture' && question.multiple === true);
      if (several) yield* flags(make, choices, say);
      else yield column({ as: 'code', codes: coded(choices, say) }, { measure: levelOf(choices), decimals: 0 });
      for (const { choice } of choices)
        if (choice.words === true)
          yield column({ as: 'words', choice: choice.id }, TEXT, [choice.id, 'words'], [say(choice.text)]);
      return;
    }
    case 'matrix': {
      const cells = matrixColumns(family);
      for (const { choice: row } of choicesOf(family)) {
        if (question.multiple === true) yield* flags(make, cells, say, { id: row.id, label: say(row.text) });
        else yield column({ as: 'code', row: row.id, codes: coded(cells, say) }, { measure: levelOf(cells), decimals: 0 }, [row.id], [say(row.text)]); // prettier-ignore
      }
      return;
    }
    case 'ranking': {
      const choices = choicesOf(family);
      const range = { from: 1, to: choices.length };
      for (const { choice } of choices)
        yield column({ as: 'rank', choice: choice.id }, { measure: 'ordinal', range, decimals: 0 }, [choice.id], [say(choice.text)]); // prettier-ignore
      return;
    }
    case 'constantSum': {
      const range = { from: 0, to: question.total };
      for (const { choice } of choicesOf(family))
        yield column({ as: 'part', choice: choice.id }, { ...NUMBER, range, decimals: 0 }, [choice.id], [say(choice.text)]); // prettier-ignore
      return;
    }
    case 'maxdiff':
      for (const { choice } of choicesOf(family))
        yield column({ as: 'balance', choice: choice.id }, { ...NUMBER, decimals: 0 }, [choice.id], [say(choice.text)]);
      return;
    case 'number': {
      const { min: from, max: to, decimals = 0 } = question;
      const range = from === undefined || to === undefined ? {} : { range: { from, to } };
      return yield column({ as: 'number' }, { ...NUMBER, ...range, decimals });
    }
    case 'date':
      return yield column({ as: 'day' }, NUMBER);
    case 'file':
      return yield column({ as: 'files' }, TEXT);
    case 'consent':
      return yield column({ as: 'consent' }, FLAG);
    case 'shortText':
    case 'longText':
    case 'email':
    case 'phone':
      return yield column({ as: 'text' }, TEXT);
    case 'statement':
      return;
  }
}

function* ofScale(
  { question, asked }: Family,
  say: (text: Localized | undefined) => string,
  { column }: Making,
): Generator<AnswerColumn> {
  const { from = 0, to = 0, step = 1 } = scaleOf(question) ?? {};
  const ends = [
    { value: from, label: say(endOf(question, 'low')) },
    { value: to, label: say(endOf(question, 'high')) },
  ];
  const none = asked.map((one) => endOf(one.question, 'none')).findLast((one) => one !== undefined);
  const label = say(none);
  // A number that no point has: -9, or so many nines that it lies below.
  let missing = -9;
  while (missing >= from) missing = missing * 10 - 9;
  const values = [...ends, ...(none === undefined ? [] : [{ value: missing, label }])].filter(
    (one) => one.label !== '',
  );
  const digits = step % 1 === 0 ? 0 : (String(step).split('.')[1] ?? '').length;
  yield column(
    { as: 'scale' },
    {
      measure: question.kind === 'nps' || question.kind === 'slider' ? 'scale' : 'ordinal',
      range: { from, to },
      decimals: digits,
      values,
      ...(none === undefined ? {} : { missing }),
    },
  );
  if (none !== undefined) yield column({ as: 'notApplicable' }, FLAG, ['none'], [label]);
}

function isScale(question: Question): question is ScaleQuestion {
  return scaleOf(question) !== undefined;
}

function endOf(question: Question, which: 'low' | 'high' | 'none'): Localized | undefined {
  return isScale(question) ? question[which] : undefined;
}

function* flags(
  { column, key, name, label }: Making,
  choices: readonly Merged[],
  say: (text: Localized | undefined) => string,
  row?: { readonly id: string; readonly label: string },
): Generator<AnswerColumn> {
  const names = row === undefined ? [] : [row.id];
  const labels = row === undefined ? [] : [row.label];
  const set = {
    key: [key, ...names].join(' '),
    name: [name, ...names].join('_'),
    label: [label, ...labels].join(' – '),
  };
  for (const { choice } of choices) {
    const member = say(choice.text);
    const take = { as: 'flag', choice: choice.id, ...(row === undefined ? {} : { row: row.id }) } as const;
    yield column(take, { ...FLAG, set: { ...set, member } }, [...names, choice.id], [...labels, member]);
  }
}

/** Choices stand in an order where they have values of their own, and their numbers follow these. */
function levelOf(choices: readonly Merged[]): 'nominal' | 'ordinal' {
  const values = choices.toSorted((a, b) => a.code - b.code).map(({ choice }) => choice.value);
  return values.every((value, i) => value !== undefined && value >= (values[i - 1] ?? value)) ? 'ordinal' : 'nominal';
}

function coded(choices: readonly Merged[], say: (text: Localized | undefined) => string): Coded[] {
  return choices.map(({ choice, code }) => ({ id: choice.id, code, label: say(choice.text) }));
}
