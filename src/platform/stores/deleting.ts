import { z } from 'zod';
import type { Facts, FactsParams } from './ports.ts';

const countRow = z.object({ n: z.coerce.number() });

/** Deletes rows of the facts store that answer to `where`, waited for on every server. Answers how many there were. */
export async function deleteFacts(facts: Facts, table: string, where: string, params: FactsParams): Promise<number> {
  const [there] = await facts.query(countRow, `SELECT count() AS n FROM ${table} WHERE ${where}`, params);
  const rows = there?.n ?? 0;
  // A deletion takes half a second even where there is nothing to delete.
  if (rows > 0) {
    await facts.command(`DELETE FROM ${table} WHERE ${where}`, params, { settings: { lightweight_deletes_sync: 2 } });
  }
  return rows;
}
