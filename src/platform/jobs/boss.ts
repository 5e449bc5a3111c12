import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { plainError, type Log } from '../kernel/log.ts';
import { Watch } from '../kernel/watch.ts';
import type { OpenedRecords } from '../stores/records.ts';
import { releaseAbandoned, selectFailed, selectQueues } from './records.ts';
import { Endings } from './endings.ts';
import type { JobHandler, JobKind, Jobs } from './ports.ts';
import type { WaitingJob } from './waiting.records.ts';

export interface OpenedJobs extends Jobs {
  /** Makes the queues of everything this process can do. Before the first `send`. */
  open(handlers: readonly JobHandler[]): Promise<void>;
  /** Begins to work. `alone`: no other process works on these records, so what is marked as being done was abandoned. */
  work(options: { readonly alone: boolean }): Promise<void>;
  /**
   * Does everything that waits, at once and on the caller's time, until nothing does: retries do not wait, nor does
   * what was to start later. Throws when a job failed for good, unless `tolerant`.
   */
  runAll(options?: { readonly tolerant?: boolean }): Promise<void>;
  /** Takes no more work; what is being done is told to leave and waited for. */
  close(): Promise<void>;
  /** Queues anew what waited elsewhere (a backup). Jobs that nobody does here are left out. */
  putBack(jobs: readonly WaitingJob[]): Promise<void>;
}

const SCHEMA = 'pgboss';
const STOP_TIMEOUT_MS = 30_000;
/** How often a queue is looked at of which nothing was heard. */
const LOOK_SECONDS = 10;
/** A process that says nothing for so long has died with its job. */
const HEARTBEAT_SECONDS = 60;

const storedJob = z.object({ input: z.unknown() });
type Stored = z.infer<typeof storedJob>;

function queueOf<I>(kind: JobKind<I>) {
  return {
    name: kind.name,
    policy: kind.key === undefined ? 'standard' : 'short',
    retryLimit: kind.retries ?? 2,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: kind.expireInSeconds ?? 900,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    notify: true,
  };
}

