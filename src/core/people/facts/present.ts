import { z } from 'zod';
import type { Facts } from '../../../platform/stores/ports.ts';

const present = z.object({ no: z.number() });

/** The identities that any event, answer or order of a workspace is of. */
export async function selectPresent(facts: Facts, workspace: string): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  const of = (view: string) =>
    `SELECT identity_no AS no FROM ${view} WHERE workspace = {workspace:String} AND identity_no != 0`;
  const rows = facts.stream(
    present,
    `SELECT DISTINCT no FROM (${['v_events', 'v_feedback', 'v_orders'].map(of).join(' UNION ALL ')})`,
    { workspace },
  );
  for await (const part of rows) for (const { no } of part) found.add(no);
  return found;
}
