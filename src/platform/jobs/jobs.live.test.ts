import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../../test/support/until.ts';
import { freshDatabase } from '../../../test/support/world.ts';
import { type Log, silentLog } from '../kernel/log.ts';
import { openRecords, type OpenedRecords } from '../stores/records.ts';
import { openJobs, type OpenedJobs } from './boss.ts';
import { handleJob, type JobHandler, type JobKind } from './ports.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

interface Place {
  readonly url: string;
  readonly records: OpenedRecords;
}

async function place(): Promise<Place> {
  const url = await freshDatabase();
  const records = openRecords(url, silentLog);
  opened.push(() => records.close());
  return { url, records };
}

async function jobsOf(
  at: Place,
  handlers: readonly JobHandler[],
  background = false,
  log: Log = silentLog,
): Promise<OpenedJobs> {
  const jobs = await openJobs(at.records, at.url, log, { background });
  opened.push(() => jobs.close());
  await jobs.open(handlers);
  return jobs;
}

const count: JobKind<{ n: number }> = { name: 'test.count', input: z.object({ n: z.number().int() }) };
const keyed: JobKind<{ key: string; n: number }> = {
  name: 'test.keyed',
  input: z.object({ key: z.string(), n: z.number() }),
  key: ({ key }) => key,
};

/** A promise and the means to keep it. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

test('[JB1] a job is done once, with its input parsed', async () => {
  const seen: number[] = [];
  const jobs = await jobsOf(await place(), [handleJob(count, async ({ n }) => void seen.push(n))]);
  expect(await jobs.send(count, { n: 1 })).toEqual(expect.any(String));
  await jobs.send(count, { n: 2 }, { startAfterSeconds: 3600 });
  await jobs.runAll();
  await jobs.runAll();
  expect(seen.sort()).toEqual([1, 2]);
  await expect(jobs.send(count, { n: 1.5 })).rejects.toThrow(z.ZodError);
});

test('[JB2] a job sent in a transaction exists only when that commits', async () => {
  const seen: number[] = [];
  const at = await place();
  const jobs = await jobsOf(at, [handleJob(count, async ({ n }) => void seen.push(n))]);
  const undone = at.records.transaction(async (tx) => {
    await jobs.send(count, { n: 1 }, { tx });
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  await at.records.transaction(async (tx) => {
    await jobs.send(count, { n: 2 }, { tx });
    await jobs.runAll();
    expect(seen).toEqual([]);
  });
  await jobs.runAll();
  expect(seen).toEqual([2]);
});

test('[JB3] a second job of a key is not queued while the first waits', async () => {
  const seen: number[] = [];
  const at = await place();
  const again: (() => Promise<void>)[] = [];
  const handler = handleJob(keyed, async ({ n }) => {
    seen.push(n);
    await again.pop()?.();
  });
  const jobs = await jobsOf(at, [handler]);
  again.push(async () => expect(await jobs.send(keyed, { key: 'a', n: 3 })).not.toBeNull());
  expect(await jobs.send(keyed, { key: 'a', n: 1 })).not.toBeNull();
  expect(await jobs.send(keyed, { key: 'a', n: 2 })).toBeNull();
  await at.records.transaction(async (tx) => {
    expect(await jobs.send(keyed, { key: 'a', n: 2 }, { tx })).toBeNull();
  });
  await jobs.runAll();
  expect(seen).toEqual([1, 3]);
  expect(await jobs.send(keyed, { key: 'b', n: 4 })).not.toBeNull();
  await jobs.runAll();
  expect(seen).toEqual([1, 3, 4]);
});

test('[JB4] a failing job is tried again, then it has failed for good', async () => {
  let tries = 0;
  const stubborn: JobKind<object> = { name: 'test.stubborn', input: z.object({}), retries: 3 };
  const jobs = await jobsOf(await place(), [
    handleJob(stubborn, async () => {
      tries++;
      throw new Error('never');
    }),
  ]);
  await jobs.send(stubborn, {});
  await expect(jobs.runAll()).rejects.toThrow('never');
  expect(tries).toBe(4);
  await jobs.runAll();
  expect(tries).toBe(4);
  await jobs.send(stubborn, {});
  await jobs.runAll({ tolerant: true });
  expect(tries).toBe(8);
});

test('[JB5, JB8] workers begin when a job is sent, and no more at once than the kind says', async () => {
  const pair: JobKind<{ n: number }> = { ...count, name: 'test.pair', concurrency: 2 };
  let running = 0;
  let most = 0;
  let done = 0;
  const both = gate();
  const handler = handleJob(pair, async () => {
    running++;
    most = Math.max(most, running);
    if (running === 2) both.open();
    await both.passed;
    running--;
    done++;
  });
  const jobs = await jobsOf(await place(), [handler], true);
  await jobs.work({ alone: true });
  for (let n = 0; n < 6; n++) await jobs.send(pair, { n });
  await until('all jobs done', () => done === 6);
  expect(most).toBe(2);
});

test('[JB5] one group takes no more than one of the places that a kind has', async () => {
  const pair: JobKind<{ n: number }> = { ...count, name: 'test.groups', concurrency: 2, group: ({ n }) => String(n) };
  const begun: number[] = [];
  const other = gate();
  const handler = handleJob(pair, async ({ n }) => {
    begun.push(n);
    if (n === 2) other.open();
    await other.passed;
  });
  const jobs = await jobsOf(await place(), [handler], true);
  await jobs.work({ alone: true });
  await jobs.send(pair, { n: 1 });
  await until('the first begun', () => begun.length === 1);
  await jobs.send(pair, { n: 1 });
  await jobs.send(pair, { n: 2 });
  await other.passed;
  expect(begun).toEqual([1, 2]);
});

test('[JB6] a process that stops tells its jobs to leave, and what was left is done later', async () => {
  const at = await place();
  const begun = gate();
  let left = false;
  const first = await jobsOf(
    at,
    [
      handleJob(count, async (_, { signal }) => {
        begun.open();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        left = true;
        throw new Error('left at a safe place');
      }),
    ],
    true,
  );
  await first.work({ alone: true });
  await first.send(count, { n: 1 });
  await begun.passed;
  await first.close();
  expect(left).toBe(true);
  let done = false;
  const second = await jobsOf(at, [handleJob(count, async () => void (done = true))]);
  await second.runAll();
  expect(done).toBe(true);
});

test('[JB7] a job whose process was killed is tried again by the next', async () => {
  const at = await place();
  const begun = gate();
  const end = gate();
  const killed = await jobsOf(at, [
    handleJob(count, async () => {
      begun.open();
      await end.passed;
    }),
  ]);
  await killed.send(count, { n: 1 });
  const hanging = killed.runAll();
  await begun.passed;
  let done = false;
  const next = await jobsOf(at, [handleJob(count, async () => void (done = true))], true);
  await next.work({ alone: true });
  await until('the job done by the next process', () => done);
  end.open();
  await hanging;
});

test('[JB9] a job that nobody does, or two do, is named', async () => {
  const handler = handleJob(count, async () => undefined);
  const jobs = await jobsOf(await place(), [handler]);
  await expect(jobs.send(keyed, { key: 'a', n: 1 })).rejects.toThrow('No capability does the job test.keyed');
  await expect(jobs.open([handler])).rejects.toThrow('Two capabilities do the job test.count');
});

test('[JB10] a job that ended while the store was away is tried again soon after its return', async () => {
  const at = await place();
  const name = new URL(at.url).pathname.slice(1);
  const elsewhere = openRecords(await freshDatabase('empty'), silentLog);
  opened.push(() => elsewhere.close());
  const shut = async (): Promise<void> => {
    await elsewhere.db.execute(sql`ALTER DATABASE ${sql.identifier(name)} WITH ALLOW_CONNECTIONS false`);
    await elsewhere.db.execute(sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${name}`);
  };
  let failed = false;
  let unnoted = 0;
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    error: () => undefined,
    child: () => log,
    warn: (_, message) => {
      if (message === 'a job failed') failed = true;
      else if (failed && message === 'the job queue met an error') unnoted++;
    },
  };
  let tries = 0;
  const handler = handleJob(count, async () => {
    if (++tries > 1) return;
    await shut();
    throw new Error('the store is gone');
  });
  const jobs = await jobsOf(at, [handler], true, log);
  await jobs.work({ alone: true });
  await jobs.send(count, { n: 1 });
  await until('its end not to be noted', () => unnoted > 1);
  expect(tries).toBe(1);
  await elsewhere.db.execute(sql`ALTER DATABASE ${sql.identifier(name)} WITH ALLOW_CONNECTIONS true`);
  await until('the job to be tried again', () => tries === 2, 30_000);
});
