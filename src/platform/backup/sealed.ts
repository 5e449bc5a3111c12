import { z } from 'zod';
import type { RecordsTable } from '../stores/dump-records.ts';
import { isSealed } from '../vault/vault.ts';

const row = z.record(z.string(), z.unknown());

/** Columns that hold what the vault sealed: they are named so, and the table of the installation's own secrets. */
function sealedColumns(table: RecordsTable): readonly string[] {
  return table.columns.filter(
    (c) => c.startsWith('sealed') || (table.name === 'installation_secrets' && c === 'value'),
  );
}

/** The names of the keys that sealed something in a row, a line of JSON. */
export function keysOf(table: RecordsTable, line: string): string[] {
  const columns = sealedColumns(table);
  if (columns.length === 0) return [];
  const values = row.parse(JSON.parse(line));
  return columns.flatMap((c) => {
    const value = values[c];
    const key = typeof value === 'string' && isSealed(value) ? value.split('.')[1] : undefined;
    return key === undefined ? [] : [key];
  });
}

/** Lines, each told of on its way. */
export async function* watched(lines: AsyncIterable<string>, hear: (line: string) => void): AsyncIterable<string> {
  for await (const some of lines) {
    for (const line of some.split('\n')) if (line !== '') hear(line);
    yield some;
  }
}

export function holdsSealed(table: RecordsTable): boolean {
  return sealedColumns(table).length > 0;
}
