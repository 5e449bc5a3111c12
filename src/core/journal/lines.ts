import { BODY_FORMAT, TYPE_LETTERS, type MessageType } from './vocabulary.ts';
import type { JournalRow } from './records/batches.ts';

/** An event as a journal line holds it: columns that are '' are left out. */
export type JournalFact = {
  readonly workspace: string;
  readonly event_id: string;
  readonly name: string;
  readonly at: string;
  readonly received_at: string;
  readonly user_id?: string;
  readonly anonymous_id?: string;
  readonly order_id?: string;
  readonly case_id?: string;
  readonly location_id?: string;
  readonly staff_id?: string;
  readonly channel?: string;
  readonly props: Readonly<Record<string, unknown>>;
};

/** One message of a batch. */
export interface Drained {
  readonly type: MessageType;
  readonly seq: number;
  /** Its JSON, whole. */
  readonly json: string;
  readonly fact: JournalFact;
}

const TYPES = new Map(
  Object.entries(TYPE_LETTERS).map(([type, letter]) => [letter, type as MessageType] satisfies [string, MessageType]),
);

/** Journal rows that cannot be read, and why, by workspace. */
export type Unreadable = Map<string, { readonly seqs: number[]; readonly reason: string }>;

/** The messages of journal rows, in order. */
export function readRows(rows: readonly JournalRow[]): { drained: Drained[]; unreadable: Unreadable } {
  const drained: Drained[] = [];
  const unreadable: Unreadable = new Map();
  for (const row of rows) {
    const read = readBody(row);
    if (typeof read !== 'string') {
      for (const each of read) drained.push(each);
      continue;
    }
    const others = unreadable.get(row.workspaceId);
    if (others === undefined) unreadable.set(row.workspaceId, { seqs: [row.seq], reason: read });
    else others.seqs.push(row.seq);
  }
  return { drained, unreadable };
}

/** The messages of a journal row, in order; or why it cannot be read. */
function readBody(row: JournalRow): Drained[] | string {
  if (row.format !== BODY_FORMAT) {
    return `Row ${row.seq} of the journal has format ${row.format}, which another version of Touchstone wrote.`;
  }
  const drained: Drained[] = [];
  for (const line of row.body.split('\n')) {
    if (line === '') continue;
    const type = TYPES.get(line.charAt(0));
    if (type === undefined) return `Row ${row.seq} of the journal holds a line of no known type.`;
    const json = line.slice(1);
    try {
      const fact: JournalFact = JSON.parse(json);
      drained.push({ type, seq: row.seq, json, fact });
    } catch {
      return `Row ${row.seq} of the journal holds a line that is no JSON.`;
    }
  }
  return drained;
}

/** What the drain adds to a line. */
export interface Concluded {
  readonly identityNo: number;
  readonly touchpoint: string;
  readonly stage: string;
  readonly rulesVersion: number;
}

/** The line as the facts store takes it. */
export function completeLine(drained: Drained, concluded: Concluded): string {
  const { identityNo, touchpoint, stage, rulesVersion } = concluded;
  let line = `${drained.json.slice(0, -1)},"identity_no":${identityNo},"journal_seq":${drained.seq},"rules_version":${rulesVersion}`;
  if (touchpoint !== '') line += `,"touchpoint":${JSON.stringify(touchpoint)}`;
  if (stage !== '') line += `,"stage":${JSON.stringify(stage)}`;
  return `${line}}`;
}
