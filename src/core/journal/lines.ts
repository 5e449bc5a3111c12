import { BODY_FORMAT, TYPE_LETTERS, type MessageType } from './vocabulary.ts';
import type { JournalRow } from './records.ts';

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

/** The messages of a journal row, in order. Throws Error for a body written by a newer version. */
export function readBody(row: JournalRow): Drained[] {
  if (row.format !== BODY_FORMAT) throw new Error(`Journal row ${row.seq} has format ${row.format}: upgrade first.`);
  const drained: Drained[] = [];
  for (const line of row.body.split('\n')) {
    if (line === '') continue;
    const type = TYPES.get(line.charAt(0));
    if (type === undefined) throw new Error(`Journal row ${row.seq} holds a line of no known type.`);
    const json = line.slice(1);
    const fact: JournalFact = JSON.parse(json);
    drained.push({ type, seq: row.seq, json, fact });
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
