/**
 * How journal bodies are written; raised when that changes. A line is a type letter, the values of LINE_COLUMNS as a JSON
 * list that is not closed, a tab, and the JSON of `props`: what the drain reads of every message comes first, and what
 * it adds goes between. Format 1 was the letter and a JSON object of the columns.
 */
export const BODY_FORMAT = 2;

export const LINE_COLUMNS = [
  'workspace',
  'event_id',
  'name',
  'at',
  'received_at',
  'source',
  'user_id',
  'anonymous_id',
  'session_id',
  'order_id',
  'case_id',
  'account_id',
  'location_id',
  'staff_id',
  'channel',
  'url',
  'value',
  'currency',
] as const;
export type LineColumn = (typeof LINE_COLUMNS)[number];

export const MESSAGE_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** The letter that begins a line of a journal body. */
export const TYPE_LETTERS: Readonly<Record<MessageType, string>> = {
  track: 't',
  page: 'p',
  screen: 's',
  identify: 'i',
  group: 'g',
  alias: 'a',
};

export interface Arrival {
  readonly workspaceId: string;
  /** When the server got it, in milliseconds since 1970. */
  readonly receivedMs: number;
  /** The same as the facts store takes it. */
  readonly receivedAt: string;
  /** When the sender's clock said the batch left, in milliseconds since 1970; null where it does not say. */
  readonly sentMs: number | null;
  /** False for history (`/v1/import`), whose times are not those of a running clock. */
  readonly correctsClock: boolean;
}

/** Most refused messages that are kept of a workspace, and most bytes of them. */
export const REJECTED_CAP = { rows: 20_000, bytes: 20_000_000 };

/** How much of a refused message is kept, in characters. */
export const KEPT_CHARS = 4_000;

/** What is done with the facts of a batch once they are in, for those who live on them. */
export const STEPS = ['links', 'traits', 'orders', 'answers'] as const;
export type StepName = (typeof STEPS)[number];

/** Pauses before those who live on a batch are told again grow from the first to the longest; some tries later it is set aside. */
export const FIRST_PAUSE_MS = 1_000;
export const LONGEST_PAUSE_MS = 3_600_000;
/** About five hours of tries. */
export const LAST_TRY = 16;
