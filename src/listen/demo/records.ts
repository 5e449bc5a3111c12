import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../platform/stores/ports.ts';

/** One process at a time fills a workspace: held until the transaction ends, freed when its process dies. */
export async function tryDemoLock(tx: Db, workspaceId: string): Promise<boolean> {
  const found = await tx.execute(
    sql`SELECT pg_try_advisory_xact_lock(hashtext('demo'), hashtext(${workspaceId})) AS held`,
  );
  return z.object({ held: z.boolean() }).parse(found.rows[0]).held;
}

/** Of two who open it for one user at once, one waits for the other. */
export async function lockOpening(tx: Db, userId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('demo.open'), hashtext(${userId}))`);
}
