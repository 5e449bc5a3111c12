/** How journal bodies are written: a type letter and a JSONEachRow object a line. Raised when that changes. */
export const BODY_FORMAT = 1;

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
