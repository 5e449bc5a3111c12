import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { Watch } from '../kernel/watch.ts';
import { whileItAnswers } from './answering.ts';
import { StoreAway, isAway } from './away.ts';
import type { Facts, FactsOptions, FactsParams } from './ports.ts';
import { hasReplicas, openShards, REPLICA_SETTINGS, SHARD_SETTINGS, type ShardNode } from './shards.ts';

/** Where a ClickHouse is and who we are there. */
export interface FactsAddress {
  /** `http://127.0.0.1:8123` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /**
   * Servers among which the rows are parted, `url` the first of them, and what they call their cluster. `parts`: which
   * part of the rows each of them has, where several have the same; else each has its own.
   */
  readonly shards?:
    | { readonly cluster: string; readonly urls: readonly string[]; readonly parts?: readonly number[] | undefined }
    | undefined;
}

/** An address as it travels to a thread or lies in a file. */
export const factsAddressShape: z.ZodType<FactsAddress> = z.object({
  url: z.string(),
  user: z.string(),
  password: z.string(),
  database: z.string(),
  shards: z
    .object({ cluster: z.string(), urls: z.array(z.string()), parts: z.array(z.number()).optional() })
    .optional(),
});

export interface OpenedFacts extends Facts {
  readonly address: FactsAddress;
  /** Each server, where there are several. */
  readonly nodes?: readonly ShardNode[];
  close(): Promise<void>;
}

const ONE = 'http://user:password@host:8123/database';
const SHAPE = `CLICKHOUSE_URL takes the form ${ONE}`;
const LIST = `several servers are named as ${ONE}?cluster=NAME,http://user:password@another:8123/database`;
const REPLICAS = 'where a shard has replicas, each server says with ?shard=1 (2, 3 …) whose rows it has';

interface Named {
  readonly address: FactsAddress;
  readonly cluster: string | null;
  readonly shard: string | null;
}

function oneAddress(text: string): Named {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw new Error(`${SHAPE}; ${LIST}.`);
  const address = {
    url: url.origin,
    user: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'default',
  };
  return { address, cluster: url.searchParams.get('cluster'), shard: url.searchParams.get('shard') };
}

/** The part of the rows that each server has; undefined where none says, and each has its own. */
function partsOf(servers: readonly Named[]): number[] | undefined {
  const said = servers.map((server) => server.shard);
  if (said.every((shard) => shard === null)) return undefined;
  const parts = said.map((shard) => (shard !== null && /^[1-9][0-9]{0,4}$/.test(shard) ? Number(shard) : null));
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length) throw new Error(`Some servers of CLICKHOUSE_URL say their shard: ${REPLICAS}.`);
  return known;
}

/**
 * An address out of `http://user:password@host:8123/database`, or of several parted by commas, the first of which names
 * with `?cluster=` what the servers call themselves together. Each may say with `?shard=` whose replica it is. Throws an Error that says what is wrong with it, and never
 * quotes it: there is a password in it.
 */
export function factsAddress(text: string): FactsAddress {
  const servers = text.split(',').map((one) => oneAddress(one.trim()));
  const [first, ...others] = servers;
  if (first === undefined) throw new Error(`${SHAPE}.`);
  const { address, cluster } = first;
  if (others.length === 0) {
    if (cluster === null) return address;
    throw new Error(`CLICKHOUSE_URL names a cluster and one server: name all of them; ${LIST}.`);
  }
  if (cluster === null) throw new Error(`CLICKHOUSE_URL names several servers and not their cluster: ${LIST}.`);
  for (const { address: other } of others) {
    const same = (['user', 'password', 'database'] as const).every((part) => other[part] === address[part]);
    if (!same) throw new Error('The servers of CLICKHOUSE_URL take the same user, password and database.');
  }
  const urls = [address.url, ...others.map((one) => one.address.url)];
  if (new Set(urls).size < urls.length) throw new Error('CLICKHOUSE_URL names a server twice.');
  const parts = partsOf(servers);
  return { ...address, shards: { cluster, urls, ...(parts === undefined ? {} : { parts }) } };
}

/** Settings of every statement: numbers that JavaScript cannot hold arrive as strings, and nothing is acknowledged early. */
const SETTINGS = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 0,
  input_format_skip_unknown_fields: 0,
  session_timezone: 'UTC',
  async_insert: 0,
  cancel_http_readonly_queries_on_client_close: 1,
} as const;

/** A server that does not say so much as that it is there within so long stands still. */
const PATIENCE_MS = 4_000;

function clientOf(address: FactsAddress, settings: object): ClickHouseClient {
  return createClient({
    url: address.url,
    username: address.user,
    password: address.password,
    database: address.database,
    application: 'touchstone',
    request_timeout: 600_000,
    max_open_connections: 16,
    clickhouse_settings: { ...SETTINGS, ...settings },
    // What goes wrong is thrown to whoever asked.
    log: { level: ClickHouseLogLevel.OFF },
  });
}

function bodyOf(rows: readonly object[] | string | Buffer | Readable): Readable {
  if (rows instanceof Readable) return rows;
  const body = typeof rows === 'string' || Buffer.isBuffer(rows) ? rows : rows.map((r) => JSON.stringify(r)).join('\n');
  return Readable.from([body], { objectMode: false });
}

