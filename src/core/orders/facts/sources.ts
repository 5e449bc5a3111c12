import { LINES_ROW, ORDER_EVENTS } from '../vocabulary.ts';

/** SQL of what orders are made from: partial rows of files and order events, in one shape, each row once. */

const NAMES = Object.keys(ORDER_EVENTS);
const MILESTONES = Object.values(ORDER_EVENTS);
const quoted = (words: readonly string[]) => words.map((w) => `'${w}'`).join(', ');
export const NAMED = `name IN (${quoted(NAMES)})`;

/** Keys of an order event's properties that are columns of the order, or no property of it. */
const OWN_KEYS = [
  'order_id',
  'checkout_id',
  'products',
  'value',
  'total',
  'revenue',
  'currency',
  'status',
  'promised',
  'promised_at',
  'promised_delivery',
  'estimated_delivery',
  'estimated_delivery_date',
];

/** Whether a row is what lines say of their order. */
export const ofLines = (row: string) => `startsWith(${row}.row_key, '${LINES_ROW.replace('\n', '\\n')}')`;

/** Whether a key and its value, as JSON, are a property of an order. */
export const isProperty = (key: string, said: string) =>
  `${key} NOT IN (${quoted(OWN_KEYS)}) AND ${said} NOT IN ('null', '""') AND substring(${said}, 1, 1) NOT IN ('[', '{')`;

/** Where a promise stands in an event: the first of these that is there. */
const PROMISE_KEYS = ['promised', 'promised_at', 'promised_delivery', 'estimated_delivery', 'estimated_delivery_date'];

/** A number of the properties, whether written as a number or as text. */
const numberOf = (key: string) => `toDecimal64OrNull(trim(BOTH '"' FROM JSONExtractRaw(props, '${key}')), 4)`;

/** The days a promise may name. Beyond them the column would hold another day. */
const FIRST_DAY = "toDate32('1980-01-01')";
const LAST_DAY = "toDate32('2149-06-06')";

/** A day alone is that day; a time is the day it falls on in the workspace's zone, where it names no zone of its own. */
const DAY = `if(match(promise, '^\\\\d{4}-\\\\d{2}-\\\\d{2}$'), toDate32OrNull(promise),
  toDate32(parseDateTime64BestEffortOrNull(promise, 3, {zone:String}), {zone:String}))`;
const PROMISED = `if(promise_day BETWEEN ${FIRST_DAY} AND ${LAST_DAY}, toDate(promise_day), NULL)`;

const milestone = (name: string) =>
  `if(mark = '${name}', CAST(at, 'Nullable(DateTime64(3, ''UTC''))'), NULL) AS ${name}`;

/** The milestone a row tells last, for a row that says no status. */
const LAST_MILESTONE = `multiIf(
  returned IS NOT NULL, 'returned', cancelled IS NOT NULL, 'cancelled', delivered IS NOT NULL, 'delivered',
  shipped IS NOT NULL, 'shipped', placed IS NOT NULL, 'placed', '')`;

/** Where rows are read from. `without` is a condition that leaves a source out; `scope` one on `order_id`. */
export interface Reading {
  readonly scope: string;
  readonly without: string;
}

/** The current version of each row of the order files. */
function fileRows({ scope, without }: Reading): string {
  return `SELECT order_id, row_key, at, identity_no, user_id, placed, promised, shipped, delivered, cancelled, returned,
    if(status != '', lowerUTF8(status), ${LAST_MILESTONE}) AS status, value, payment, currency, channel, location_id, props
  FROM (
    SELECT * FROM order_rows
    WHERE workspace = {workspace:String} AND ${scope} AND ${without}
    ORDER BY order_id, row_key, version DESC, source DESC
    LIMIT 1 BY order_id, row_key
  )`;
}

