import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Readable } from 'node:stream';
import type { z } from 'zod';

/** Drizzle over PostgreSQL, or over a transaction of it. */
export type Db = Pick<
  NodePgDatabase,
  'select' | 'selectDistinct' | 'selectDistinctOn' | 'insert' | 'update' | 'delete' | 'execute' | '$with' | 'with'
>;

/** The store of what people edit. */
export interface Records {
  readonly db: Db;
  /** One transaction; rolled back when `work` throws. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** For `/readyz`: resolves when the store answers. */
  ping(): Promise<void>;
  connections(): Connections;
}

/** Connections of this process: open ones, those of them nobody uses, askers that wait for one, and how many there may be. */
export interface Connections {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
  readonly most: number;
}

export type FactsValue = string | number | boolean | null | readonly string[] | readonly number[];
export type FactsParams = Readonly<Record<string, FactsValue>>;

export interface FactsOptions {
  /** ClickHouse settings of this statement. */
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly signal?: AbortSignal;
}

/** The store of what happened and what was said. Values travel as `{name:Type}` parameters, never in the text. */
export interface Facts {
  /** Rows of a SELECT, each parsed by `row`. UInt64 and Decimal arrive as strings. */
  query<T>(row: z.ZodType<T>, sql: string, params?: FactsParams, options?: FactsOptions): Promise<T[]>;
  /** Rows of a SELECT as they arrive, parsed in blocks: flat memory. */
  stream<T>(row: z.ZodType<T>, sql: string, params?: FactsParams, options?: FactsOptions): AsyncIterable<T[]>;
  /** The one value of a SELECT, a text, as its bytes: nothing of it is escaped, read or copied on its way. */
  bytes(sql: string, params?: FactsParams, options?: FactsOptions): Promise<readonly Uint8Array[]>;
  /** A statement without rows. */
  command(sql: string, params?: FactsParams, options?: FactsOptions): Promise<void>;
  /**
   * Appends rows in JSONEachRow: objects, or a body that already is JSONEachRow; with `columns` a body of JSON lists of
   * their values (JSONCompactEachRow). With a `token` the same insert twice counts once (`insert_deduplication_token`).
   */
  insert(
    table: string,
    rows: readonly object[] | string | Buffer | Readable,
    options?: FactsOptions & { readonly token?: string; readonly columns?: readonly string[] },
  ): Promise<void>;
  /** Resolves when all rows can be read: every server answers, of replicas one. */
  ping(): Promise<void>;
  /** Each server by itself, for who tells how they fare; one, unless the facts are parted among several. */
  readonly servers: readonly FactsServer[];
}

/** One server: what is asked of it is of the rows that lie there. */
export interface FactsServer extends Pick<Facts, 'query' | 'ping'> {
  /** Host and port. */
  readonly name: string;
  /** Which part of the rows it has, of several: servers with the same part are replicas of one another. */
  readonly part?: number;
}

/** A numbered change of the facts schema. `statements` are parted by a line that holds only `;` or ends with `;`. */
export interface FactsMigration {
  /** `core/events/0001_events`: folder and file; run once, in the order the capabilities are listed. */
  readonly name: string;
  /** `{{source}}` becomes the USER, PASSWORD and DB of a dictionary's source: the connection's own. */
  readonly sql: string;
  /** Run at every start, in its place in the list: CREATE OR REPLACE of what carries credentials. */
  readonly everyStart?: true;
}
