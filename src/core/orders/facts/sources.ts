import { LINES_ROW, ORDER_EVENTS, PROMISE_KEYS } from '../vocabulary.ts';

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
  ...PROMISE_KEYS,
];

/** Whether a row is what lines say of their order. */
export const OF_LINES = `startsWith(row_key, '${LINES_ROW.replace('\n', '\\n')}')`;

/** Whether a key and its value, as JSON, are a property of an order. */
const isProperty = (key: string, said: string) =>
  `${key} NOT IN (${quoted(OWN_KEYS)}) AND ${said} NOT IN ('null', '""') AND substring(${said}, 1, 1) NOT IN ('[', '{')`;

/** What an object says as properties of an order: pairs of key and JSON. */
const pairsOf = (object: string) =>
  `arrayFilter(x -> ${isProperty('x.1', 'x.2')}, JSONExtractKeysAndValuesRaw(${object}))`;

/** A number of the properties, whether written as a number or as text. */
const numberOf = (key: string) => `toDecimal64OrNull(trim(BOTH '"' FROM JSONExtractRaw(props, '${key}')), 4)`;

/** The days a promise may name. Beyond them the column would hold another day. */
const FIRST_DAY = "toDate32('1980-01-01')";
const LAST_DAY = "toDate32('2149-06-06')";

/**
 * A day alone is that day, where there is such a day: the store reads the 30th of February as the 2nd of March. A time is the day
 * it falls on in the workspace's zone, where it names no zone of its own.
 */
const DAY = `if(match(promise, '^\\\\d{4}-\\\\d{2}-\\\\d{2}$'),
  if(toString(toDate32OrNull(promise)) = promise, toDate32OrNull(promise), NULL),
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

/** The current version of each row of the order files. What lines say of their order are no properties of the row's own. */
function fileRows({ scope, without }: Reading): string {
  return `SELECT order_id, row_key, at, identity_no, user_id, placed, promised, shipped, delivered, cancelled, returned,
    if(status != '', lowerUTF8(status), ${LAST_MILESTONE}) AS status, value, payment, currency, channel, location_id,
    if(${OF_LINES}, [], ${pairsOf('props')}) AS said
  FROM (
    SELECT * FROM order_rows
    WHERE workspace = {workspace:String} AND ${scope} AND ${without}
    ORDER BY order_id, row_key, version DESC, source DESC
    LIMIT 1 BY order_id, row_key
  )`;
}

/** Each level names them: analysing a statement takes longer than running it for a batch, and every column has its part. */
const EVENT_COLUMNS =
  'order_id, event_id, name, at, identity_no, user_id, value, currency, channel, location_id, props';

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
    currency, channel, location_id, ${pairsOf('props')} AS said
  FROM (
    SELECT ${EVENT_COLUMNS}, mark, ${DAY} AS promise_day
    FROM (
      SELECT ${EVENT_COLUMNS}, transform(name, [${quoted(NAMES)}], [${quoted(MILESTONES)}], 'none') AS mark,
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

/** Properties that the rows of an order say, an aggregate of `ranked`: per key the first heard. */
export const SAID_PROPS = `arrayFilter((x, nth) -> nth = 1,
  arrayFlatten(tupleElement(arraySort(groupArray((rank, said))), 2)) AS pairs,
  arrayEnumerateUniq(tupleElement(pairs, 1)))`;

/** One JSON object, keys sorted, of the pairs that rows said and of those of `agreed` under keys that no row named. */
export function propsObject(own: string, agreed: string): string {
  const others = `arrayFilter(x -> ${isProperty('x.1', 'x.2')} AND NOT has(tupleElement(${own}, 1), x.1), ${agreed})`;
  const members = `arrayMap(x -> concat(toJSONString(x.1), ':', x.2), arrayConcat(${own}, ${others}))`;
  return `concat('{', arrayStringConcat(arraySort(${members}), ','), '}')`;
}

/** Ids of the orders that anything speaks of, under a condition that all of it is asked. */
export function spokenOf(condition: string): string {
  return `
  SELECT order_id FROM order_rows WHERE workspace = {workspace:String} AND ${condition}
  UNION ALL
  SELECT order_id FROM order_items WHERE workspace = {workspace:String} AND ${condition}
  UNION ALL
  SELECT order_id FROM v_events WHERE workspace = {workspace:String} AND ${NAMED} AND order_id != '' AND ${condition}`;
}

/** Ids of orders that stand, made of something or not any more. */
export function standing(condition: string): string {
  return `SELECT order_id FROM orders WHERE workspace = {workspace:String} AND ${condition}`;
}
