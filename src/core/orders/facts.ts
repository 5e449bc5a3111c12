import { z } from 'zod';
import { inPieces } from '../../platform/stores/pieces.ts';
import type { Facts } from '../../platform/stores/ports.ts';

type OrderTable = 'order_rows' | 'order_items' | 'products';

/** Appends rows, each as its values in the order of the columns; the same token inserts once. */
export async function insertRows<T>(
  facts: Facts,
  table: OrderTable,
  columns: readonly string[],
  rows: readonly T[],
  values: (row: T) => readonly unknown[],
  token: string,
): Promise<void> {
  if (rows.length === 0) return;
  await facts.insert(
    table,
    inPieces(rows, (row) => JSON.stringify(values(row))),
    { token, columns },
  );
}

const countRow = z.object({ n: z.coerce.number() });

/** Deletes all that a source brought. */
export async function deleteSource(facts: Facts, workspaceId: string, source: string): Promise<void> {
  for (const table of ['order_rows', 'order_items', 'products'] satisfies OrderTable[]) {
    const where = 'workspace = {workspace:String} AND source = {source:String}';
    const params = { workspace: workspaceId, source };
    const [there] = await facts.query(countRow, `SELECT count() AS n FROM ${table} WHERE ${where}`, params);
    if (there === undefined || there.n === 0) continue;
    await facts.command(`DELETE FROM ${table} WHERE ${where}`, params, { settings: { lightweight_deletes_sync: 2 } });
  }
}
