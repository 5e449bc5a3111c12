import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { Watch } from '../kernel/watch.ts';
import type { Facts, FactsOptions, FactsParams } from './ports.ts';

/** Where a ClickHouse is and who we are there. */
export interface FactsAddress {
  /** `http://127.0.0.1:8123` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface OpenedFacts extends Facts {
  readonly address: FactsAddress;
  close(): Promise<void>;
}

/** An address out of `http://user:password@host:8123/database`. Throws an Error that says what is wrong with it. */
export function factsAddress(text: string): FactsAddress {
  const shape = 'CLICKHOUSE_URL takes the form http://user:password@host:8123/database';
  if (text.includes(',')) throw new Error(`${shape}: one server, not a list.`);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw new Error(`${shape}.`);
  return {
    url: url.origin,
    user: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'default',
  };
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

function clientOf(address: FactsAddress): ClickHouseClient {
  return createClient({
    url: address.url,
    username: address.user,
    password: address.password,
    database: address.database,
    application: 'touchstone',
    request_timeout: 600_000,
    max_open_connections: 16,
    clickhouse_settings: SETTINGS,
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
  const client = clientOf(address);

  const settingsOf = (own: object, options: FactsOptions) => {
    const task = watch.task();
    return { ...own, ...options.settings, ...(task === undefined ? {} : { log_comment: `${task.kind} ${task.name}` }) };
  };
  const told = <T extends Answered>(text: string, work: () => Promise<T>): Promise<T> =>
    watch.statement('facts', text, work, rowsRead);

  const ask = (sql: string, params: FactsParams, options: FactsOptions) =>
    client.query({
      query: sql,
      format: 'JSONEachRow',
      query_params: { ...params },
      clickhouse_settings: settingsOf({}, options),
      ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
    });

  return {
    address,
    query: async (row, sql, params = {}, options = {}) => {
      let rows: unknown;
      await told(sql, async () => {
        const result = await ask(sql, params, options);
        rows = await result.json();
        return result;
      });
      return z.array(row).parse(rows);
    },
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
    ping: async () => {
      const result = await client.ping({ select: true });
      if (!result.success) throw result.error;
    },
    close: () => client.close(),
  };
}
