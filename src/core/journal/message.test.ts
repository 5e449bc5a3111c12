import { describe, expect, test } from 'vitest';
import { eventId } from '../../platform/kernel/ids.ts';
import { isRefusal, readMessage } from './message.ts';
import { LINE_COLUMNS, type Arrival, type MessageType } from './vocabulary.ts';

const RECEIVED = Date.UTC(2026, 10, 22, 10, 0, 0);
const arrival: Arrival = {
  workspaceId: 'ws_1',
  receivedMs: RECEIVED,
  receivedAt: '2026-11-22 10:00:00.000',
  sentMs: null,
  correctsClock: true,
};

function read(message: unknown, type: MessageType | null = null, how: Partial<Arrival> = {}) {
  return readMessage(message, type, { ...arrival, ...how }, () => 'made-up');
}

function rowOf(message: unknown, type: MessageType | null = null, how: Partial<Arrival> = {}) {
  const verdict = read(message, type, how);
  if (isRefusal(verdict)) throw new Error(verdict.reason);
  const [head = '', props = ''] = verdict.line.slice(1).split('\t');
  const values: readonly unknown[] = JSON.parse(`${head}]`);
  const said = LINE_COLUMNS.map((name, i) => [name, values[i]] as const).filter(([, v]) => v !== '' && v !== null);
  const row: Readonly<Record<string, unknown>> = { ...Object.fromEntries(said), props: JSON.parse(props) };
  return { letter: verdict.line.charAt(0), row };
}

function refusalOf(message: unknown, type: MessageType | null = null, how: Partial<Arrival> = {}) {
  const verdict = read(message, type, how);
  if (!isRefusal(verdict)) throw new Error(`It was taken: ${verdict.line}`);
  return verdict;
}

const track = { type: 'track', event: 'Order Completed', userId: 'u1', messageId: 'm1' };

describe('a message becomes a line of the events table', () => {
  test('[JR3] columns are taken from where the Segment spec puts them', () => {
    const { letter, row } = rowOf({
      ...track,
      anonymousId: 'a1',
      timestamp: '2026-11-22T09:00:00.000Z',
      context: { ip: '10.0.0.1', library: { name: 'x' }, page: { url: 'https://shop.example/thanks' }, locale: 'sl' },
      properties: { order_id: 'o1', revenue: '12.5', currency: 'eur', store_id: 7, agent_id: 'g', session_id: 's' },
    });
    expect(letter).toBe('t');
    expect(row).toEqual({
      workspace: 'ws_1',
      event_id: eventId('ws_1', 'm1'),
      name: 'Order Completed',
      at: '2026-11-22 09:00:00.000',
      received_at: '2026-11-22 10:00:00.000',
      source: 'http',
      user_id: 'u1',
      anonymous_id: 'a1',
      session_id: 's',
      order_id: 'o1',
      location_id: '7',
      staff_id: 'g',
      channel: 'web',
      url: 'https://shop.example/thanks',
      value: '12.5000',
      currency: 'EUR',
      props: {
        context: { page: { url: 'https://shop.example/thanks' }, locale: 'sl' },
        order_id: 'o1',
        revenue: '12.5',
        currency: 'eur',
        store_id: 7,
        agent_id: 'g',
        session_id: 's',
      },
    });
  });

  test.each([
    ['page', { name: 'Prices' }, 'p', 'Page Viewed', { name: 'Prices' }],
    ['screen', { name: 'Cart' }, 's', 'Screen Viewed', { name: 'Cart' }],
    ['identify', { traits: { email: 'a@example.com' } }, 'i', 'Identified', { email: 'a@example.com' }],
    ['group', { groupId: 'acme', traits: { plan: 'pro' } }, 'g', 'Group Joined', { plan: 'pro', groupId: 'acme' }],
    ['alias', { previousId: 'a0' }, 'a', 'Alias Made', { previousId: 'a0' }],
  ] as const)('[EV1] %s is an event under a name of its own', (type, said, letter, name, props) => {
    const read = rowOf({ userId: 'u1', messageId: 'm', ...said }, type);
    expect(read.letter).toBe(letter);
    expect(read.row).toMatchObject({ name, props, event_id: eventId('ws_1', 'm') });
  });

  test('[JR4] the clock of a sender is corrected by how far its sentAt lies from the arrival', () => {
    const message = { ...track, timestamp: '2026-11-22T07:00:00.000Z', sentAt: '2026-11-22T07:00:05.000Z' };
    expect(rowOf(message).row.at).toBe('2026-11-22 09:59:55.000');
    const { sentAt, ...unsent } = message;
    expect(rowOf(unsent, null, { sentMs: Date.parse(sentAt) }).row.at).toBe('2026-11-22 09:59:55.000');
    expect(rowOf(message, null, { correctsClock: false }).row.at).toBe('2026-11-22 07:00:00.000');
    expect(rowOf({ ...track, originalTimestamp: '2026-11-22T09:59:00Z' }).row.at).toBe('2026-11-22 09:59:00.000');
    expect(rowOf(track).row.at).toBe('2026-11-22 10:00:00.000');
  });

  test('[JR4] a clock that stands at 1970 is mended too', () => {
    const { row } = rowOf({ ...track, timestamp: '1970-01-01T00:00:10Z', sentAt: '1970-01-01T00:01:10Z' });
    expect(row.at).toBe('2026-11-22 09:59:00.000');
  });

  test('[JR5] half a character and a zero byte stop no store', () => {
    const { row } = rowOf({ ...track, properties: { note: 'a\ud800b\0c', ['k\0']: 1 } });
    expect(row.props).toEqual({ note: 'a\ufffdbc', k: 1 });
  });

  test('[JR3] a message without messageId is given one, and a number is an id', () => {
    const { messageId, ...without } = track;
    expect(messageId).toBe('m1');
    expect(rowOf({ ...without, userId: 42 }).row).toMatchObject({
      event_id: eventId('ws_1', 'made-up'),
      user_id: '42',
    });
  });

  test('[JR3] money beyond its column stays in props alone', () => {
    expect(rowOf({ ...track, properties: { revenue: 1e20 } }).row).not.toHaveProperty('value');
    expect(rowOf({ ...track, properties: { total: -3 } }).row.value).toBe('-3');
  });

  test('[JR3] an answer may come from nobody, and an order event from its order', () => {
    expect(rowOf({ type: 'track', event: 'Survey Answered', properties: { score: 9 } }).row.user_id).toBeUndefined();
    expect(rowOf({ type: 'track', event: 'Order Shipped', properties: { order_id: 'o' } }).row.order_id).toBe('o');
  });
});

