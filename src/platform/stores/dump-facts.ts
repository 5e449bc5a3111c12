import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { Sum } from './dump-records.ts';
import type { FactsAddress } from './facts.ts';

/** A table of the facts store. */
export interface FactsTable {
  readonly name: string;
  /** Rows that others replaced stand there until they are merged away: they are left out. */
  readonly replaced?: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

const NOT_SEVERAL =
  "Facts on several servers are neither backed up nor restored by Touchstone: use ClickHouse's own BACKUP on each of them, and pg_dump for the records store, all while no Touchstone runs.";
const COPY = 'backup_of_';
/** Hours: a large table takes long, and a slow disk longer. */
const LONG_MS = 12 * 3_600_000;

const tableRow = z.object({ name: z.string(), engine: z.string() });
const named = z.object({ name: z.string() });
const columnRow = z.object({ name: z.string(), type: z.string() });
const sumRow = z.object({ rows: z.coerce.number(), hash: z.string() });

function quoted(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

function from({ name, replaced }: FactsTable, held: boolean): string {
  return `${quoted(held ? COPY + name : name)}${replaced === true ? ' FINAL' : ''}`;
}

/** Reads the tables of ClickHouse as they stood at one moment, or fills those of an empty store. */
export class FactsDump {
  readonly #client: ClickHouseClient;

  constructor(address: FactsAddress) {
    if (address.shards !== undefined) throw new Error(NOT_SEVERAL);
    this.#client = createClient({
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
      },
      log: { level: ClickHouseLogLevel.OFF },
    });
  }

  async #rows<T>(row: z.ZodType<T>, sql: string, params: Record<string, string> = {}): Promise<T[]> {
    const result = await this.#client.query({ query: sql, format: 'JSONEachRow', query_params: params });
    return z.array(row).parse(await result.json());
  }

  async #command(sql: string): Promise<void> {
    await this.#client.command({ query: sql, clickhouse_settings: { wait_end_of_query: 1 } });
  }

  /** Every table that keeps rows. Throws in words where they are spread over several servers. */
  async tables(): Promise<FactsTable[]> {
    const found = await this.#rows(
      tableRow,
      `SELECT name, engine FROM system.tables
       WHERE database = currentDatabase() AND (engine LIKE '%MergeTree' OR engine = 'Distributed')
         AND name != 'schema_migrations' AND NOT startsWith(name, '${COPY}') ORDER BY name`,
    );
    const spread = found.find((t) => t.engine === 'Distributed' || t.engine.startsWith('Replicated'));
    if (spread !== undefined) {
      throw new Error(`${spread.name} is spread over several servers. ${NOT_SEVERAL}`);
    }
    const tables: FactsTable[] = [];
    for (const { name, engine } of found) {
      const columns = await this.#rows(
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
    return (await this.#rows(named, 'SELECT name FROM schema_migrations ORDER BY name')).map((m) => m.name);
  }

  /** Whether nothing stands in it. */
  async isEmpty(): Promise<boolean> {
    const found = await this.#rows(named, 'SELECT name FROM system.tables WHERE database = currentDatabase() LIMIT 1');
    return found.length === 0;
  }

  /** Holds tables as they stand: copies that share every file with them, made in moments. */
  async hold(tables: readonly FactsTable[]): Promise<void> {
    await this.letGo();
    await Promise.all(
      tables.map(async ({ name }) => {
        await this.#command(`CREATE TABLE ${quoted(COPY + name)} AS ${quoted(name)}`);
        await this.#command(`ALTER TABLE ${quoted(COPY + name)} ATTACH PARTITION ALL FROM ${quoted(name)}`);
      }),
    );
  }

  /** Lets go of what `hold` made, also of what a killed backup left. */
  async letGo(): Promise<void> {
    const left = await this.#rows(
      named,
      `SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, '${COPY}')`,
    );
    for (const { name } of left) await this.#command(`DROP TABLE IF EXISTS ${quoted(name)} SYNC`);
  }

  /** @param held whether of the copy that `hold` made */
  async sum(table: FactsTable, held: boolean): Promise<Sum> {
    const values = table.columns.flatMap(({ name, type }) =>
      type.includes('Nullable(')
        ? [`ifNull(toString(${quoted(name)}), '')`, `isNull(${quoted(name)})`]
        : [quoted(name)],
    );
    const [sum] = await this.#rows(
      sumRow,
      `SELECT toString(count()) AS rows, toString(sum(cityHash64(${values.join(', ')}))) AS hash FROM ${from(table, held)}`,
    );
    if (sum === undefined) throw new Error(`${table.name} could not be counted.`);
    return sum;
  }

  /** The rows that are held, in ClickHouse's Native format. */
  async read(table: FactsTable): Promise<Readable> {
    const columns = table.columns.map((c) => quoted(c.name)).join(', ');
    const { stream } = await this.#client.exec({
      query: `SELECT ${columns} FROM ${from(table, true)} FORMAT Native`,
    });
    return stream;
  }

  async load(table: FactsTable, source: Readable): Promise<void> {
    const columns = table.columns.map((c) => quoted(c.name)).join(', ');
    const { stream } = await this.#client.exec({
      query: `INSERT INTO ${quoted(table.name)} (${columns}) FORMAT Native`,
      values: source,
      clickhouse_settings: { wait_end_of_query: 1, max_partitions_per_insert_block: '0' },
    });
    await finished(stream.resume());
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}
