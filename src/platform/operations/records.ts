import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../stores/ports.ts';

const selfRow = z.object({ version: z.string(), now: z.coerce.number() });

/** The version of the records store and its clock, in ms since 1970. */
export async function selectRecordsSelf(db: Db): Promise<{ readonly version: string; readonly nowMs: number }> {
  const answer = await db.execute(
    sql`SELECT current_setting('server_version') AS version, extract(epoch FROM clock_timestamp()) * 1000 AS now`,
  );
  const { version, now } = selfRow.parse(answer.rows[0]);
  return { version, nowMs: now };
}
