import { z } from 'zod';
import { handleJob, type JobHandler, type JobKind, type Jobs } from '../jobs/ports.ts';
import type { Events, Subscription } from './house.ts';

interface Subscriber {
  readonly event: string;
  readonly job: JobKind<unknown>;
}

export interface EventBus extends Events {
  /** Gives every subscription a job of its own, named after the event and the capability that hears it. */
  connect(capability: string, subscriptions: readonly Subscription[]): JobHandler[];
}

/** Events inside the house: one durable job for each who listens. */
export function openEvents(jobs: Jobs): EventBus {
  const subscribers: Subscriber[] = [];
  return {
    connect: (capability, subscriptions) =>
      subscriptions.map((subscription) => {
        const before = subscribers.filter((s) => s.job.name.startsWith(`${subscription.kind.name}/${capability}`));
        const suffix = before.length === 0 ? '' : `/${before.length + 1}`;
        const job: JobKind<unknown> = {
          name: `${subscription.kind.name}/${capability}${suffix}`,
          input: z.unknown(),
          retries: 10,
        };
        subscribers.push({ event: subscription.kind.name, job });
        return handleJob(job, (payload) => subscription.hear(payload));
      }),
    publish: async (kind, payload, { tx } = {}) => {
      const parsed = kind.payload.parse(payload);
      for (const { event, job } of subscribers) {
        if (event === kind.name) await jobs.send(job, parsed, tx === undefined ? {} : { tx });
      }
    },
  };
}
