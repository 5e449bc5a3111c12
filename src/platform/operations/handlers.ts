import { implement } from '@orpc/server';
import type { House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import { Problem } from '../kernel/problem.ts';
import type { EngineState } from '../stores/engines.ts';
import { operationsContract } from './contract.ts';
import { readVitals } from './vitals.ts';
import type { Watchers } from './watchers.ts';

const SHOWN = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function operationsHandlers(house: House, { meters, slow }: Watchers) {
  const os = implement(operationsContract).$context<RequestContext>();
  return os.router({
    status: os.status.handler(async () => {
      const { at, backlog, queues, disk, facts, engines, connections, ...answers } = await readVitals(house);
      return {
        at: at.toISOString(),
        process: {
          startedAt: new Date(performance.timeOrigin).toISOString(),
          memoryBytes: process.memoryUsage.rss(),
          loopDelayMs: meters.loopDelayMs(),
        },
        records: { answers: answers.recordsAnswer, engine: engineView(engines?.postgres), connections },
        facts: {
          answers: answers.factsAnswer,
          engine: engineView(engines?.clickhouse),
          vital: facts,
          servers: answers.factsServers.map(({ vital, ...s }) => ({ ...s, diskBytes: vital?.diskBytes ?? null })),
        },
        journal:
          backlog === null
            ? null
            : {
                messages: backlog.messages,
                bytes: backlog.bytes,
                capBytes: backlog.capBytes,
                oldestAt: backlog.oldestAt?.toISOString() ?? null,
                setAside: backlog.setAside,
                refused: backlog.refused,
              },
        disk,
        queues: queues?.map((q) => ({ ...q, dueSince: q.dueSince?.toISOString() ?? null })) ?? null,
      };
    }),
    failedJobs: os.failedJobs.handler(async () => {
      const jobs = await house.jobs.failed(SHOWN);
      return { items: jobs.map((job) => ({ ...job, failedAt: job.failedAt.toISOString() })) };
    }),
    retryJob: os.retryJob.handler(async ({ input: { jobId } }) => {
      if (!UUID.test(jobId) || !(await house.jobs.retry(jobId))) {
        throw new Problem('not-found', 'There is no such job among those that failed.');
      }
      return { jobId };
    }),
    slowStatements: os.slowStatements.handler(() => ({
      slowerThanMs: slow.slowerThanMs,
      items: slow.latest().map((s) => ({ ...s, at: s.at.toISOString() })),
    })),
  });
}

function engineView(engine: EngineState | undefined) {
  if (engine === undefined) return null;
  return { state: engine.state, restarts: engine.state === 'outside' ? 0 : engine.crashes };
}
