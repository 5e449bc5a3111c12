import { z } from 'zod';
import { idLists } from '../../platform/stores/id-lists.ts';
import type { Facts } from '../../platform/stores/ports.ts';
import { COMPLETED_COLUMNS } from './lines.ts';
import type { SeenIds } from './seen.ts';
import { storedMoment } from './moment.ts';

const IDS_A_ROW = 100_000;

/** Appends completed lines to events; the same token counts once. */
export function insertEvents(facts: Facts, lines: readonly { readonly json: string }[], token: string): Promise<void> {
  return facts.insert('events', lines.map((line) => line.json).join('\n'), {
    token,
    columns: COMPLETED_COLUMNS,
    // Both cores are busy while much arrives: finding where each thread would begin is a tenth of the work.
    settings: { input_format_parallel_parsing: 0 },
  });
}

/** Whether the store refused what the lines say, rather than being away or too busy. */
export function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || !('type' in error) || typeof error.type !== 'string') return false;
  return /PARSE|INCORRECT_DATA|TYPE_MISMATCH|OUT_OF|ILLEGAL|INCOMPATIBLE|UNKNOWN_FIELD|INVALID/.test(error.type);
}

const idRow = z.object({ event_id: z.string(), journal_seq: z.coerce.number() });

/** Whether the store answers at all. */
export function isThere(facts: Facts): Promise<boolean> {
  return facts.ping().then(
    () => true,
    () => false,
  );
}

/** Which of these events came between two moments, and by which journal row each. */
export async function selectKnown(
  facts: Facts,
  ids: readonly string[],
  sinceMs: number,
  untilMs: number,
): Promise<z.infer<typeof idRow>[]> {
  const found: z.infer<typeof idRow>[] = [];
  for (const some of idLists(ids)) {
    const rows = await facts.query(
      idRow,
      `SELECT event_id, journal_seq FROM events
       WHERE event_id IN {ids:Array(UUID)} AND source = 'http'
         AND received_at BETWEEN {since:DateTime64(3, 'UTC')} AND {until:DateTime64(3, 'UTC')}`,
      { ids: some, since: storedMoment(sinceMs), until: storedMoment(untilMs) },
    );
    for (const row of rows) found.push(row);
  }
  return found;
}

const hashesRow = z.object({ newest: z.coerce.number(), hashes: z.string() });

/** Puts into `seen` the ids of events that came since a moment; of journal rows between two numbers, where given. */
export async function loadSeen(
  facts: Facts,
  seen: SeenIds,
  sinceMs: number,
  seqs: readonly [first: number, last: number] = [0, Number.MAX_SAFE_INTEGER],
): Promise<void> {
  const blocks = facts.stream(
    hashesRow,
    `SELECT toUnixTimestamp64Milli(max(received_at)) AS newest, arrayStringConcat(groupArray(hash)) AS hashes
     FROM (
       SELECT received_at, concat(left(toString(event_id), 8), right(toString(event_id), 8)) AS hash,
         intDiv(rowNumberInAllBlocks(), {chunk:UInt32}) AS chunk
       FROM events
       WHERE source = 'http' AND received_at >= {since:DateTime64(3, 'UTC')}
         AND journal_seq BETWEEN {first:UInt64} AND {last:UInt64}
     )
     GROUP BY toStartOfHour(received_at) AS hour, chunk
     ORDER BY hour`,
    { since: storedMoment(sinceMs), first: seqs[0], last: seqs[1], chunk: IDS_A_ROW },
  );
  for await (const rows of blocks) {
    for (const { newest, hashes } of rows) {
      for (let i = 0; i < hashes.length; i += 16) {
        seen.addHash(hashes.slice(i, i + 8), hashes.slice(i + 8, i + 16), newest);
      }
    }
  }
}
