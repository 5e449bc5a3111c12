import { BODY_FORMAT, LINE_COLUMNS, TYPE_LETTERS, type LineColumn, type MessageType } from './vocabulary.ts';
import type { JournalRow } from './records/batches.ts';

/** An event as a journal line holds it: '' where the message does not say. */
export type JournalFact = {
  readonly [column in Exclude<LineColumn, 'value'>]: string;
} & {
  readonly value: string | null;
  /** JSON text: most messages are drained without anybody reading it. */
  readonly props: string;
};

/** One message of a batch. */
export interface Drained {
  readonly type: MessageType;
  readonly seq: number;
  /** The values of LINE_COLUMNS: a JSON list that is not closed. */
  readonly head: string;
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
  if (row.format !== BODY_FORMAT && row.format !== 1) {
    return `Row ${row.seq} of the journal has format ${row.format}, which another version of Touchstone wrote.`;
  }
  const drained: Drained[] = [];
  for (const line of row.body.split('\n')) {
    if (line === '') continue;
    const type = TYPES.get(line.charAt(0));
    if (type === undefined) return `Row ${row.seq} of the journal holds a line of no known type.`;
    try {
      const [head, props] = row.format === 1 ? partsOfObject(line) : partsOf(line);
      drained.push({ type, seq: row.seq, head, fact: factOf(JSON.parse(`${head}]`), props) });
    } catch {
      return `Row ${row.seq} of the journal holds a line that is no JSON.`;
    }
  }
  return drained;
}

type Parts = readonly [head: string, props: string];

function partsOf(line: string): Parts {
  const tab = line.indexOf('\t');
  return [line.slice(1, tab), line.slice(tab + 1)];
}

/** Of a line in format 1. */
function partsOfObject(line: string): Parts {
  const { props, ...columns }: Readonly<Record<string, unknown>> = JSON.parse(line.slice(1));
  const values = LINE_COLUMNS.map((name) => columns[name] ?? (name === 'value' ? null : ''));
  return [JSON.stringify(values).slice(0, -1), JSON.stringify(props)];
}

/** Written out, in the order of LINE_COLUMNS: this runs for every message. */
function factOf(v: readonly (string | null)[], props: string): JournalFact {
  return {
    workspace: v[0] ?? '',
    event_id: v[1] ?? '',
    name: v[2] ?? '',
    at: v[3] ?? '',
    received_at: v[4] ?? '',
    source: v[5] ?? '',
    user_id: v[6] ?? '',
    anonymous_id: v[7] ?? '',
    session_id: v[8] ?? '',
    order_id: v[9] ?? '',
    case_id: v[10] ?? '',
    account_id: v[11] ?? '',
    location_id: v[12] ?? '',
    staff_id: v[13] ?? '',
    channel: v[14] ?? '',
    url: v[15] ?? '',
    value: v[16] ?? null,
    currency: v[17] ?? '',
    props,
  };
}

/** What the drain adds to a line. */
export interface Concluded {
  readonly identityNo: number;
  readonly touchpoint: string;
  readonly stage: string;
  readonly rulesVersion: number;
}

/** What a completed line says, in order. */
export const COMPLETED_COLUMNS = [
  ...LINE_COLUMNS,
  'identity_no',
  'journal_seq',
  'rules_version',
  'touchpoint',
  'stage',
  'props',
] as const;

/** The line as the facts store takes it: the values of COMPLETED_COLUMNS as a JSON list. */
export function completeLine({ head, seq, fact }: Drained, concluded: Concluded): string {
  const { identityNo, touchpoint, stage, rulesVersion } = concluded;
  return `${head},${identityNo},${seq},${rulesVersion},${JSON.stringify(touchpoint)},${JSON.stringify(stage)},${fact.props}]`;
}
