import { type Answer, type Answers, NOT_APPLICABLE } from '../answers.ts';
import { isList, wordsOf } from '../fields.ts';
import type { AnswerColumn, Take } from './columns.ts';

/** A response that has ended, as its columns are read. */
export interface ReadResponse {
  readonly version: number;
  /** To what was shown in the end, and nothing else. */
  readonly answers: Answers;
  /** Items of constant sums and MaxDiffs that were shown, as `q.item`, in a round of a loop `q@round.item`. */
  readonly offered: ReadonlySet<string>;
  readonly hidden: Readonly<Record<string, unknown>>;
  /** Those that there are, by id. */
  readonly scores: ReadonlyMap<string, number>;
  /** Ids of those it counts for. */
  readonly quotas: readonly string[];
}

/**
 * What of a response stands in a column: a number, a text, the id of what was chosen; `none` of a scale that does not
 * apply; null where there is nothing.
 */
export function cellOf({ source, personal }: AnswerColumn, response: ReadResponse): number | string | null {
  switch (source.from) {
    case 'hidden': {
      const value = Object.hasOwn(response.hidden, source.id) ? response.hidden[source.id] : undefined;
      return typeof value === 'string' && value !== '' ? value : null;
    }
    case 'score':
      return response.scores.get(source.id) ?? null;
    case 'quota':
      return response.quotas.includes(source.id) ? 1 : 0;
    case 'answer': {
      const { take } = source;
      if (source.versions?.includes(response.version) === false) return null;
      // Of what says who somebody is, the items are not told.
      const weighed = (take.as === 'part' || take.as === 'balance') && !personal;
      if (weighed && !response.offered.has(`${source.key}.${take.choice}`)) return null;
      const answer = Object.hasOwn(response.answers, source.key) ? response.answers[source.key] : undefined;
      return answer === undefined ? null : taken(answer, take);
    }
  }
}

function taken(answer: Answer, take: Take): number | string | null {
  switch (take.as) {
    case 'scale':
      return typeof answer === 'number' || answer === NOT_APPLICABLE ? answer : null;
    case 'notApplicable':
      return answer === NOT_APPLICABLE ? 1 : 0;
    case 'code':
      return chosen(answer, take.row)[0] ?? null;
    case 'flag': {
      const all = chosen(answer, take.row);
      return all.length === 0 ? null : Number(all.includes(take.choice));
    }
    case 'words': {
      const words = wordsOf(answer);
      const typed = Object.hasOwn(words, take.choice) ? words[take.choice] : undefined;
      return typed === undefined || typed === '' ? null : typed;
    }
    case 'rank':
      return isList(answer) ? answer.findIndex((id) => id === take.choice) + 1 || null : null;
    case 'part':
      return Number(part(answer, take.choice) ?? 0);
    case 'balance':
      return typeof answer !== 'object'
        ? null
        : Object.values(answer).reduce((sum: number, pair: unknown) => sum + sideOf(pair, take.choice), 0);
    case 'text':
    case 'day':
      return typeof answer === 'string' && answer !== '' ? answer : null;
    case 'number':
      return typeof answer === 'number' ? answer : null;
    case 'files':
      return isList(answer) ? answer.map((file) => (typeof file === 'object' ? file.name : '')).join('\n') : null;
    case 'consent':
      return Number(answer);
  }
}

/** Ids of what was chosen, of a matrix in one row. */
function chosen(answer: Answer, row: string | undefined): readonly string[] {
  const list = part(answer, row ?? 'chosen');
  return Array.isArray(list) ? list.filter((id) => typeof id === 'string') : [];
}

function part(answer: Answer, name: string): unknown {
  return typeof answer === 'object' && Object.hasOwn(answer, name) ? Reflect.get(answer, name) : undefined;
}

function sideOf(pair: unknown, id: string): number {
  return Array.isArray(pair) ? Number(pair[0] === id) - Number(pair[1] === id) : 0;
}