/** What every answer carries: the server counts what it has read so far. */
interface Answered {
  readonly response_headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

function rowsRead({ response_headers }: Answered): number | null {
  const summary = response_headers['x-clickhouse-summary'];
  const found = typeof summary === 'string' ? /"read_rows":"(\d+)"/.exec(summary) : null;
  return found === null ? null : Number(found[1]);
}

/**
 * Opens ClickHouse over HTTP. Connections are made when needed. Every statement bears as its `log_comment` what it is
 * done for: `request metrics.query`.
 */
export function openFacts(address: FactsAddress, watch: Watch = new Watch()): OpenedFacts {
  if (address.shards === undefined) return openNode(address, watch, {});
  const settings = hasReplicas(address) ? REPLICA_SETTINGS : SHARD_SETTINGS;
  return openShards(address, (one) => openNode(one, watch, settings));
}

function openNode(address: FactsAddress, watch: Watch, settings: object): OpenedFacts {
  const client = clientOf(address, settings);

  const settingsOf = (own: object, options: FactsOptions) => {
    const task = watch.task();
    return { ...own, ...options.settings, ...(task === undefined ? {} : { log_comment: `${task.kind} ${task.name}` }) };
  };
  const { host } = new URL(address.url);
  const told = <T extends Answered>(text: string, work: () => Promise<T>): Promise<T> =>
    watch.statement('facts', text, work, rowsRead).catch((error: unknown) => {
      throw isAway(error) ? new StoreAway(`ClickHouse at ${host}`, error) : error;
    });

  const ask = (sql: string, params: FactsParams, options: FactsOptions) =>
    client.query({
      query: sql,
      format: 'JSONEachRow',
      query_params: { ...params },
      clickhouse_settings: settingsOf({}, options),
      ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
    });

  // Connections of its own: those of statements may all be taken.
  const look = async (): Promise<void> => {
    await fetch(new URL('/ping', address.url), { signal: AbortSignal.timeout(PATIENCE_MS) });
  };
  const awaited = <T extends Answered>(
    sql: string,
    options: FactsOptions,
    read: (options: FactsOptions) => Promise<T>,
  ): Promise<T> =>
    told(sql, () => {
      // Somebody waits for it: a drain and a job may as well wait until the server goes on.
      if (watch.task()?.kind !== 'request') return read(options);
      const signals = options.signal === undefined ? [] : [options.signal];
      return whileItAnswers((silent) => read({ ...options, signal: AbortSignal.any([silent, ...signals]) }), look);
    });
  const query: Facts['query'] = async (row, sql, params = {}, options = {}) => {
    let rows: unknown;
    await awaited(sql, options, async (own) => {
      const result = await ask(sql, params, own);
      rows = await result.json();
      return result;
    });
    return z.array(row).parse(rows);
  };
  const bytes: Facts['bytes'] = async (sql, params = {}, options = {}) => {
    const parts: Uint8Array[] = [];
    await awaited(sql, options, async ({ signal, ...own }) => {
      const result = await client.exec({
        query: `${sql} FORMAT RawBLOB`,
        query_params: { ...params },
        clickhouse_settings: settingsOf({}, own),
        ...(signal === undefined ? {} : { abort_signal: signal }),
      });
      for await (const part of result.stream) parts.push(Buffer.from(part));
      return result;
    });
    return parts;
  };
  const ping = async (): Promise<void> => {
    const result = await client.ping({ select: true });
    if (!result.success) throw result.error;
  };

  return {
    address,
    servers: [{ name: host, query, ping }],
    query,
    bytes,
    async *stream(row, sql, params = {}, options = {}) {
      const { signal } = options;
      const result = await told(sql, () => ask(sql, params, options));
      // Closing ends the connection, and with it the statement.
      const close = (): void => result.close();
      signal?.addEventListener('abort', close);
      try {
        const block = z.array(row);
        for await (const rows of result.stream()) {
          signal?.throwIfAborted();
          yield block.parse(rows.map((r: { json(): unknown }) => r.json()));
        }
        signal?.throwIfAborted();
      } finally {
        signal?.removeEventListener('abort', close);
        close();
      }
    },
    command: async (sql, params = {}, options = {}) => {
      await told(sql, () =>
        client.command({
          query: sql,
          query_params: { ...params },
          clickhouse_settings: settingsOf({ wait_end_of_query: 1 }, options),
          ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
        }),
      );
    },
    insert: async (table, rows, options = {}) => {
      if (Array.isArray(rows) && rows.length === 0) return;
      const { columns } = options;
      const shape = columns === undefined ? 'FORMAT JSONEachRow' : `(${columns.join(', ')}) FORMAT JSONCompactEachRow`;
      const query = `INSERT INTO ${table} ${shape}`;
      const own = {
        wait_end_of_query: 1,
        ...(options.token === undefined ? {} : { insert_deduplication_token: options.token }),
      };
      await told(query, async () => {
        const result = await client.exec({
          query,
          values: bodyOf(rows),
          clickhouse_settings: settingsOf(own, options),
          ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
        });
        await finished(result.stream.resume());
        return result;
      });
    },
    ping,
    close: () => client.close(),
  };
}
