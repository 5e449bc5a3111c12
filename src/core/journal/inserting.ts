import { insertEvents, isRefusal } from './facts.ts';
import type { DrainHouse } from './identities.ts';
import type { NewRejected } from './records/rejected.ts';
import { KEPT_CHARS } from './vocabulary.ts';

/** A line on its way into the facts store. */
export interface Line {
  readonly workspaceId: string;
  readonly eventId: string;
  readonly json: string;
}

/**
 * Inserts lines under their batch's token, but for those that are `there` already: a token is remembered for the next
 * ten thousand inserts only. Lines the store refuses are found by halving, each half under a token of its own that is the
 * same when this is done again; they come back as messages to be listed.
 */
export async function insertLines(
  house: DrainHouse,
  lines: readonly Line[],
  there: ReadonlySet<string>,
  token: string,
): Promise<NewRejected[]> {
  const missing = there.size === 0 ? lines : lines.filter((line) => !there.has(line.eventId));
  if (missing.length === 0) return [];
  try {
    await insertEvents(house.facts, missing, token);
    return [];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only] = lines;
    if (lines.length > 1 || only === undefined) {
      const half = Math.ceil(lines.length / 2);
      const first = await insertLines(house, lines.slice(0, half), there, `${token}a`);
      return [...first, ...(await insertLines(house, lines.slice(half), there, `${token}b`))];
    }
    house.log.error({ error }, 'the facts store refused an event');
    const reason = 'The facts store refused it; this is a defect of ours.';
    return [{ workspaceId: only.workspaceId, messageId: '', field: '', reason, body: only.json.slice(0, KEPT_CHARS) }];
  }
}
