import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Backlog } from '../../../platform/house/house.ts';
import type { Db } from '../../../platform/stores/ports.ts';

const backlogRow = z.object({
  rows: z.coerce.number(),
  messages: z.coerce.number(),
  bytes: z.coerce.number(),
  oldestAt: z.coerce.date().nullable(),
  setAside: z.coerce.number(),
  refused: z.coerce.number(),
});

/** What waits or is on its way over all workspaces, what was set aside, and how many refused messages are listed. */
export async function selectBacklog(db: Db): Promise<Omit<Backlog, 'capBytes'>> {
  const answer = await db.execute(sql`
    SELECT count(*) FILTER (WHERE b.set_aside_at IS NULL) AS rows,
      coalesce(sum(j.rows) FILTER (WHERE b.set_aside_at IS NULL), 0) AS messages,
      coalesce(sum(j.bytes) FILTER (WHERE b.set_aside_at IS NULL), 0) AS bytes,
      min(j.received_at) FILTER (WHERE b.set_aside_at IS NULL) AS "oldestAt",
      coalesce(sum(j.rows) FILTER (WHERE b.set_aside_at IS NOT NULL), 0) AS "setAside",
      (SELECT count(*) FROM journal_rejected) AS refused
    FROM journal j LEFT JOIN journal_batches b ON b.id = j.batch_id`);
  return backlogRow.parse(answer.rows[0]);
}
