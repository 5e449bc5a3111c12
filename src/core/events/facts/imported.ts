import { idLists } from '../../../platform/stores/id-lists.ts';
import { inPieces } from '../../../platform/stores/pieces.ts';
import type { Facts } from '../../../platform/stores/ports.ts';

/** A row of `events`. */
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
  readonly props: string;
  readonly source: string;
  readonly journal_seq: number;
  readonly touchpoint: string;
  readonly stage: string;
  readonly rules_version: number;
}

export function insertImported(facts: Facts, lines: readonly EventLine[], token: string): Promise<void> {
  return facts.insert('events', inPieces(lines), { token });
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
