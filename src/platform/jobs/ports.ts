import type { z } from 'zod';
import type { Db } from '../stores/ports.ts';
import type { Log } from '../kernel/log.ts';

/** A job's declaration: shared by whoever sends it and whoever does it. */
export interface JobKind<I> {
  /** `imports.load`: capability and verb. */
  readonly name: string;
  readonly input: z.ZodType<I>;
  /** Jobs with the same key do not wait beside one another: the second is not queued while the first waits. */
  readonly key?: (input: I) => string;
  /** Of jobs with the same group one runs at a time in one process, so that none of them takes all of `concurrency`. */
  readonly group?: (input: I) => string;
  /** Tries after the first; 2 unless said. Waits between them grow. */
  readonly retries?: number;
  /** How many of this kind run at once in one process; 1 unless said. */
  readonly concurrency?: number;
  /** A try that takes longer is given up, in seconds; 900 unless said. A job that reports progress is kept alive. */
  readonly expireInSeconds?: number;
}

export interface JobContext {
  readonly jobId: string;
  readonly log: Log;
  /** Fires when the process stops or the job is cancelled: leave at the next safe place. */
  readonly signal: AbortSignal;
}

/** A job that this process does. */
export interface JobHandler {
  readonly kind: JobKind<never>;
  /** Parses what was stored, then does it. */
  run(input: unknown, context: JobContext): Promise<void>;
}

export interface Jobs {
  /** Queues one; inside `tx` it exists only when the transaction commits. Null when one with the same key waits already. */
  send<I>(
    kind: JobKind<I>,
    input: I,
    options?: { readonly tx?: Db; readonly startAfterSeconds?: number },
  ): Promise<string | null>;
  /** Runs one every so often: `cron` in five fields, UTC. */
  schedule<I>(kind: JobKind<I>, cron: string, input: I): Promise<void>;
  /** How the queues stand that hold anything. */
  queues(): Promise<QueueStanding[]>;
  /** Jobs that failed for good and are still kept, the latest first. */
  failed(limit: number): Promise<FailedJob[]>;
  /** Tries a job once more that failed for good. False when there is no such job. */
  retry(jobId: string): Promise<boolean>;
}

export interface QueueStanding {
  readonly queue: string;
  /** To be done now or later, tries that wait among them. */
  readonly waiting: number;
  readonly running: number;
  /** For good, in the days they are kept. */
  readonly failed: number;
  /** Since when the oldest could have been begun. */
  readonly dueSince: Date | null;
}

export interface FailedJob {
  readonly id: string;
  readonly queue: string;
  readonly failedAt: Date;
  readonly tries: number;
  /** Without what stores quote of the data. */
  readonly reason: string;
}

/** Declares what a job does; the input is parsed before. */
export function handleJob<I>(kind: JobKind<I>, work: (input: I, context: JobContext) => Promise<void>): JobHandler {
  return {
    kind: kind as unknown as JobKind<never>,
    run: (input, context) => work(kind.input.parse(input), context),
  };
}
