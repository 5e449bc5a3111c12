import { sql } from 'drizzle-orm';
import type { Db } from '../stores/ports.ts';

/** Hands back every job that was being done when the only process that did jobs ended: it is tried again at once. */
export async function releaseAbandoned(db: Db): Promise<void> {
  await db.execute(sql`UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE state = 'active'`);
}
