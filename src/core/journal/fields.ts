import { ANSWER_EVENTS } from '../feedback/vocabulary.ts';
import { type Wrong, readMoment, storedMoment } from './moment.ts';
import { MESSAGE_TYPES, type Arrival, type MessageType } from './vocabulary.ts';

/** What an event row takes from a message; '' where the message does not say. */
export interface Fields {
  readonly type: MessageType;
  readonly name: string;
  /** `2026-11-22 10:00:00.000`, UTC. */
  readonly at: string;
  readonly userId: string;
  readonly anonymousId: string;
  readonly sessionId: string;
  readonly orderId: string;
  readonly caseId: string;
  readonly accountId: string;
  readonly locationId: string;
  readonly staffId: string;
  readonly channel: string;
  readonly url: string;
  readonly value: string;
  readonly currency: string;
  readonly props: Bag;
}

type Bag = Readonly<Record<string, unknown>>;

const NOTHING: Bag = {};
const ID_CAP = 256;
const NAME_CAP = 200;
const URL_CAP = 2_048;

/** Names of messages that have none of their own, after the Segment spec. */
const NAMES: Readonly<Record<Exclude<MessageType, 'track'>, string>> = {
  page: 'Page Viewed',
  screen: 'Screen Viewed',
  identify: 'Identified',
  group: 'Group Joined',
  alias: 'Alias Made',
};

export function readFields(message: unknown, addressed: MessageType | null, arrival: Arrival): Fields | Wrong {
  const m = bagOf(message) ?? NOTHING;
  const type = addressed ?? typeOf(m.type);
  if (type === null) {
    return wrong('type', 'type has to be one of track, page, screen, identify, group and alias.');
  }
  const at = readMoment(m, arrival);
  if (typeof at !== 'number') return at;

  const userId = idOf(m.userId);
  if (userId === null) return wrong('userId', `userId has to be a text of at most ${ID_CAP} characters.`);
  const anonymousId = idOf(m.anonymousId);
  if (anonymousId === null)
    return wrong('anonymousId', `anonymousId has to be a text of at most ${ID_CAP} characters.`);

  const context = bagOf(m.context);
  if (context === null) return wrong('context', 'context has to be an object.');
  const saysTraits = type === 'identify' || type === 'group';
  const bagName = saysTraits ? 'traits' : 'properties';
  const said = bagOf(saysTraits ? m.traits : m.properties);
  if (said === null) return wrong(bagName, `${bagName} has to be an object.`);

  const name = type === 'track' ? m.event : NAMES[type];
  if (typeof name !== 'string' || name.trim() === '' || name.length > NAME_CAP) {
    return wrong('event', `event has to be the event's name: a text of 1 to ${NAME_CAP} characters.`);
  }

  const otherId = otherIdOf(type, m);
  if (typeof otherId !== 'string') return otherId;

  const orderId = first(said, 'order_id', 'orderId');
  if (userId === '' && anonymousId === '' && (saysTraits || type === 'alias' || orderId === '')) {
    // Answers may come from nobody: a terminal in a store, a survey without names.
    if (!(type === 'track' && Object.hasOwn(ANSWER_EVENTS, name))) {
      return wrong('userId', 'userId or anonymousId is needed: whose message is it?');
    }
  }

  const page = bagOf(context.page) ?? NOTHING;
  return {
    type,
    name,
    at: storedMoment(at),
    userId,
    anonymousId,
    sessionId: first(said, 'session_id', 'sessionId') || shortText(context.sessionId),
    orderId,
    caseId: first(said, 'case_id', 'caseId', 'ticket_id'),
    accountId: type === 'group' ? otherId : first(said, 'account_id') || shortText(context.groupId),
    locationId: first(said, 'location_id', 'store_id'),
    staffId: first(said, 'staff_id', 'agent_id'),
    channel: channelOf(type, m, said, context),
    url: urlOf(textOf(said.url) || textOf(page.url)),
    value: moneyOf(said.revenue ?? said.total ?? said.value),
    currency: currencyOf(said.currency),
    props: propsOf(type, m, said, context, otherId),
  };
}

function wrong(field: string, reason: string): Wrong {
  return { field, reason };
}

/** An object, empty where there is none; null when it is something else. */
function bagOf(value: unknown): Bag | null {
  if (value === undefined || value === null) return NOTHING;
  return isBag(value) ? value : null;
}

function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(type: unknown): MessageType | null {
  return MESSAGE_TYPES.find((known) => known === type) ?? null;
}

/** '' where there is none; null when it is no id. */
function idOf(value: unknown): string | null {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  return typeof text === 'string' && text.length <= ID_CAP ? text : null;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** An id of something else: left out of its column when it is too long to be one; it stays in props. */
function shortText(value: unknown): string {
  const text = textOf(value);
  return text.length <= ID_CAP ? text : '';
}

function first(bag: Bag, ...keys: readonly string[]): string {
  for (const key of keys) {
    const text = shortText(bag[key]);
    if (text !== '') return text;
  }
  return '';
}

/** The other end of an alias or a group; '' where the message has none to have. */
function otherIdOf(type: MessageType, m: Bag): string | Wrong {
  if (type !== 'alias' && type !== 'group') return '';
  const field = type === 'alias' ? 'previousId' : 'groupId';
  const id = idOf(m[field]);
  if (id === null || id === '') return wrong(field, `${field} is needed: a text of 1 to ${ID_CAP} characters.`);
  return id;
}

/** Cut short between characters. */
function urlOf(text: string): string {
  return text.length <= URL_CAP ? text : text.slice(0, URL_CAP).replace(/[\ud800-\udbff]$/, '');
}

function channelOf(type: MessageType, m: Bag, said: Bag, context: Bag): string {
  const own = shortText(said.channel);
  if (own !== '') return own;
  if (type === 'page' || m.channel === 'web' || context.page !== undefined) return 'web';
  if (type === 'screen' || m.channel === 'mobile') return 'app';
  return '';
}

/** A decimal with at most 14 digits before the point and 4 after; '' when it is none. */
function moneyOf(value: unknown): string {
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(Math.abs(number) < 1e14)) return '';
  if (Number.isInteger(number)) return String(number);
  return number.toFixed(4);
}

function currencyOf(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z]{3}$/.test(value) ? value.toUpperCase() : '';
}

/** Left out of what is kept: addresses of machines, and what says nothing of the customer. */
const CONTEXT_LEFT_OUT = new Set(['ip', 'library', 'traits']);

function propsOf(type: MessageType, m: Bag, said: Bag, context: Bag, otherId: string): Bag {
  const kept: Record<string, unknown> = {};
  let any = false;
  if (type === 'identify') return said;
  for (const key in context) {
    if (CONTEXT_LEFT_OUT.has(key)) continue;
    kept[key] = context[key];
    any = true;
  }
  const named = type === 'page' || type === 'screen' ? textOf(m.name) : '';
  if (!any && otherId === '' && named === '') return said;
  return {
    ...(named === '' ? {} : { name: named }),
    ...(any ? { context: kept } : {}),
    ...said,
    ...(type === 'alias' ? { previousId: otherId } : {}),
    ...(type === 'group' ? { groupId: otherId } : {}),
  };
}