/** Each order event as a partial row. An event's time is the time of what it tells. */
function eventRows({ scope, without }: Reading): string {
  return `SELECT order_id, toString(event_id) AS row_key, at, identity_no, user_id,
    ${milestone('placed')}, ${PROMISED} AS promised, ${milestone('shipped')}, ${milestone('delivered')},
    ${milestone('cancelled')}, ${milestone('returned')},
    if(name = 'Order Updated' AND JSONExtractString(props, 'status') != '', lowerUTF8(JSONExtractString(props, 'status')),
      if(mark = 'none', '', mark)) AS status,
    if(mark = 'placed' OR name = 'Order Updated',
      coalesce(value, ${numberOf('total')}, ${numberOf('revenue')}), NULL) AS value,
    if(name = 'Payment Completed', coalesce(events.value, ${numberOf('total')}), NULL) AS payment,
    currency, channel, location_id, props
  FROM (
    SELECT *, ${DAY} AS promise_day
    FROM (
      SELECT *, transform(name, [${quoted(NAMES)}], [${quoted(MILESTONES)}], 'none') AS mark,
        coalesce(${PROMISE_KEYS.map((k) => `nullIf(JSONExtractString(props, '${k}'), '')`).join(', ')}, '') AS promise
      FROM v_events
      WHERE workspace = {workspace:String} AND ${NAMED} AND order_id != '' AND ${scope} AND ${without}
    )
  ) AS events`;
}

/**
 * All partial rows with their rank within their order, 1 the first to be heard: the later, then the larger payment, then the
 * smaller key. No version takes part, so that the order of loading decides nothing between different rows.
 */
export function rankedRows(reading: Reading): string {
  return `SELECT *, row_number() OVER (
      PARTITION BY order_id ORDER BY at DESC, coalesce(payment, -1) DESC, row_key) AS rank
  FROM (${fileRows(reading)} UNION ALL ${eventRows(reading)})`;
}

/** Properties that the ranked rows themselves say, as pairs of key and JSON: per key the first heard that says something. */
export function saidProps(ranked: string): string {
  return `SELECT order_id AS id, groupArray((key, said)) AS own
  FROM (
    SELECT order_id, pair.1 AS key, argMin(pair.2, rank) AS said
    FROM (
      SELECT order_id, rank, arrayJoin(JSONExtractKeysAndValuesRaw(props)) AS pair
      FROM ${ranked} AS r
      WHERE props NOT IN ('', '{}') AND NOT ${ofLines('r')}
    )
    WHERE ${isProperty('key', 'pair.2')}
    GROUP BY order_id, key
  )
  GROUP BY order_id`;
}

/** One JSON object, keys sorted, of the pairs that rows said and of those of `agreed` under keys that no row named. */
export function propsObject(own: string, agreed: string): string {
  const others = `arrayFilter(x -> ${isProperty('x.1', 'x.2')} AND NOT has(tupleElement(${own}, 1), x.1), ${agreed})`;
  const members = `arrayMap(x -> concat(toJSONString(x.1), ':', x.2), arrayConcat(${own}, ${others}))`;
  return `concat('{', arrayStringConcat(arraySort(${members}), ','), '}')`;
}

/** Ids of the orders a source (`{source:String}`) speaks of. */
export const ORDERS_OF_SOURCE = `
  SELECT order_id FROM order_rows WHERE workspace = {workspace:String} AND source = {source:String}
  UNION ALL
  SELECT order_id FROM order_items WHERE workspace = {workspace:String} AND source = {source:String}
  UNION ALL
  SELECT order_id FROM v_events
  WHERE workspace = {workspace:String} AND source = {source:String} AND ${NAMED} AND order_id != ''`;

/** Ids of all orders anything speaks of, or that stand already. */
export const ALL_ORDERS = `
  SELECT order_id FROM order_rows WHERE workspace = {workspace:String}
  UNION ALL
  SELECT order_id FROM order_items WHERE workspace = {workspace:String}
  UNION ALL
  SELECT order_id FROM v_events WHERE workspace = {workspace:String} AND ${NAMED} AND order_id != ''
  UNION ALL
  SELECT order_id FROM orders WHERE workspace = {workspace:String}`;
