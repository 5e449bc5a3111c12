import { z } from 'zod';
import type { FactsAddress, OpenedFacts } from './facts.ts';
import type { FactsMigration } from './ports.ts';

/**
 * Facts on several servers (decisions/0011). On each, the tables with rows lie in a database of their own, and in that of
 * the address stand `Distributed` tables of the same names with the views and dictionaries over them: whoever reads or
 * inserts does not see that there is more than one.
 */
export interface ShardNode {
  readonly front: OpenedFacts;
  readonly local: OpenedFacts;
  /** Which part of the rows it has. */
  readonly part: number;
}

/**
 * An insert returns when every server has its part, and always parts its rows anew: a server that read its own part of
 * another table would keep it. In joins and `IN`, each server asks all others.
 */
export const SHARD_SETTINGS = {
  distributed_foreground_insert: 1,
  distributed_product_mode: 'allow',
  parallel_distributed_insert_select: 0,
} as const;

/** What no `Distributed` table can do is done on the tables behind it. */
const ON_ROWS = /^\s*(ALTER|DELETE|TRUNCATE|OPTIMIZE)\b/i;
const ON_EVERY_NODE = /^\s*SYSTEM\b/i;
const MAKES_TABLE = /\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?`?(\w+)/gi;
/** Of a migration, what stands in front of the tables with rows. */
const IN_FRONT = /^\s*(CREATE|DROP)\s+(OR\s+REPLACE\s+)?(VIEW|DICTIONARY)\b/i;

export function quotedText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function quotedName(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

/** Whether a statement of a migration is about what stands in front, rather than about the tables with rows. */
export function isInFront(statement: string): boolean {
  return IN_FRONT.test(statement);
}

/** The addresses of a server: of the database in front and of the one with the rows. */
export interface NodeAddress {
  readonly front: FactsAddress;
  readonly local: FactsAddress;
  /** Which part of the rows it has. Servers with the same part are replicas of one another. */
  readonly part: number;
}

/** The addresses of each server, in their order. */
export function nodesOf(address: FactsAddress): NodeAddress[] {
  const { shards, ...rest } = address;
  return (shards?.urls ?? [address.url]).map((url, i) => {
    const front = { ...rest, url };
    return { front, local: { ...front, database: `${address.database}_local` }, part: shards?.parts?.[i] ?? i };
  });
}

/** Servers by the part of the rows that they have: in each list replicas, in their order. */
export function partedOf<T extends { readonly part: number }>(nodes: readonly T[]): T[][] {
  const parts = new Map<number, T[]>();
  for (const node of nodes) parts.set(node.part, [...(parts.get(node.part) ?? []), node]);
  return [...parts.values()];
}

export type Shards = NonNullable<FactsAddress['shards']>;

/** @param open opens one server */
export function openShards(address: FactsAddress, open: (one: FactsAddress) => OpenedFacts): OpenedFacts {
  const nodes = nodesOf(address).map(({ front, local, part }) => ({ front: open(front), local: open(local), part }));
  const [first] = nodes;
  if (first === undefined) throw new Error('CLICKHOUSE_URL names no server.');
  const { front } = first;
  return {
    ...front,
    address,
    nodes,
    servers: nodes.flatMap((node) => node.local.servers),
    command: async (sql, params, options) => {
      if (ON_ROWS.test(sql)) await Promise.all(nodes.map((n) => n.local.command(sql, params, options)));
      else if (ON_EVERY_NODE.test(sql)) await Promise.all(nodes.map((n) => n.front.command(sql, params, options)));
      else await front.command(sql, params, options);
    },
    ping: async () => {
      await Promise.all(nodes.map((n) => n.front.ping()));
    },
    close: async () => {
      await Promise.all(nodes.flatMap((n) => [n.front.close(), n.local.close()]));
    },
  };
}

const laidRow = z.object({ name: z.string(), engine: z.string(), comment: z.string() });

/** The tables that migrations make. What else lies in a database is somebody else's. */
export function tablesOf(migrations: readonly FactsMigration[]): Set<string> {
  return new Set(migrations.flatMap(({ sql }) => [...sql.matchAll(MAKES_TABLE)].map(([, name = '']) => name)));
}

/**
 * Throws in words where a database was laid for another number of servers: a row goes by the hash of its key to one of so
 * many, and what stands in front of rows that were never parted would take their place.
 * @param tables the names of ours
 */
export async function refuseOtherNumber(
  front: OpenedFacts,
  wanted: number,
  tables: ReadonlySet<string>,
): Promise<void> {
  const { url, database } = front.address;
  const laid = await front.query(
    laidRow,
    `SELECT name, engine, comment FROM system.tables
     WHERE database = currentDatabase() AND (engine LIKE '%MergeTree' OR engine = 'Distributed')`,
  );
  for (const { name, engine, comment } of laid) {
    if (!tables.has(name)) continue;
    // One that was not laid here says nothing of a number.
    if (engine === 'Distributed' && !/^[1-9][0-9]*$/.test(comment)) continue;
    const of = engine === 'Distributed' ? Number(comment) : 1;
    if (of === wanted) continue;
    throw new Error(
      `The facts in the database ${database} of ClickHouse at ${new URL(url).host} lie on ${of} ${of === 1 ? 'server' : 'servers'}, and CLICKHOUSE_URL names ${wanted}. Name as many as before; to have more or fewer, restore a backup into empty databases of those servers.`,
    );
  }
}

const memberRow = z.object({ shards: z.coerce.number(), members: z.coerce.number() });
const answeringRow = z.object({ n: z.coerce.number() });

/** Throws in words where the servers of an address do not know one another as the cluster that it names. */
export async function refuseOtherCluster(
  shards: Shards,
  nodes: readonly ShardNode[],
  tables: ReadonlySet<string>,
): Promise<void> {
  const { cluster, urls } = shards;
  for (const { front } of nodes) {
    await refuseOtherNumber(front, urls.length, tables);
    const { host } = new URL(front.address.url);
    const [found] = await front.query(
      memberRow,
      'SELECT uniqExact(shard_num) AS shards, count() AS members FROM system.clusters WHERE cluster = {cluster:String}',
      { cluster },
    );
    if (found === undefined || found.members === 0) {
      throw new Error(
        `ClickHouse at ${host} knows no cluster ${cluster}: name all servers of CLICKHOUSE_URL in its remote_servers, each a shard.`,
      );
    }
    if (found.members > found.shards) {
      throw new Error(
        `The cluster ${cluster} of ClickHouse at ${host} has several replicas of a shard. Touchstone's tables are not replicated: name one server for each shard.`,
      );
    }
    if (found.shards !== urls.length) {
      throw new Error(
        `The cluster ${cluster} of ClickHouse at ${host} has ${found.shards} shards, and CLICKHOUSE_URL names ${urls.length} servers: name the same in both.`,
      );
    }
    const [answering] = await front.query(
      answeringRow,
      `SELECT count() AS n FROM cluster({cluster:String}, system.one)`,
      {
        cluster,
      },
    );
    if (answering?.n !== urls.length)
      throw new Error(`Not all servers of the cluster ${cluster} answer that at ${host}.`);
  }
}

