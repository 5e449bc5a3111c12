import {
  countWrongKey,
  findWorkspace,
  heldWorkspaceOfWriteKey,
  identify,
  workspaceOfWriteKey,
} from '../../platform/workspaces/facade.ts';
import type { HotRequest, House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { uuidV7 } from '../../platform/kernel/ids.ts';
import { Problem, badInput } from '../../platform/kernel/problem.ts';
import type { RateLimiter } from '../../platform/kernel/rate-limit.ts';
import { readBody } from './body.ts';
import type { Committer, RefusedMessage } from './committer.ts';
import { isRefusal, readMessage } from './message.ts';
import { momentOf, storedMoment } from './moment.ts';
import { type Arrival, KEPT_CHARS, type MessageType } from './vocabulary.ts';

/** What an address takes: one message of a type, or a batch of any; history keeps its times as they are. */
export type Taking = MessageType | 'batch' | 'import';

/** Most messages of a batch: as many small ones as a megabyte holds would each be answered and listed. */
export const MAX_MESSAGES = 10_000;
/** What one process takes messages with. */
export interface Door {
  readonly committer: Committer;
  /** By key. */
  readonly limiter: RateLimiter;
}

const SEND_KEY = 'Send authorization: Basic with base64 of the write key and a colon.';

/** Takes a request of the Segment HTTP API, gives the JSON of its answer. Throws Problem for what concerns it whole. */
export async function ingest(
  house: House,
  { committer, limiter }: Door,
  taking: Taking,
  request: HotRequest,
): Promise<string> {
  const credential = credentialOf(request.header('authorization'));
  // With a key in its headers a stranger is turned away before anything is unpacked.
  const known =
    credential === undefined
      ? undefined
      : (heldWorkspaceOfWriteKey(house, credential) ?? (await admit(house, credential, request.address)));
  let body: unknown;
  try {
    body = await readBody(request);
  } catch (error) {
    throw known === undefined && error instanceof Problem ? noKey() : error;
  }
  if (!isBag(body)) throw badInput('body', undefined, 'The body has to be a JSON object.');
  const workspace = known ?? (await admit(house, bodyKeyOf(body), request.address));
  const isBatch = taking === 'batch' || taking === 'import';
  const messages = isBatch ? body.batch : [body];
  if (!Array.isArray(messages)) throw badInput('batch', undefined, 'batch has to be a list of messages.');
  if (messages.length > MAX_MESSAGES) {
    throw new Problem('too-large', `The batch holds ${messages.length} messages; it may hold ${MAX_MESSAGES}.`, {
      field: 'batch',
      mend: 'Send fewer messages a batch.',
    });
  }

  refuseFlood(house, limiter, credential ?? bodyKeyOf(body), messages.length);

  const receivedMs = house.clock.now().getTime();
  const arrival: Arrival = {
    workspaceId: workspace.id,
    receivedMs,
    receivedAt: storedMoment(receivedMs),
    sentMs: momentOf(body.sentAt),
    correctsClock: taking !== 'import',
  };
  const taken = readAll(messages, isBatch ? null : taking, arrival, () => uuidV7(house.clock));
  const seq = await committer.add({ workspaceId: workspace.id, ...taken });
  const rejected = taken.refused.filter((r) => !r.taken);
  const [only] = rejected;
  if (!isBatch && only !== undefined) throw badInput(only.field === '' ? 'body' : only.field, undefined, only.reason);
  const answer = { success: true, accepted: taken.rows, journalSeq: seq, rejected: rejected.map(told) };
  const warned = taken.refused.length - rejected.length;
  return JSON.stringify(
    warned === 0 ? answer : { ...answer, warnings: taken.refused.filter((r) => r.taken).map(told) },
  );
}

/** A write key stands in the source of a page: who finds it may send, but not fill the journal of everybody. */
function refuseFlood({ config }: House, limiter: RateLimiter, key: string, messages: number): void {
  if (config.ingestPerMinute === undefined) return;
  const waitSeconds = limiter.take(key, config.ingestPerMinute, messages);
  if (waitSeconds === 0) return;
  throw new Problem('too-many-requests', 'More messages came with this key than a minute may bring.', {
    mend: `Send the same messages again in ${waitSeconds} s; an operator sets INGEST_PER_MINUTE.`,
    retryAfterSeconds: waitSeconds,
  });
}

interface IndexedRefusal extends RefusedMessage {
  readonly index: number;
}

/** As an answer tells of it. */
const told = ({ index, messageId, field, reason }: IndexedRefusal) => ({ index, messageId, field, reason });

function readAll(messages: readonly unknown[], type: MessageType | null, arrival: Arrival, newMessageId: () => string) {
  const refused: IndexedRefusal[] = [];
  let body = '';
  let rows = messages.length;
  messages.forEach((message, index) => {
    const verdict = readMessage(message, type, arrival, newMessageId);
    if (isRefusal(verdict)) {
      rows--;
      refused.push({ index, ...verdict, body: kept(message), taken: false });
      return;
    }
    body += `${verdict.line}\n`;
    const { messageId, warning } = verdict;
    if (warning !== undefined) refused.push({ index, messageId, ...warning, body: kept(message), taken: true });
  });
  return { body, rows, refused };
}

function kept(message: unknown): string {
  try {
    return JSON.stringify(message).slice(0, KEPT_CHARS);
  } catch {
    return 'It lies too deep to be written down.';
  }
}

function isBag(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The key of `Basic base64("key:")` or `Bearer key`; '' when the header is something else. */
export function credentialOf(header: string | null | undefined): string | undefined {
  if (header === undefined || header === null || header === '') return undefined;
  const [scheme = '', value = ''] = header.split(' ', 2);
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return '';
  return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? '';
}

function noKey(): Problem {
  return new Problem('unauthenticated', 'No key came along, neither in the headers nor in a body that can be read.', {
    mend: SEND_KEY,
  });
}

function bodyKeyOf(body: Readonly<Record<string, unknown>>): string {
  return typeof body.writeKey === 'string' ? body.writeKey : '';
}

/**
 * The workspace a key writes to: a write key, or a secret key with `events:write`. Throws Problem: 401 for a key that is
 * unknown or revoked, 403 for one without the scope, 429 when nobody can say because the records store is away, or when
 * too many wrong ones came from that address.
 */
export async function admit(house: House, key: string, address: () => string): Promise<Workspace> {
  const workspace = await workspaceOf(house, key).catch((error: unknown) => {
    if (error instanceof Problem) throw error;
    house.log.warn({ error: error instanceof Error ? error : undefined }, 'a key could not be looked up');
    throw new Problem('too-many-requests', 'The records store does not answer at the moment.', {
      mend: 'Send the same messages again later.',
      retryAfterSeconds: 5,
    });
  });
  if (workspace !== null) return workspace;
  countWrongKey(house, address());
  throw new Problem('unauthenticated', 'This key is unknown or revoked.', {
    mend: SEND_KEY,
  });
}

async function workspaceOf(house: House, key: string): Promise<Workspace | null> {
  const byWriteKey = await workspaceOfWriteKey(house, key);
  if (byWriteKey !== null || !key.startsWith('tss_')) return byWriteKey;
  const who = await identify(house, new Headers({ authorization: `Bearer ${key}` }));
  if (who.kind !== 'key') return null;
  if (!who.scopes.has('events:write')) {
    throw new Problem('forbidden', 'This key does not carry the permission events:write.', {
      mend: 'Make a key with that scope, or use a write key.',
    });
  }
  return findWorkspace(house, who.workspace.id);
}
