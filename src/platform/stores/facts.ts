import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
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

/** Opens ClickHouse over HTTP. Connections are made when needed. */
export function openFacts(address: FactsAddress): OpenedFacts {
  const client = clientOf(address);

  const ask = (sql: string, params: FactsParams, options: FactsOptions) =>
    client.query({
      query: sql,
      format: 'JSONEachRow',
      query_params: { ...params },
      clickhouse_settings: { ...options.settings },
      ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
    });

  return {
    address,
    query: async (row, sql, params = {}, options = {}) => {
      const result = await ask(sql, params, options);
      return z.array(row).parse(await result.json());
    },
    async *stream(row, sql, params = {}, options = {}) {
      const { signal } = options;
      const result = await ask(sql, params, options);
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
      await client.command({
        query: sql,
        query_params: { ...params },
        clickhouse_settings: { wait_end_of_query: 1, ...options.settings },
        ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
      });
    },
    insert: async (table, rows, options = {}) => {
      if (Array.isArray(rows) && rows.length === 0) return;
      const { stream } = await client.exec({
        query: `INSERT INTO ${table} FORMAT JSONEachRow`,
        values: bodyOf(rows),
        clickhouse_settings: {
          wait_end_of_query: 1,
          ...(options.token === undefined ? {} : { insert_deduplication_token: options.token }),
          ...options.settings,
        },
        ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
      });
      await finished(stream.resume());
    },
    ping: async () => {
      const result = await client.ping({ select: true });
      if (!result.success) throw result.error;
    },
    close: () => client.close(),
  };
}