const tableRow = z.object({ name: z.string(), sorting_key: z.string(), by_order: z.coerce.number() });

/**
 * Puts a `Distributed` table before each table with rows, anew at every start so that it has the columns of today. What is
 * known of one order lies together, since answers learn from orders whose they are; all else by its sorting key, since
 * of rows that replace one another all have to meet.
 */
export async function layDistributed({ front, local }: ShardNode, shards: Shards): Promise<void> {
  const tables = await local.query(
    tableRow,
    `SELECT name, sorting_key,
       (SELECT count() FROM system.columns AS c WHERE c.database = currentDatabase() AND c.table = t.name AND c.name = 'order_id') AS by_order
     FROM system.tables AS t
     WHERE t.database = currentDatabase() AND engine LIKE '%MergeTree' AND name != 'schema_migrations'`,
  );
  for (const { name, sorting_key: key, by_order: byOrder } of tables) {
    const own = `cityHash64(${key})`;
    const shard = byOrder > 0 ? `if(order_id = '', ${own}, cityHash64(workspace, order_id))` : own;
    const { database } = local.address;
    const of = [shards.cluster, database, name].map(quotedText).join(', ');
    await front.command(
      `CREATE OR REPLACE TABLE ${quotedName(name)} AS ${quotedName(database)}.${quotedName(name)} ENGINE = Distributed(${of}, ${shard}) COMMENT '${shards.urls.length}'`,
    );
  }
}
