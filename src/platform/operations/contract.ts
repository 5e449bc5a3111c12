import { z } from 'zod';
import { instant, operation } from '../kernel/contract.ts';

const engine = z.object({
  /** `outside`: a server of somebody else's, known only by whether it answers. */
  state: z.enum(['running', 'restarting', 'stopped', 'outside']),
  /** How often it ended unasked since this process started. */
  restarts: z.number().int(),
});

const store = z.object({ answers: z.boolean(), engine: engine.nullable() });

const queue = z.object({
  queue: z.string(),
  waiting: z.number().int(),
  running: z.number().int(),
  failed: z.number().int(),
  dueSince: instant.nullable(),
});

const failedJob = z.object({
  id: z.string(),
  queue: z.string(),
  failedAt: instant,
  tries: z.number().int(),
  reason: z.string(),
});

const slowStatement = z.object({
  at: instant,
  store: z.enum(['records', 'facts']),
  /** What asked for it: `request metrics.query`. */
  task: z.string().nullable(),
  statement: z.string(),
  fingerprint: z.string(),
  ms: z.number(),
  rows: z.number().nullable(),
  failed: z.boolean(),
});

const status = z.object({
  at: instant,
  process: z.object({
    startedAt: instant,
    memoryBytes: z.number(),
    /** Delay of the event loop, at its 99th of a hundred. */
    loopDelayMs: z.number(),
  }),
  records: store.extend({
    connections: z.object({ open: z.number(), idle: z.number(), waiting: z.number(), most: z.number() }),
  }),
  facts: store.extend({
    vital: z
      .object({
        memoryBytes: z.number(),
        parts: z.number(),
        fullestPartitionParts: z.number(),
        rows: z.number(),
        diskBytes: z.number(),
      })
      .nullable(),
    /** Each server by host and port; one, unless the facts are parted among several. */
    servers: z.array(z.object({ name: z.string(), answers: z.boolean(), diskBytes: z.number().nullable() })),
  }),
  journal: z
    .object({
      messages: z.number(),
      bytes: z.number(),
      capBytes: z.number(),
      oldestAt: instant.nullable(),
      /** Messages that no try got through. */
      setAside: z.number(),
      refused: z.number(),
    })
    .nullable(),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  queues: z.array(queue).nullable(),
});

export const operationsContract = {
  status: operation({
    method: 'GET',
    path: '/operations',
    permission: 'operations:read',
    audit: { none: 'Counts and sizes.' },
    summary: 'How this installation fares: stores, journal, jobs, disk. What cannot be told now is null',
  }).output(status),
  failedJobs: operation({
    method: 'GET',
    path: '/operations/failed-jobs',
    permission: 'operations:read',
    audit: { none: 'Names of jobs, without what they work on.' },
    summary: 'The latest 100 jobs that failed for good',
  }).output(z.object({ items: z.array(failedJob) })),
  retryJob: operation({
    method: 'POST',
    path: '/operations/failed-jobs/{jobId}/retry',
    permission: 'operations:write',
    audit: { change: 'job', id: 'jobId' },
    status: 202,
    summary: 'Try a job once more that failed for good',
  })
    .input(z.object({ jobId: z.string() }))
    .output(z.object({ jobId: z.string() })),
  slowStatements: operation({
    method: 'GET',
    path: '/operations/slow-statements',
    permission: 'operations:read',
    audit: { none: 'Shapes of statements, without values.' },
    summary: 'The latest 200 slow statements of this process, with what asked for them',
  }).output(z.object({ slowerThanMs: z.number(), items: z.array(slowStatement) })),
};

export type FailedJobView = z.infer<typeof failedJob>;
export type SlowStatementView = z.infer<typeof slowStatement>;
export type QueueView = z.infer<typeof queue>;
export type OperationsStatus = z.infer<typeof status>;
