import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { z } from 'zod';
import type { Db } from './ports.ts';

/** A table of the records store, whole. */
export interface RecordsTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** How many rows, and the sum of their hashes: the same rows in any order. */
export interface Sum {
  readonly rows: number;
  readonly hash: string;
}

/** Tables that say how the store itself stands, not what is kept in it. */
const OWN = ['schema_migrations', 'open_units'];
const ROWS_AT_ONCE = 2_000;
const BYTES_AT_ONCE = 4_000_000;

const tableRow = z.object({ name: z.string(), columns: z.array(z.string()) });
const referenceRow = z.object({ from: z.string(), to: z.string() });
const sumRow = z.object({ rows: z.coerce.number(), hash: z.string() });
const named = z.object({ name: z.string() });
const lineRow = z.object({ line: z.string() });

/** One connection to PostgreSQL that reads everything as it stood at one moment, or fills an empty store. */
export class RecordsDump {
  /** The same connection, at the same moment, for what is no table of ours. */
  readonly db: Db;

  private constructor(private readonly client: Client) {
    this.db = drizzle(client);
  }

  static async connect(url: string): Promise<RecordsDump> {
    const client = new Client({ connectionString: url, application_name: 'touchstone backup' });
    client.on('error', () => undefined);
    await client.connect();
    return new RecordsDump(client);
  }

  /** From here on every question is answered as of now, until `end`. */
  async begin(): Promise<void> {
    await this.client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await this.client.query('SELECT 1');
  }

  /** What has been loaded stays. */
  async commit(): Promise<void> {
    await this.client.query('COMMIT');
  }

  async beginLoading(): Promise<void> {
    await this.client.query('BEGIN');
  }

  /** Ends the connection; what was not committed is undone. */
  async end(): Promise<void> {
    await this.client.end();
  }

  async #rows<T>(row: z.ZodType<T>, sql: string, params: readonly unknown[] = []): Promise<T[]> {
    const { rows } = await this.client.query(sql, [...params]);
    return z.array(row).parse(rows);
  }

  /** The migrations that made its schema, in order. */
  async migrations(): Promise<string[]> {
    return (await this.#rows(named, 'SELECT name FROM schema_migrations ORDER BY name')).map((m) => m.name);
  }

  /** Units that were cut off as of the moment. */
  async openUnits(): Promise<string[]> {
    // The schema may be older than they are.
    const [there] = await this.#rows(
      z.object({ there: z.boolean() }),
      `SELECT to_regclass('public.open_units') IS NOT NULL AS there`,
    );
    if (there?.there !== true) return [];
    return (await this.#rows(named, 'SELECT name FROM open_units')).map((u) => u.name);
  }

  /** Every table, those first that others refer to. */
  async tables(): Promise<RecordsTable[]> {
    const tables = await this.#rows(
      tableRow,
      `SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND c.relname <> ALL ($1)
       GROUP BY c.relname ORDER BY c.relname`,
      [OWN],
    );
    const references = await this.#rows(
      referenceRow,
      `SELECT f.relname::text AS "from", t.relname::text AS "to" FROM pg_constraint k
       JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
       WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND k.conrelid <> k.confrelid`,
    );
    const sorted: RecordsTable[] = [];
    const placed = new Set<string>();
    while (sorted.length < tables.length) {
      const ready = tables.filter(
        (t) => !placed.has(t.name) && references.every((r) => r.from !== t.name || placed.has(r.to)),
      );
      if (ready.length === 0) throw new Error('Tables of the records store refer to one another in a circle.');
      for (const table of ready) {
        sorted.push(table);
        placed.add(table.name);
      }
    }
    return sorted;
  }

  #selected(table: RecordsTable): string {
    const columns = table.columns.map((c) => this.client.escapeIdentifier(c)).join(', ');
    return `SELECT row_to_json(r)::text AS line FROM (SELECT ${columns} FROM ${this.client.escapeIdentifier(table.name)}) AS r`;
  }

  async sum(table: RecordsTable): Promise<Sum> {
    const [sum] = await this.#rows(
      sumRow,
      `SELECT count(*) AS rows, coalesce(sum(hashtextextended(line, 0)::numeric), 0)::text AS hash FROM (${this.#selected(table)}) AS l`,
    );
    if (sum === undefined) throw new Error(`${table.name} could not be counted.`);
    return sum;
  }

  /** Every row as a line of JSON. Flat memory. */
  async *read(table: RecordsTable): AsyncIterable<string> {
    await this.client.query(`DECLARE dumped NO SCROLL CURSOR FOR ${this.#selected(table)}`);
    for (;;) {
      const rows = await this.#rows(lineRow, `FETCH ${ROWS_AT_ONCE} FROM dumped`);
      if (rows.length === 0) break;
      yield rows.map((r) => `${r.line}\n`).join('');
    }
    await this.client.query('CLOSE dumped');
  }

  /** Puts rows back, from lines of JSON: those that are wanted. */
  async load(table: RecordsTable, source: Readable, wanted: (line: string) => boolean = () => true): Promise<void> {
    const name = this.client.escapeIdentifier(table.name);
    const columns = table.columns.map((c) => this.client.escapeIdentifier(c)).join(', ');
    const sql = `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE
      SELECT ${columns} FROM json_populate_recordset(NULL::${name}, $1::json)`;
    let lines: string[] = [];
    let bytes = 0;
    const flush = async (): Promise<void> => {
      if (lines.length > 0) await this.client.query(sql, [`[${lines.join(',')}]`]);
      lines = [];
      bytes = 0;
    };
    for await (const line of linesOf(source)) {
      if (!wanted(line)) continue;
      lines.push(line);
      bytes += line.length;
      if (lines.length === ROWS_AT_ONCE || bytes > BYTES_AT_ONCE) await flush();
    }
    await flush();
  }

  /** Where every sequence stands: outside of transactions, so never behind what is read as of the moment. */
  async sequences(): Promise<Record<string, string>> {
    const rows = await this.#rows(
      z.object({ name: z.string(), value: z.string() }),
      `SELECT sequencename::text AS name, last_value::text AS value FROM pg_sequences
       WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`,
    );
    return Object.fromEntries(rows.map((r) => [r.name, r.value]));
  }

  async setSequences(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      await this.client.query('SELECT setval($1::regclass, $2::bigint)', [
        `public.${this.client.escapeIdentifier(name)}`,
        value,
      ]);
    }
  }

  /** Whether nothing stands in it: no table at all. */
  async isEmpty(): Promise<boolean> {
    const [found] = await this.#rows(
      z.object({ n: z.coerce.number() }),
      `SELECT count(*) AS n FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
    );
    return found?.n === 0;
  }

  /** One of a kind at a time, for as long as this connection lasts; false when another has it. */
  async takeTurn(name: string): Promise<boolean> {
    const [turn] = await this.#rows(
      z.object({ taken: z.boolean() }),
      'SELECT pg_try_advisory_lock(7310428, hashtext($1)) AS taken',
      [name],
    );
    return turn?.taken === true;
  }
}

/** Lines of a stream; what breaks it is thrown. */
async function* linesOf(source: Readable): AsyncIterable<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of source) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