/** Jobs kept in the records store by pg-boss. */
export async function openJobs(
  records: OpenedRecords,
  url: string,
  log: Log,
  options: { readonly background: boolean; readonly watch?: Watch },
): Promise<OpenedJobs> {
  const { watch = new Watch() } = options;
  const boss = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    application_name: 'touchstone jobs',
    max: 4,
    supervise: options.background,
    schedule: options.background,
    useListenNotify: options.background,
    monitorVacuum: false,
  });
  const endings = new Endings(records.db);
  boss.on('error', (error) => {
    log.warn({ error }, 'the job queue met an error');
    endings.doubt();
  });
  await boss.start();

  const handlers = new Map<string, JobHandler>();
  const stopping = new AbortController();
  const workers = new Map<string, string>();

  async function perform(handler: JobHandler, job: { id: string; data: Stored; signal: AbortSignal }): Promise<void> {
    const signal = AbortSignal.any([job.signal, stopping.signal]);
    const { name } = handler.kind;
    await watch.around({ kind: 'job', name }, () =>
      handler.run(job.data.input, { jobId: job.id, log: log.child({ jobId: job.id, job: name }), signal }),
    );
  }

  function known(name: string): void {
    if (!handlers.has(name)) throw new Error(`No capability does the job ${name}.`);
  }

  return {
    open: async (list) => {
      for (const handler of list) {
        if (handlers.has(handler.kind.name)) throw new Error(`Two capabilities do the job ${handler.kind.name}.`);
        handlers.set(handler.kind.name, handler);
      }
      const there = new Set((await boss.getQueues()).map((q) => q.name));
      await Promise.all(
        list.map(async ({ kind }) => {
          const { name, policy, ...rest } = queueOf(kind);
          if (there.has(name)) await boss.updateQueue(name, rest);
          else await boss.createQueue(name, { policy, ...rest });
        }),
      );
    },

    send: async (kind, input, { tx, startAfterSeconds } = {}) => {
      known(kind.name);
      const jobId = await boss.send(
        kind.name,
        { input: kind.input.parse(input) },
        {
          ...(kind.key === undefined ? {} : { singletonKey: kind.key(input) }),
          ...(kind.group === undefined ? {} : { group: { id: kind.group(input) } }),
          ...(startAfterSeconds === undefined ? {} : { startAfter: startAfterSeconds }),
          ...(tx === undefined ? {} : { db: fromDrizzle(tx, sql) }),
        },
      );
      // The queue says what may be done now; for what may be done soon it would be looked at too late.
      if (startAfterSeconds !== undefined && startAfterSeconds < LOOK_SECONDS) {
        setTimeout(() => {
          const worker = workers.get(kind.name);
          if (worker !== undefined && !stopping.signal.aborted) boss.notifyWorker(worker);
        }, startAfterSeconds * 1_000).unref();
      }
      return jobId;
    },

    schedule: async (kind, cron, input) => {
      known(kind.name);
      await boss.schedule(kind.name, cron, { input: kind.input.parse(input) }, { tz: 'UTC' });
    },

    work: async ({ alone }) => {
      if (alone) await releaseAbandoned(records.db);
      for (const handler of handlers.values()) {
        const worker = await boss.work<Stored>(
          handler.kind.name,
          {
            localConcurrency: handler.kind.concurrency ?? 1,
            ...(handler.kind.group === undefined ? {} : { localGroupConcurrency: 1 }),
            pollingIntervalSeconds: 2,
            notifyPollingIntervalSeconds: LOOK_SECONDS,
          },
          async ([job]) => {
            if (job === undefined) return;
            let reason: string | undefined;
            endings.begun(job.id);
            try {
              await perform(handler, job);
            } catch (error) {
              const cause = error instanceof Error ? error : new Error(String(error));
              log.warn({ job: handler.kind.name, jobId: job.id, retry: job.retryCount, error: cause }, 'a job failed');
              reason = reasonOf(cause);
            } finally {
              endings.ended(job.id);
              // Whatever was queued meanwhile is done at once, not when the queue is next looked at.
              const worker = workers.get(handler.kind.name);
              if (worker !== undefined) boss.notifyWorker(worker);
            }
            // What the queue keeps of a failure: nothing that stores quote of the data, so not the error itself.
            if (reason !== undefined) throw new Error(reason);
          },
        );
        workers.set(handler.kind.name, worker);
      }
    },

    queues: () => selectQueues(records.db),
    failed: (limit) => selectFailed(records.db, limit),
    retry: async (jobId) => {
      const job = (await selectFailed(records.db, 1, jobId))[0];
      if (job === undefined) return false;
      await boss.retry(job.queue, jobId);
      return true;
    },

    runAll: async ({ tolerant = false } = {}) => {
      const failures: unknown[] = [];
      for (let found = true; found;) {
        found = false;
        const waiting = (await selectQueues(records.db)).filter((queue) => queue.waiting > 0);
        for (const { queue: name } of waiting) {
          const handler = handlers.get(name);
          if (handler === undefined) continue;
          const jobs = await boss.fetch<Stored>(name, { batchSize: 1, includeMetadata: true, ignoreStartAfter: true });
          for (const job of jobs) {
            found = true;
            try {
              await perform(handler, { id: job.id, data: job.data, signal: stopping.signal });
              await boss.complete(name, job.id);
            } catch (error) {
              await boss.fail(name, job.id, { message: reasonOf(error) });
              if (job.retryCount >= job.retryLimit) failures.push(error);
            }
          }
        }
      }
      if (failures.length > 0 && !tolerant) throw new AggregateError(failures, `Jobs failed: ${String(failures[0])}`);
    },

    putBack: async (jobs) => {
      for (const { name, data, key, startAfter } of jobs) {
        if (!handlers.has(name)) continue;
        const options = { startAfter: new Date(startAfter), ...(key === null ? {} : { singletonKey: key }) };
        await boss.send(name, storedJob.parse(data), options);
      }
    },

    close: async () => {
      stopping.abort();
      endings.close();
      await boss.stop({ graceful: options.background, timeout: STOP_TIMEOUT_MS });
    },
  };
}

/** Why a job failed, as it is kept beside it: without what stores quote of the data. */
function reasonOf(error: unknown): string {
  const { type, message, code } = plainError(error);
  return `${type}${code === undefined ? '' : ` ${code}`}: ${message}`.slice(0, 500);
}

/** Makes the queue's own tables, so that databases copied from this one have them. */
export async function installJobs(url: string, log: Log): Promise<void> {
  const boss = new PgBoss({ connectionString: url, schema: SCHEMA, max: 2, supervise: false, schedule: false });
  boss.on('error', (error) => log.warn({ error }, 'the job queue met an error'));
  await boss.start();
  await boss.stop({ graceful: false });
}
