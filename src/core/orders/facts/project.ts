import { z } from 'zod';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import { idLists } from '../../../platform/stores/id-lists.ts';
import { amountOf, boughtItems } from './items.ts';
import { OF_LINES, propsObject, rankedRows, SAID_PROPS, spokenOf, standing } from './sources.ts';

/** Ids of the orders a source (`{source:String}`) speaks of; and of all orders, spoken of or standing. */
const ORDERS_OF_SOURCE = spokenOf('source = {source:String}');
const ALL_ORDERS = `${spokenOf('1')} UNION ALL ${standing('1')}`;

/** Orders made in one statement: keeps its memory flat. */
const BUCKET_ORDERS = 200_000;

/** The catalogue's rules as expressions over the columns of `orders`. */
export interface OrderRules {
  readonly version: number;
  readonly touchpoint: string;
  readonly stage: string;
  readonly params: FactsParams;
}

export interface Projection {
  readonly workspaceId: string;
  readonly zone: string;
  readonly rules: OrderRules;
  /** A source that is read as if it were gone. */
  readonly without?: string;
}

const COLUMNS = `workspace, order_id, identity_no, user_id, placed, promised, shipped, delivered, cancelled, returned, status,
  value, currency, items, categories, props, channel, location_id, touchpoint, stage, rules_version, version, deleted`;

const heard = (column: string, said: string) => `argMinIf(r.${column}, rank, ${said}) AS ${column}`;
const known = (column: string) => `argMinIf(r.${column}, rank, r.${column} IS NOT NULL) AS ${column}`;
const spoken = (column: string) => heard(column, `r.${column} != ''`);

/**
 * Makes the orders of a scope anew, and marks those of which nothing speaks any more as deleted. One statement, in which each
 * source stands as seldom as can be: for a drained batch most of its time goes into analysing it.
 */
function statement(scope: string, without: string, rules: OrderRules): string {
  const reading = { scope, without };
  return `INSERT INTO orders (${COLUMNS})
  SELECT {workspace:String} AS workspace, order_id, identity_no, user_id, placed, promised, shipped, delivered, cancelled,
    returned, status, value, currency, items, categories, props, channel, location_id,
    if(deleted = 1, '', ${rules.touchpoint}) AS touchpoint, if(deleted = 1, '', ${rules.stage}) AS stage,
    {rulesVersion:UInt32} AS rules_version, {version:UInt64} AS version, deleted
  FROM (
    SELECT ids.order_id AS order_id, m.identity_no AS identity_no, m.user_id AS user_id, m.placed AS placed, m.promised AS promised,
      m.shipped AS shipped, m.delivered AS delivered, m.cancelled AS cancelled, m.returned AS returned, m.status AS status,
      coalesce(m.value, m.paid, if(b.priced > 0, b.worth, NULL)) AS value, m.currency AS currency,
      b.items AS items, b.categories AS categories, ${propsObject('m.own', 'if(m.lined = 1, b.agreed, [])')} AS props,
      m.channel AS channel, m.location_id AS location_id, toUInt8(m.id = '' AND b.id = '') AS deleted
    FROM (
      SELECT DISTINCT order_id
      FROM (${spokenOf(`${scope} AND ${without}`)} UNION ALL ${standing(scope)})
    ) AS ids
    LEFT ANY JOIN (
      SELECT order_id AS id, ${heard('identity_no', 'r.identity_no != 0')}, ${spoken('user_id')}, ${known('placed')},
        ${known('promised')}, ${known('shipped')}, ${known('delivered')}, ${known('cancelled')}, ${known('returned')},
        ${spoken('status')}, ${known('value')}, ${amountOf('sum(r.payment)')} AS paid, ${spoken('currency')}, ${spoken('channel')},
        ${spoken('location_id')}, max(${OF_LINES}) AS lined, ${SAID_PROPS} AS own
      FROM (${rankedRows(reading)}) AS r
      GROUP BY order_id
    ) AS m ON ids.order_id = m.id
    LEFT ANY JOIN (${boughtItems(reading)}) AS b ON ids.order_id = b.id
  )`;
}

const countRow = z.object({ n: z.coerce.number() });
const nowRow = z.object({ now: z.string() });

/**
 * The version of a projection that begins now. Taken before its sources are read: of two projections of one order the one
 * with the greater version has read all that the other had.
 */
async function beginVersion(facts: Facts): Promise<string> {
  const [row] = await facts.query(nowRow, 'SELECT toString(toUnixTimestamp64Nano(now64(9))) AS now');
  if (row === undefined) throw new Error('The facts store did not tell its time.');
  return row.now;
}

async function run(facts: Facts, scope: string, params: FactsParams, projection: Projection): Promise<void> {
  const { workspaceId, zone, rules, without } = projection;
  const left = without === undefined ? '1' : 'source != {without:String}';
  await facts.command(
    statement(scope, left, rules),
    {
      ...rules.params,
      ...params,
      ...(without === undefined ? {} : { without }),
      workspace: workspaceId,
      zone,
      rulesVersion: rules.version,
      version: await beginVersion(facts),
    },
    // Compiling a statement of this size takes longer than running it for a batch.
    { settings: { compile_expressions: 0 } },
  );
}

/** Makes these orders anew. */
export async function projectIds(facts: Facts, orderIds: readonly string[], projection: Projection): Promise<void> {
  for (const ids of idLists(orderIds.filter((id) => id !== ''))) {
    await run(facts, 'order_id IN {ids:Array(String)}', { ids }, projection);
  }
}

/** Parts of the work that are done, of how many. */
export type OnPart = (done: number, of: number) => void;

async function projectBuckets(
  facts: Facts,
  ids: string,
  params: FactsParams,
  projection: Projection,
  onPart: OnPart = () => undefined,
): Promise<void> {
  const [counted] = await facts.query(countRow, `SELECT uniq(order_id) AS n FROM (${ids})`, {
    ...params,
    workspace: projection.workspaceId,
  });
  const buckets = Math.ceil((counted?.n ?? 0) / BUCKET_ORDERS);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const part = `cityHash64(order_id) % {buckets:UInt64} = {bucket:UInt64}`;
    const scope = ids === ALL_ORDERS ? part : `${part} AND order_id IN (${ids})`;
    await run(facts, scope, { ...params, buckets, bucket }, projection);
    onPart(bucket + 1, buckets);
  }
}

/** Makes all orders of the workspace anew. */
export function projectAll(facts: Facts, projection: Projection, onPart?: OnPart): Promise<void> {
  return projectBuckets(facts, ALL_ORDERS, {}, projection, onPart);
}

/** Makes the orders anew that a source speaks of; all of them where it brought products, which any order may hold. */
export async function projectSource(facts: Facts, source: string, projection: Projection): Promise<void> {
  const [brought] = await facts.query(
    countRow,
    'SELECT count() AS n FROM products WHERE workspace = {workspace:String} AND source = {source:String}',
    { workspace: projection.workspaceId, source },
  );
  if ((brought?.n ?? 0) > 0) return projectAll(facts, projection);
  return projectBuckets(facts, ORDERS_OF_SOURCE, { source }, projection);
}
