import { Readable } from 'node:stream';
import { z } from 'zod';
import { StoreAway } from './away.ts';
import type { FactsAddress, OpenedFacts } from './facts.ts';
import type { FactsMigration, FactsOptions } from './ports.ts';
import { isDoneWithoutThoseAway, isTooFew, onThose, Standing } from './replicas.ts';

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

/**
 * Where shards have replicas, all statements ask the same of them as long as it answers, and an insert is done when most
 * have its rows: what was written is there for whoever reads next, also when a replica is lost.
 */
export const REPLICA_SETTINGS = {
  ...SHARD_SETTINGS,
  load_balancing: 'in_order',
  prefer_localhost_replica: 0,
} as const;
const QUORUM = { insert_quorum: 'auto', insert_quorum_timeout: 30_000 } as const;
/** How long nobody asks again for more replicas than are there. */
const TOO_FEW_MS = 60_000;

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

/** Of how many servers each has other rows. */
export function partsIn({ parts, urls }: Shards): number {
  return parts === undefined ? urls.length : new Set(parts).size;
}

export function hasReplicas({ shards }: FactsAddress): boolean {
  return shards !== undefined && partsIn(shards) < shards.urls.length;
}

/** @param open opens one server */
export function openShards(address: FactsAddress, open: (one: FactsAddress) => OpenedFacts): OpenedFacts {
  const nodes = nodesOf(address).map(({ front, local, part }) => ({ front: open(front), local: open(local), part }));
  const [first] = nodes;
  if (first === undefined) throw new Error('CLICKHOUSE_URL names no server.');
  const replicated = hasReplicas(address);
  const parts = partedOf(nodes);
  const fronts = new Standing(replicated ? nodes.map((n) => n.front) : [first.front]);
  const holders = parts.map((part) => new Standing(part.map((n) => n.local)));
  const write = replicated ? writer(fronts) : null;
  const { settle, toEach } = owing(parts);
  return {
    ...first.front,
    address,
    nodes,
    servers: nodes.flatMap((node) =>
      node.local.servers.map((server) => ({
        ...server,
        part: node.part,
        ping: async () => {
          await server.ping();
          await settle(node);
        },
      })),
    ),
    query: (...of) => fronts.first((front) => front.query(...of)),
    bytes: (...of) => fronts.first((front) => front.bytes(...of)),
    stream: (...of) => streamFrom(fronts, (front) => front.stream(...of)),
    insert: async (table, rows, options = {}) => {
      if (write === null) return first.front.insert(table, rows, options);
      const put = (front: OpenedFacts, quorum: object): Promise<void> =>
        front.insert(table, rows, { ...options, settings: { ...quorum, ...options.settings } });
      return write(put, rows instanceof Readable);
    },
    command: async (sql, params, options) => {
      const onRows = (one: OpenedFacts): Promise<void> =>
        one.command(sql, params, replicated ? onAllReplicas(options) : options).catch((error: unknown) => {
          if (!isDoneWithoutThoseAway(error)) throw error;
        });
      if (ON_ROWS.test(sql)) await Promise.all(holders.map((holder) => holder.first(onRows)));
      else if (ON_EVERY_NODE.test(sql)) await toEach(sql);
      else if (write === null) await first.front.command(sql, params, options);
      else {
        const settings = options?.settings;
        const put = (front: OpenedFacts, quorum: object): Promise<void> =>
          front.command(sql, params, { ...options, settings: { ...quorum, ...settings } });
        await write(put, false);
      }
    },
    ping: async () => {
      await Promise.all(parts.map((part) => onThose(part, (n) => n.front.query(oneRow, 'SELECT 1 AS one'))));
    },
    close: async () => {
      await Promise.all(nodes.flatMap((n) => [n.front.close(), n.local.close()]));
    },
  };
}

async function* streamFrom<T>(
  fronts: Standing<OpenedFacts>,
  begin: (front: OpenedFacts) => AsyncIterable<T>,
): AsyncIterable<T> {
  const order = fronts.order();
  for (const [i, front] of order.entries()) {
    let begun = false;
    try {
      for await (const rows of begin(front)) {
        begun = true;
        yield rows;
      }
      return;
    } catch (error) {
      // What was handed out is handed out: nobody else can go on.
      fronts.missed(front, error, begun || i === order.length - 1);
    }
  }
}

/**
 * What is written is done when most replicas have it; where fewer are there, when those have it.
 * @param work writes with these settings; it may be done twice, unless what it reads is read once
 */
function writer(fronts: Standing<OpenedFacts>) {
  let fewUntil = 0;
  return async (work: (front: OpenedFacts, quorum: object) => Promise<void>, once: boolean): Promise<void> => {
    const put = (quorum: object): Promise<void> => {
      const [front] = fronts.order();
      if (!once || front === undefined) return fronts.first((one) => work(one, quorum));
      return work(front, quorum).catch((error: unknown) => fronts.missed(front, error, true));
    };
    try {
      await put(performance.now() < fewUntil ? {} : QUORUM);
    } catch (error) {
      if (!isTooFew(error)) throw error;
      fewUntil = performance.now() + TOO_FEW_MS;
      // Whoever made it has to try again.
      if (once) throw new StoreAway('A replica', error);
      await put({});
    }
  };
}

/** All replicas have changed their rows before it is told that they are. */
function onAllReplicas(options: FactsOptions = {}): FactsOptions {
  const { mutations_sync: waits } = options.settings ?? {};
  return waits === 1 ? { ...options, settings: { ...options.settings, mutations_sync: 2 } } : options;
}

/** What every server has to do: one that is away, while a replica of it is there, owes it until it answers again. */
function owing(parts: readonly (readonly ShardNode[])[]) {
  const owed = new Map<ShardNode, Set<string>>();
  return {
    settle: async (node: ShardNode): Promise<void> => {
      for (const sql of owed.get(node) ?? []) {
        await node.front.command(sql);
        owed.get(node)?.delete(sql);
      }
    },
    toEach: async (sql: string): Promise<void> => {
      const done = (node: ShardNode): Promise<void> => node.front.command(sql);
      const answered = (await Promise.all(parts.map((part) => onThose(part, done)))).flat();
      for (const node of parts.flat()) {
        if (!answered.includes(node)) owed.set(node, (owed.get(node) ?? new Set()).add(sql));
      }
    },
  };
}

const oneRow = z.object({ one: z.coerce.number() });

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
      `CREATE OR REPLACE TABLE ${quotedName(name)} AS ${quotedName(database)}.${quotedName(name)} ENGINE = Distributed(${of}, ${shard}) COMMENT '${partsIn(shards)}'`,
    );
  }
}
