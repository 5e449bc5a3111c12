import { z } from 'zod';
import type { Facts } from '../../platform/stores/ports.ts';

const row = z.object({ n: z.coerce.number() });

/** Whether anything happened, was said or was ordered in a workspace. */
export async function hasFacts(facts: Facts, workspace: string): Promise<boolean> {
  const one = (view: string) => `SELECT 1 AS one FROM ${view} WHERE workspace = {workspace:String} LIMIT 1`;
  const found = await facts.query(
    row,
    `SELECT count() AS n FROM (${one('v_events')} UNION ALL ${one('v_feedback')} UNION ALL ${one('v_orders')})`,
    { workspace },
  );
  return (found[0]?.n ?? 0) > 0;
}
