import { z } from 'zod';
import { recordsMigrations } from './migrate.ts';
import type { OpenedFacts } from './facts.ts';
import type { FactsMigration } from './ports.ts';
import type { OpenedRecords } from './records.ts';

/** How the schema of the stores stands to this program. */
export interface SchemaStanding {
  /** Not run yet; all of them in an empty store. */
  readonly pending: readonly string[];
  /** Run by a later version of this program. */
  readonly unknown: readonly string[];
}

const nameRow = z.object({ name: z.string() });
const names = z.array(nameRow);

/**
 * Compares what was run in the stores with what this program knows. Changes nothing.
 * @param database of the facts store; it need not be there
 */
export async function schemaStanding(
  records: OpenedRecords,
  facts: OpenedFacts,
  database: string,
  migrations: readonly FactsMigration[],
): Promise<SchemaStanding> {
  const inRecords = await appliedToRecords(records);
  const inFacts = inRecords.size === 0 ? new Set<string>() : await appliedToFacts(facts, database);
  const known = { records: recordsMigrations.map((m) => m.name), facts: migrations.map((m) => m.name) };
  const missing = (wanted: readonly string[], there: ReadonlySet<string>) => wanted.filter((name) => !there.has(name));
  return {
    pending: [...missing(known.records, inRecords), ...missing(known.facts, inFacts)],
    unknown: [...missing([...inRecords], new Set(known.records)), ...missing([...inFacts], new Set(known.facts))],
  };
}

async function appliedToRecords({ pool }: OpenedRecords): Promise<ReadonlySet<string>> {
  const there = await pool.query("SELECT 1 FROM pg_tables WHERE tablename = 'schema_migrations'");
  if (there.rowCount === 0) return new Set();
  const { rows } = await pool.query('SELECT name FROM schema_migrations');
  return new Set(names.parse(rows).map((r) => r.name));
}

async function appliedToFacts(facts: OpenedFacts, database: string): Promise<ReadonlySet<string>> {
  const there = await facts.query(
    nameRow,
    "SELECT name FROM system.tables WHERE database = {database:String} AND name = 'schema_migrations'",
    { database },
  );
  if (there.length === 0) return new Set();
  const applied = await facts.query(nameRow, 'SELECT name FROM {database:Identifier}.schema_migrations', { database });
  return new Set(applied.map((r) => r.name));
}
