import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { isPersonal } from '@touchstone/domain/survey';
import { z } from 'zod';
import { searchPattern } from '../../core/feedback/facade.ts';
import type { House } from '../../platform/house/house.ts';
import { readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import type { Asked } from './asking.ts';
import { selectTexts } from './facts/listing.ts';
import type { Typed } from './shapes.ts';

const cursorShape = z.tuple([z.string().max(40), z.string().max(60)]);
const MOST_WORDS = 12;

export interface TextsAsked {
  readonly question: string;
  readonly search: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What was typed, page by page. Throws Problem for a question that is none of this survey's, or says who somebody is. */
export async function textsOf(
  { facts }: Pick<House, 'facts'>,
  { documents, condition }: Asked,
  { question, search, cursor, limit }: TextsAsked,
  names: boolean,
): Promise<{ readonly items: Typed[]; readonly nextCursor: string | null }> {
  const [id = '', round] = question.split('@');
  const found = documents.find(id);
  if (found === undefined || isPersonal(found.question))
    throw badInput('question', question, 'Nothing that was typed is told of this.', 'Name a question of the survey.');
  const [at, last] = cursor === undefined ? [] : readCursor(cursorShape, cursor);
  const words = search.split(/\s+/u).filter((word) => word !== '');
  const rows = await selectTexts(facts, condition, {
    key: question,
    looped: found.looped && round === undefined,
    patterns: words.slice(0, MOST_WORDS).map(searchPattern),
    before: at === undefined || last === undefined ? undefined : { at, id: last },
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const end = shown.at(-1);
  return {
    items: shown.map(({ text, ended_at, language, version, response_id }) => ({
      text,
      at: factsTimeToInstant(ended_at),
      language,
      version,
      responseId: names ? response_id : null,
    })),
    nextCursor: rows.length > limit && end !== undefined ? writeCursor([end.ended_at, end.response_id]) : null,
  };
}
