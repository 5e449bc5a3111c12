import { hash, randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Prefixes of our own ids: what a reader of a log or an address sees first. */
export const ID_PREFIXES = {
  workspace: 'ws',
  user: 'usr',
  member: 'mem',
  invitation: 'inv',
  key: 'key',
  person: 'per',
  link: 'lnk',
  stage: 'stg',
  channel: 'chn',
  touchpoint: 'tp',
  rule: 'rul',
  team: 'team',
  import: 'imp',
  mapping: 'map',
  upload: 'upl',
  source: 'src',
  view: 'viw',
  survey: 'srv',
  response: 'rsp',
  surveyFile: 'sfl',
  report: 'rpt',
  batch: 'bat',
  auditEntry: 'aud',
  directoryUser: 'dus',
  directoryGroup: 'dgr',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** UUIDv7 (RFC 9562 §5.7): milliseconds, then 74 random bits; sorts by time. */
export function uuidV7(clock: Clock): string {
  const ms = millisecondsOf(clock);
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`;
}

/** An id of ours: `imp_0192f0c4e7b97c1e8d2a…`, 32 hex digits of a UUIDv7 after a readable prefix. */
export function newId(kind: IdKind, clock: Clock): string {
  const random = randomUUID();
  const digits = `${random.slice(15, 18)}${random.slice(19, 23)}${random.slice(24)}`;
  return `${ID_PREFIXES[kind]}_${millisecondsOf(clock)}7${digits}`;
}

/** The 48 bits that a UUIDv7 begins with. Its other digits are those of a UUIDv4 but for the version: Node draws those many at a time. */
function millisecondsOf(clock: Clock): string {
  return clock.now().getTime().toString(16).padStart(12, '0');
}

/** UUIDv5 (RFC 9562 §5.5): SHA-1 of a namespace and a name. The same name gives the same id for ever. */
export function uuidV5(namespace: string, name: string): string {
  // One buffer for all: what is hashed is a few hundred bytes, and this runs for every message.
  const room = 16 + name.length * 3;
  if (hashed.length < room) hashed = Buffer.alloc(room);
  bytesOf(namespace).copy(hashed);
  const h = hash('sha1', hashed.subarray(0, 16 + hashed.write(name, 16)), 'hex');
  const variant = ((parseInt(h.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

let hashed = Buffer.alloc(1_024);
const namespaces = new Map<string, Buffer>();

function bytesOf(namespace: string): Buffer {
  let bytes = namespaces.get(namespace);
  if (bytes === undefined) {
    bytes = Buffer.from(namespace.replaceAll('-', ''), 'hex');
    namespaces.set(namespace, bytes);
  }
  return bytes;
}

/** The namespace of Touchstone's own UUIDv5 names. */
export const NAMESPACE = '6f1b7b1e-6d0c-5c0e-9a3e-0d8f3b0c7a51';

/** The id of the event a message becomes: the same workspace and messageId, the same event. */
export function eventId(workspaceId: string, messageId: string): string {
  return uuidV5(NAMESPACE, `${workspaceId}\n${messageId}`);
}
