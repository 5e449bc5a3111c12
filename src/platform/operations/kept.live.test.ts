import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { freshDatabase } from '../../../test/support/world.ts';
import { until } from '../../../test/support/until.ts';
import { openJobs } from '../jobs/boss.ts';
import { handleJob, type JobKind } from '../jobs/ports.ts';
import { silentLog } from '../kernel/log.ts';
import { openRecords } from '../stores/records.ts';

test('[OB8] nor is it where a worker does the job', async () => {
  const url = await freshDatabase();
  const records = openRecords(url, silentLog);
  const jobs = await openJobs(records, url, silentLog, { background: true });
  try {
    const failing: JobKind<object> = { name: 'test.failing', input: z.object({}), retries: 0 };
    const fail = handleJob(failing, async () => {
      await records.db.execute(sql`SELECT ${'Vida Vzorec'}::int`);
    });
    await jobs.open([fail]);
    await jobs.work({ alone: true });
    await jobs.send(failing, {});
    const [job] = await until('the job to fail', async () => {
      const failed = await jobs.failed(10);
      return failed.length > 0 && failed;
    });
    expect(job?.reason).toContain('Failed query');
    const { rows } = await records.db.execute(sql`SELECT output::text AS kept FROM pgboss.job WHERE state = 'failed'`);
    expect(JSON.stringify(rows)).toContain('Failed query');
    expect(JSON.stringify([rows, job])).not.toContain('Vida');
  } finally {
    await jobs.close();
    await records.close();
  }
});
