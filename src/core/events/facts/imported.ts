import { Readable } from 'node:stream';
import { idLists } from '../../../platform/stores/id-lists.ts';
import { pieces } from '../../../platform/stores/pieces.ts';
import type { Facts } from '../../../platform/stores/ports.ts';

/** A row of `events`, but for where it lies in the catalogue. */
export interface EventLine {
  readonly workspace: string;
  readonly event_id: string;
  readonly identity_no: number;
  readonly user_id: string;
  readonly anonymous_id: string;
  readonly name: string;
  readonly at: string;
  readonly received_at: string;
  readonly session_id: string;
  readonly order_id: string;
  readonly case_id: string;
  readonly account_id: string;
  readonly location_id: string;
  readonly staff_id: string;
  readonly channel: string;
  readonly url: string;
  readonly value: string | null;
  readonly currency: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly source: string;
  readonly journal_seq: number;
}

// In the order of the values below.
const COLUMNS = [
  ...['workspace', 'event_id', 'identity_no', 'user_id', 'anonymous_id', 'name', 'at', 'received_at', 'session_id'],
  ...['order_id', 'case_id', 'account_id', 'location_id', 'staff_id', 'channel', 'url', 'value', 'currency', 'props'],
  ...['source', 'journal_seq', 'touchpoint', 'stage', 'rules_version'],
];

/** Lines as the text that is inserted, each with its place: values without the names of their columns, half of it. */
export function importedText<T extends EventLine>(
  lines: readonly T[],
  placeOf: (line: T) => { readonly touchpoint: string; readonly stage: string },
  rulesVersion: number,
): Iterable<Buffer> {
  return pieces(lines, (line) => {
    const { touchpoint, stage } = placeOf(line);
    return JSON.stringify([
      line.workspace,
      line.event_id,
      line.identity_no,
      line.user_id,
      line.anonymous_id,
      line.name,
      line.at,
      line.received_at,
      line.session_id,
      line.order_id,
      line.case_id,
      line.account_id,
      line.location_id,
      line.staff_id,
      line.channel,
      line.url,
      line.value,
      line.currency,
      JSON.stringify(line.props),
      line.source,
      line.journal_seq,
      touchpoint,
      stage,
      rulesVersion,
    ]);
  });
}

/** Inserts such text; the same token inserts once. */
export function insertImported(facts: Facts, text: readonly Buffer[], token: string): Promise<void> {
  return facts.insert('events', Readable.from(text, { objectMode: false }), { token, columns: COLUMNS });
}

/** Takes away events of one source: these ids, or all. */
export async function deleteImported(
  facts: Facts,
  workspace: string,
  source: string,
  ids: readonly string[] | undefined,
): Promise<void> {
  const settings = { lightweight_deletes_sync: 1 };
  const all = 'DELETE FROM events WHERE workspace = {workspace:String} AND source = {source:String}';
  if (ids === undefined) return facts.command(all, { workspace, source }, { settings });
  for (const some of idLists(ids)) {
    await facts.command(`${all} AND event_id IN {ids:Array(UUID)}`, { workspace, source, ids: some }, { settings });
  }
}
