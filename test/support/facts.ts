import { z } from 'zod';
import type { TestWorkspace, World } from './world.ts';

const skuRow = z.object({ sku: z.string() });

/** What stands among the facts, as the product each message named, in order. */
export async function skus(world: World, shop: TestWorkspace): Promise<string[]> {
  const rows = await world.house.facts.query(
    skuRow,
    `SELECT JSONExtractString(props, 'sku') AS sku FROM events WHERE workspace = {workspace:String} ORDER BY sku`,
    { workspace: shop.id },
  );
  return rows.map((r) => r.sku);
}

const countRow = z.object({ n: z.coerce.number() });

export async function countOf(
  world: World,
  view: 'v_events' | 'v_orders' | 'v_feedback',
  shop: TestWorkspace,
): Promise<number> {
  const [row] = await world.house.facts.query(
    countRow,
    `SELECT count() AS n FROM ${view} WHERE workspace = {workspace:String}`,
    { workspace: shop.id },
  );
  return row?.n ?? 0;
}
