import { eventId } from '../../platform/kernel/ids.ts';
import { type Fields, readFields } from './fields.ts';
import { MAX_DEPTH, MAX_MESSAGE_BYTES, clean, weigh } from './measure.ts';
import type { Wrong } from './moment.ts';
import { wrongPromise } from './promise.ts';
import { type Arrival, type MessageType, TYPE_LETTERS } from './vocabulary.ts';

/** Why a message is not taken. */
export interface Refusal {
  readonly messageId: string;
  readonly field: string;
  readonly reason: string;
}

/** A message that is taken; `warning` says what of it cannot be used. */
export interface Taken {
  readonly line: string;
  readonly messageId: string;
  readonly warning: Wrong | undefined;
}

export type Verdict = Taken | Refusal;

/** Whether the message is not taken. */
export function isRefusal(verdict: Verdict): verdict is Refusal {
  return 'reason' in verdict;
}

/**
 * Turns a message of the Segment spec into a line of a journal body, or says why not. No schema library: this runs for
 * every message.
 * @param type the type its address names; null where the message says it
 * @param newMessageId for a message that has none
 */
export function readMessage(
  message: unknown,
  type: MessageType | null,
  arrival: Arrival,
  newMessageId: () => string,
): Verdict {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return { messageId: '', field: '', reason: 'A message has to be a JSON object.' };
  }
  const weight = weigh(message, MAX_DEPTH);
  const given = messageIdOf(message);
  const refuse = (field: string, reason: string): Refusal => ({ messageId: given ?? '', field, reason });
  if (weight === 'too deep') {
    return refuse('', `The message lies deeper than ${MAX_DEPTH} objects and lists in one another.`);
  }
  if (weight === 'too large') return refuse('', `The message is larger than ${MAX_MESSAGE_BYTES} bytes.`);
  if (given === null) return refuse('messageId', 'messageId has to be a text of at most 256 characters.');
  const messageId = given === '' ? newMessageId() : given;
  const fields = readFields(message, type, arrival);
  if ('reason' in fields) return { messageId, ...fields };
  const line = writeLine(fields, arrival, messageId);
  const warning = fields.orderId === '' ? undefined : wrongPromise(fields);
  // A lone surrogate or a zero byte stops one store or the other.
  if (!line.includes('\\ud') && !line.includes('\\u0000')) return { line, messageId, warning };
  const cleaned = readFields(clean(message), type, arrival);
  if ('reason' in cleaned) return { messageId, ...cleaned };
  return { line: writeLine(cleaned, arrival, messageId), messageId, warning };
}

function messageIdOf(message: object): string | null {
  const id: unknown = Reflect.get(message, 'messageId');
  if (id === undefined || id === null) return '';
  const text = typeof id === 'number' ? String(id) : id;
  return typeof text === 'string' && text.length <= 256 ? text : null;
}

/** The values stand as LINE_COLUMNS names them. */
function writeLine(f: Fields, { workspaceId, receivedAt }: Arrival, messageId: string): string {
  const ids = `${quoted(f.userId)},${quoted(f.anonymousId)},${quoted(f.sessionId)},${quoted(f.orderId)},${quoted(f.caseId)},${quoted(f.accountId)}`;
  const places = `${quoted(f.locationId)},${quoted(f.staffId)},${quoted(f.channel)},${quoted(f.url)}`;
  const value = f.value === '' ? 'null' : `"${f.value}"`;
  return `${TYPE_LETTERS[f.type]}["${workspaceId}","${eventId(workspaceId, messageId)}",${JSON.stringify(f.name)},"${f.at}","${receivedAt}","http",${ids},${places},${value},"${f.currency}"\t${JSON.stringify(f.props)}`;
}

function quoted(text: string): string {
  return text === '' ? '""' : JSON.stringify(text);
}
