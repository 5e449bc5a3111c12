import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { Sum } from './dump-records.ts';
import type { FactsAddress } from './facts.ts';
import { ownEngine } from './replicas.ts';
import { hasReplicas, nodesOf, partedOf, REPLICA_SETTINGS, SHARD_SETTINGS } from './shards.ts';

/** A table of the facts store. */
export interface FactsTable {
  readonly name: string;
  /** Rows that others replaced stand there until they are merged away: they are left out. */
  readonly replaced?: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

const COPY = 'backup_of_';
/** Hours: a large table takes long, and a slow disk longer. */
const LONG_MS = 12 * 3_600_000;
/** For a server that can be done without. */
const PING_MS = 10_000;
/** A sum of hashes wraps around there, as it does in ClickHouse. */
const UINT64 = 2n ** 64n;

const tableRow = z.object({ name: z.string(), engine: z.string() });
const madeRow = z.object({ full: z.string() });
const named = z.object({ name: z.string() });
const columnRow = z.object({ name: z.string(), type: z.string() });
const sumRow = z.object({ rows: z.coerce.number(), hash: z.coerce.bigint() });

function quoted(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

function from({ name, replaced }: FactsTable, held: boolean): string {
  return `${quoted(held ? COPY + name : name)}${replaced === true ? ' FINAL' : ''}`;
}

function clientOf(address: FactsAddress, settings: Record<string, string | number>): ClickHouseClient {
  return createClient({
    url: address.url,
    username: address.user,
    password: address.password,
    database: address.database,
    application: 'touchstone backup',
    request_timeout: LONG_MS,
    clickhouse_settings: {
      session_timezone: 'UTC',
      // What goes wrong amid a stream breaks the connection instead of standing among the rows.
      http_write_exception_in_output_format: 0,
      wait_end_of_query: 0,
      ...settings,
    },
    log: { level: ClickHouseLogLevel.OFF },
  });
}

async function rowsOf<T>(
  client: ClickHouseClient,
  row: z.ZodType<T>,
  sql: string,
  params: Record<string, string> = {},
): Promise<T[]> {
  const result = await client.query({ query: sql, format: 'JSONEachRow', query_params: params });
  return z.array(row).parse(await result.json());
}

async function command(client: ClickHouseClient, sql: string): Promise<void> {
  await client.command({ query: sql, clickhouse_settings: { wait_end_of_query: 1 } });
}

async function answering(replicas: readonly ClickHouseClient[]): Promise<ClickHouseClient> {
  let failure: unknown = new Error('There is no server.');
  for (const client of replicas) {
    const pinged = await client.ping({ select: true });
    if (pinged.success) return client;
    failure = pinged.error;
  }
  throw failure;
}

async function answeringOf(clients: readonly ClickHouseClient[]): Promise<ClickHouseClient[]> {
  const pinged = await Promise.all(
    clients.map((client) => client.ping({ select: true, abort_signal: AbortSignal.timeout(PING_MS) })),
  );
  return clients.filter((_, i) => pinged[i]?.success === true);
}

/**
 * Reads the tables of ClickHouse as they stood at one moment, or fills those of an empty store. Of several servers each
 * holds and tells its own rows, of replicas one for all; rows that are put in are parted anew, so that they may come from
 * any number of servers.
 */
export class FactsDump {
  /** Where rows are put in: each server in front, the first unless it is away. */
  readonly #fronts: readonly ClickHouseClient[];
  /** Where rows lie, for each part of them the servers that have it. */
  readonly #parts: readonly (readonly ClickHouseClient[])[];
  #holders: Promise<ClickHouseClient[]> | undefined;
  readonly #several: boolean;
  readonly #replicated: boolean;

  constructor(address: FactsAddress) {
    this.#several = address.shards !== undefined;
    this.#replicated = hasReplicas(address);
    const settings = this.#replicated ? REPLICA_SETTINGS : this.#several ? SHARD_SETTINGS : {};
    this.#fronts = nodesOf(address).map(({ front }) => clientOf(front, settings));
    this.#parts = this.#several
      ? partedOf(nodesOf(address)).map((nodes) => nodes.map(({ local }) => clientOf(local, settings)))
      : [this.#fronts];
  }

  /** One for each part of the rows, the same from the first use on. */
  #who(): Promise<ClickHouseClient[]> {
    this.#holders ??= Promise.all(this.#parts.map(answering));
    return this.#holders;
  }

  /** All have the same tables and the same schema. */
  async #first(): Promise<ClickHouseClient> {
    const [first] = await this.#who();
    if (first === undefined) throw new Error('There is no server.');
    return first;
  }

  /** Every table that keeps rows. Throws in words where they are spread by somebody else. */
  async tables(): Promise<FactsTable[]> {
    const first = await this.#first();
    const found = await rowsOf(
      first,
      tableRow,
      `SELECT name, engine FROM system.tables
       WHERE database = currentDatabase() AND (engine LIKE '%MergeTree' OR engine = 'Distributed')
         AND name != 'schema_migrations' AND NOT startsWith(name, '${COPY}') ORDER BY name`,
    );
    const spread = found.find((t) => t.engine === 'Distributed');
    if (spread !== undefined) {
      throw new Error(
        `${spread.name} is spread over several servers: name all of them in CLICKHOUSE_URL, as docs/scale.md says.`,
      );
    }
    const tables: FactsTable[] = [];
    for (const { name, engine } of found) {
      const columns = await rowsOf(
        first,
        columnRow,
        `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {name:String}
           AND default_kind NOT IN ('ALIAS', 'MATERIALIZED', 'EPHEMERAL') ORDER BY position`,
        { name },
      );
      tables.push({ name, columns, replaced: /Replacing|Collapsing/.test(engine) });
    }
    return tables;
  }

  /** The migrations that made its schema, in no order. */
  async migrations(): Promise<string[]> {
    const sql = 'SELECT name FROM schema_migrations ORDER BY name';
    return (await rowsOf(await this.#first(), named, sql)).map((m) => m.name);
  }

  /** Whether nothing stands in it, on any server. */
  async isEmpty(): Promise<boolean> {
    const sql = 'SELECT name FROM system.tables WHERE database = currentDatabase() LIMIT 1';
    const all = [...this.#fronts, ...(this.#several ? this.#parts.flat() : [])];
    const found = await Promise.all(all.map((client) => rowsOf(client, named, sql)));
    return found.every((names) => names.length === 0);
  }

  /** Holds tables as they stand: copies that share every file with them, made in moments. */
  async hold(tables: readonly FactsTable[]): Promise<void> {
    await this.letGo();
    const holders = await this.#who();
    await Promise.all(holders.flatMap((client) => tables.map(({ name }) => this.#holdOne(client, name))));
  }

  async #holdOne(client: ClickHouseClient, name: string): Promise<void> {
    const [made] = await rowsOf(
      client,
      madeRow,
      `SELECT engine_full AS full FROM system.tables WHERE database = currentDatabase() AND name = {name:String}`,
      { name },
    );
    if (made === undefined) throw new Error(`${name} is gone.`);
    await this.#fetched(client, name);
    await command(client, `CREATE TABLE ${quoted(COPY + name)} AS ${quoted(name)} ENGINE = ${ownEngine(made.full)}`);
    await command(client, `ALTER TABLE ${quoted(COPY + name)} ATTACH PARTITION ALL FROM ${quoted(name)}`);
  }

  /** Waits for what another replica took and this one has not fetched yet. */
  async #fetched(client: ClickHouseClient, name: string): Promise<void> {
    if (this.#replicated) await command(client, `SYSTEM SYNC REPLICA ${quoted(name)}`);
  }

  /**
   * Lets go of what `hold` made, also of what a killed backup left: that one may have held another replica. A replica that is
   * away keeps it until a backup ends while it is there.
   */
  async letGo(): Promise<void> {
    const holders = await this.#who();
    const others = this.#parts.flat().filter((client) => !holders.includes(client));
    for (const client of [...holders, ...(await answeringOf(others))]) {
      const left = await rowsOf(
        client,
        named,
        `SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, '${COPY}')`,
      );
      for (const { name } of left) await command(client, `DROP TABLE IF EXISTS ${quoted(name)} SYNC`);
    }
  }

  /** Rows that replace one another lie on one server: of several, the sums add up to that of one. */
  async sum(table: FactsTable, held: boolean): Promise<Sum> {
    if (!held) await Promise.all((await this.#who()).map((client) => this.#fetched(client, table.name)));
    const values = table.columns.flatMap(({ name, type }) =>
      type.includes('Nullable(')
        ? [`ifNull(toString(${quoted(name)}), '')`, `isNull(${quoted(name)})`]
        : [quoted(name)],
    );
    const sql = `SELECT toString(count()) AS rows, toString(sum(cityHash64(${values.join(', ')}))) AS hash FROM ${from(table, held)}`;
    const sums = (await Promise.all((await this.#who()).map((client) => rowsOf(client, sumRow, sql)))).flat();
    return {
      rows: sums.reduce((all, one) => all + one.rows, 0),
      hash: (sums.reduce((all, one) => all + one.hash, 0n) % UINT64).toString(),
    };
  }

  /** The rows that are held, in ClickHouse's Native format: blocks that stand one after the other, whoever wrote them. */
  async read(table: FactsTable): Promise<Readable> {
    const columns = table.columns.map((c) => quoted(c.name)).join(', ');
    const query = `SELECT ${columns} FROM ${from(table, true)} FORMAT Native`;
    const holders = await this.#who();
    return Readable.from(
      (async function* () {
        for (const client of holders) {
          const { stream } = await client.exec({ query });
          yield* stream;
        }
      })(),
      { objectMode: false },
    );
  }

  async load(table: FactsTable, source: Readable): Promise<void> {
    const columns = table.columns.map((c) => quoted(c.name)).join(', ');
    const { stream } = await (
      await answering(this.#fronts)
    ).exec({
      query: `INSERT INTO ${quoted(table.name)} (${columns}) FORMAT Native`,
      values: source,
      // Equal blocks of rows are no repetition of one.
      clickhouse_settings: { wait_end_of_query: 1, max_partitions_per_insert_block: '0', insert_deduplicate: 0 },
    });
    await finished(stream.resume());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#fronts, ...this.#parts.flat()].map((client) => client.close()));
  }
}
