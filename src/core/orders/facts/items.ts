import { NAMED, type Reading } from './sources.ts';

const textOf = (key: string) => `trim(BOTH '"' FROM JSONExtractRaw(product, '${key}'))`;
const numberOf = (key: string) => `toDecimal64OrNull(${textOf(key)}, 4)`;

/** One row per product: per field the first word of any row, in the alphabet, so that the order of loading decides nothing. */
function products(without: string): string {
  return `SELECT product_id AS id, minIf(p.name, p.name != '') AS product_name, minIf(p.category, p.category != '') AS product_category
  FROM (
    SELECT * FROM products
    WHERE workspace = {workspace:String} AND ${without}
    ORDER BY product_id, row_key, version DESC, source DESC
    LIMIT 1 BY product_id, row_key
  ) AS p
  GROUP BY product_id`;
}

/** What stands in item files, each row's current version. */
function fileLines({ scope, without }: Reading): string {
  return `SELECT order_id, row_key AS line, product_id, name, category, quantity, price, freight, props, 0 AS origin
  FROM (
    SELECT * FROM order_items
    WHERE workspace = {workspace:String} AND ${scope} AND ${without}
    ORDER BY order_id, row_key, version DESC, source DESC
    LIMIT 1 BY order_id, row_key
  )`;
}

/** What the last order event that lists products lists. */
function eventLines({ scope, without }: Reading): string {
  return `SELECT order_id, leftPad(toString(nth), 6, '0') AS line, ${textOf('product_id')} AS product_id,
    ${textOf('name')} AS name, ${textOf('category')} AS category,
    coalesce(${numberOf('quantity')}, toDecimal64(1, 4)) AS quantity, ${numberOf('price')} AS price,
    CAST(NULL, 'Nullable(Decimal(18, 4))') AS freight, '' AS props, 1 AS origin
  FROM (
    SELECT order_id, product, nth
    FROM (
      SELECT order_id, JSONExtractArrayRaw(props, 'products') AS listed
      FROM v_events
      WHERE workspace = {workspace:String} AND ${NAMED} AND order_id != '' AND ${scope} AND ${without}
        AND JSONLength(props, 'products') > 0
      ORDER BY order_id, at DESC, event_id
      LIMIT 1 BY order_id
    )
    ARRAY JOIN listed AS product, arrayEnumerate(listed) AS nth
  )`;
}

/** The lines of orders: from item files where there are any, else from events. A product's own name and category stand first. */
export function orderLines(reading: Reading): string {
  return `SELECT order_id, line, product_id, if(p.product_name != '', p.product_name, i.name) AS named,
    if(p.product_category != '', p.product_category, i.category) AS kind, quantity, price, freight, i.props AS props
  FROM (
    SELECT *, min(origin) OVER (PARTITION BY order_id) AS best FROM (${fileLines(reading)} UNION ALL ${eventLines(reading)})
  ) AS i
  LEFT ANY JOIN (${products(reading.without)}) AS p ON i.product_id = p.id
  WHERE origin = best`;
}

/** A sum as an amount of money; NULL where it is more than one holds: an error would keep every other order from being made. */
export const amountOf = (sum: string) => `toDecimal64OrNull(toString(${sum}), 4)`;

/** Per order: pieces, categories, what its lines add up to, and the properties that every one of them has. */
export function boughtItems(reading: Reading): string {
  return `SELECT order_id AS id, toUInt32(least(greatest(round(sum(quantity)), 0), 4294967295)) AS items,
    arraySort(groupUniqArrayIf(kind, kind != '')) AS categories,
    ${amountOf('sum(toDecimal128(coalesce(price, 0), 4) * quantity + coalesce(freight, 0))')} AS worth,
    countIf(price IS NOT NULL) AS priced, groupArrayIntersect(JSONExtractKeysAndValuesRaw(props)) AS agreed
  FROM (${orderLines(reading)})
  GROUP BY order_id`;
}