describe('[JR20] a promise that no order can have is told of, and the event is taken', () => {
  const warned = (properties: object, event = 'Order Completed') => {
    const verdict = read({ ...track, event, properties: { order_id: 'o1', ...properties } });
    if (isRefusal(verdict)) throw new Error(verdict.reason);
    return verdict.warning;
  };
  test.each([
    ['beyond 2149', { promised: '2149-06-07' }, 'promised', /2149-06-07" is no day from 1980-01-01 to 2149-06-06/],
    ['a year of five digits', { promised: '12026-01-01' }, 'promised', /no day from/],
    ['a time far away', { promised_at: '9999-12-31T00:00:00Z' }, 'promised_at', /no day from/],
    ['before 1980', { promised: '1970-01-01' }, 'promised', /no day from/],
    ['words', { promised: 'soon' }, 'promised', /"soon" is no day/],
    ['a thirteenth month', { estimated_delivery: '2026-13-01' }, 'estimated_delivery', /is no day/],
    ['the 30th of February', { promised: '2026-02-30' }, 'promised', /"2026-02-30" is no day/],
    ['a time of such a day', { promised: '2027-02-29T10:00:00Z' }, 'promised', /is no day/],
    ['a number', { promised: 1_795_000_000 }, 'promised', /"1795000000" has to be a text/],
    ['an object', { promised: '', promised_delivery: { day: 1 } }, 'promised_delivery', /has to be a text/],
  ] as const)('%s', (_, properties, key, reason) => {
    expect(warned(properties)).toEqual({ field: `properties.${key}`, reason: expect.stringMatching(reason) });
  });

  test('a promise that may be one, none, and that of another event are no matter', () => {
    const fine = [
      '2026-11-30',
      '2149-06-06',
      '1980-01-01',
      '2026-11-30T10:00:00+03:30',
      '30 Nov 2026',
      '1979-12-31T22:00',
    ];
    for (const promised of fine) expect(warned({ promised }), promised).toBeUndefined();
    expect(warned({})).toBeUndefined();
    expect(warned({ promised: null })).toBeUndefined();
    expect(warned({ promised: 'soon' }, 'Product Viewed')).toBeUndefined();
    expect(warned({ order_id: '', promised: 'soon' })).toBeUndefined();
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : { in: nested(depth - 1) };
}

describe('[JR5] what is wrong with a message is said with its field', () => {
  test.each([
    ['no object', 'text', '', /JSON object/],
    ['no type', { userId: 'u' }, 'type', /has to be one of track/],
    ['an unknown type', { type: 'toString', userId: 'u' }, 'type', /has to be one of/],
    ['no name', { type: 'track', userId: 'u' }, 'event', /event's name/],
    ['a name of 201 characters', { ...track, event: 'x'.repeat(201) }, 'event', /1 to 200/],
    ['nobody', { type: 'track', event: 'Seen' }, 'userId', /userId or anonymousId/],
    ['a user id that is an object', { ...track, userId: {} }, 'userId', /text of at most 256/],
    ['a messageId that is an object', { ...track, messageId: {} }, 'messageId', /at most 256/],
    ['properties that are a list', { ...track, properties: [1] }, 'properties', /object/],
    ['traits that are a text', { type: 'identify', userId: 'u', traits: 'x' }, 'traits', /object/],
    ['a context that is a text', { ...track, context: 'x' }, 'context', /object/],
    ['an alias of nothing', { type: 'alias', userId: 'u' }, 'previousId', /needed/],
    ['a group of nothing', { type: 'group', userId: 'u' }, 'groupId', /needed/],
    ['no moment', { ...track, timestamp: 'yesterday' }, 'timestamp', /"yesterday" is no moment/],
    ['1970', { ...track, timestamp: '1970-01-01T00:00:00Z' }, 'timestamp', /before 1980/],
    ['2999', { ...track, timestamp: '2999-01-01T00:00:00Z' }, 'timestamp', /more than a day ahead/],
    ['1e300', { ...track, timestamp: 1e300 }, 'timestamp', /ahead/],
    ['too large', { ...track, properties: { text: 'x'.repeat(33_000) } }, '', /larger than 32768 bytes/],
    ['too deep', { ...track, properties: nested(21) }, '', /deeper than 20/],
  ] as const)('%s', (_, message, field, reason) => {
    const refusal = refusalOf(message);
    expect(refusal.field).toBe(field);
    expect(refusal.reason).toMatch(reason);
  });

  test('and a message at its limits is taken', () => {
    expect(rowOf({ ...track, properties: nested(18) }).row.name).toBe('Order Completed');
    expect(rowOf({ ...track, properties: { text: 'x'.repeat(32_000) } }).row.name).toBe('Order Completed');
    expect(rowOf({ ...track, timestamp: '2026-11-23T09:59:59Z' }).row.at).toBe('2026-11-23 09:59:59.000');
  });
});
