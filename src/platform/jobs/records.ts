import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../stores/ports.ts';
import type { FailedJob, QueueStanding } from './ports.ts';

/** Hands back every job that was being done when the only process that did jobs ended: it is tried again at once. */
export async function releaseAbandoned(db: Db): Promise<void> {
  await db.execute(sql`UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE state = 'active'`);
}

/** Hands back those of these jobs that still stand as being done. */
export async function releaseJobs(db: Db, jobIds: readonly string[]): Promise<void> {
  await db.execute(
    sql`UPDATE pgboss.job SET state = 'retry', start_after = now()
        WHERE state = 'active' AND id = ANY(${sql.param([...jobIds])}::uuid[])`,
  );
}

const queueRow = z.object({
  queue: z.string(),
  waiting: z.coerce.number(),
  running: z.coerce.number(),
  failed: z.coerce.number(),
  dueSince: z.coerce.date().nullable(),
});

/** Queues of our own kinds of job that hold anything but done jobs, by name. */
export async function selectQueues(db: Db): Promise<QueueStanding[]> {
  const answer = await db.execute(sql`
    SELECT name AS queue,
      count(*) FILTER (WHERE state IN ('created', 'retry')) AS waiting,
      count(*) FILTER (WHERE state = 'active') AS running,
      count(*) FILTER (WHERE state = 'failed') AS failed,
      min(start_after) FILTER (WHERE state IN ('created', 'retry') AND start_after <= now()) AS "dueSince"
    FROM pgboss.job
    WHERE state IN ('created', 'retry', 'active', 'failed') AND name NOT LIKE '\\_\\_pgboss\\_\\_%'
    GROUP BY name ORDER BY name`);
  return z.array(queueRow).parse(answer.rows);
}

const failedRow = z.object({
  id: z.string(),
  queue: z.string(),
  failedAt: z.coerce.date(),
  tries: z.coerce.number(),
  reason: z.string(),
});

/** Jobs that failed for good, the latest first; only that one with an id. */
export async function selectFailed(db: Db, limit: number, jobId?: string): Promise<FailedJob[]> {
  const one = jobId === undefined ? sql`` : sql`AND id = ${jobId}::uuid`;
  const answer = await db.execute(sql`
    SELECT id, name AS queue, completed_on AS "failedAt", retry_count + 1 AS tries,
      coalesce(output->>'message', output->'value'->>'message', '') AS reason
    FROM pgboss.job
    WHERE state = 'failed' AND name NOT LIKE '\\_\\_pgboss\\_\\_%' ${one}
    ORDER BY completed_on DESC, id LIMIT ${limit}`);
  return z.array(failedRow).parse(answer.rows);
}
