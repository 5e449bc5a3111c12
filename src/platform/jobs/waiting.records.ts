import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../stores/ports.ts';

/** A job that is to be done, apart from how the queue keeps it. */
export const waitingJob = z.object({
  name: z.string(),
  data: z.unknown(),
  key: z.string().nullable(),
  /** Not before this moment: RFC 3339. */
  startAfter: z.string(),
});
export type WaitingJob = z.infer<typeof waitingJob>;

/** Jobs that are to be done, those that are being done among them: of those nobody knows how far they came. */
export async function selectWaitingJobs(db: Db): Promise<WaitingJob[]> {
  const answer = await db.execute(sql`
    SELECT name, data, singleton_key AS key, to_json(start_after) #>> '{}' AS "startAfter"
    FROM pgboss.job
    WHERE state IN ('created', 'retry', 'active') AND name NOT LIKE '\\_\\_pgboss\\_\\_%'
    ORDER BY created_on, id`);
  return z.array(waitingJob).parse(answer.rows);
}
