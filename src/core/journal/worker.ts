import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { bundled, entryUrl } from '../../platform/kernel/entry.ts';
import { factsAddressShape } from '../../platform/stores/facts.ts';
import { DrainLoop } from './loop.ts';
import { hearNews } from './news.ts';

/** What the thread is started with. */
export const drainWorkerData = z.object({
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
  slowStatementMs: z.number(),
  traced: z.boolean(),
  addresses: z.object({
    recordsUrl: z.string(),
    facts: factsAddressShape,
  }),
});

export interface RunningDrain {
  /** Something has been appended. */
  wake(): void;
  stop(): Promise<void>;
}

const RESTART_MS = 1_000;
/** A message to the thread costs more than an event: it is told of many at once. */
const WAKES_APART_MS = 25;
/** A turn that takes longer, as when a store hangs, is cut off: the next start finishes its batch. */
const GRACE_MS = 10_000;

/** Drains beside the caller: in a thread of its own, or in this one where the code does not run from its bundle. */
export function startDrain(house: House): RunningDrain {
  return bundled ? new DrainThread(house) : new DrainLoop(house);
}

/** The thread, started again when it ends by itself: the journal keeps what it has meanwhile. */
class DrainThread implements RunningDrain {
  readonly #house: House;
  #worker: Worker;
  #stopping = false;
  #restart: NodeJS.Timeout | undefined;
  #waking: NodeJS.Timeout | undefined;

  constructor(house: House) {
    this.#house = house;
    this.#worker = this.#start();
  }

  wake(): void {
    this.#waking ??= setTimeout(() => {
      this.#waking = undefined;
      if (!this.#stopping) this.#worker.postMessage('wake');
    }, WAKES_APART_MS);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    clearTimeout(this.#waking);
    const ended = new Promise<void>((resolve) => {
      if (this.#worker.threadId === -1) resolve();
      else this.#worker.once('exit', () => resolve());
    });
    this.#worker.postMessage('stop');
    const cut = setTimeout(() => void this.#worker.terminate(), GRACE_MS);
    await ended;
    clearTimeout(cut);
  }

  #start(): Worker {
    const { config, addresses, log, watch } = this.#house;
    const url = entryUrl('drain', new URL('./drain.worker.ts', import.meta.url), import.meta.url);
    const worker = new Worker(url, {
      workerData: {
        logLevel: config.logLevel,
        slowStatementMs: config.slowStatementMs,
        traced: config.otlpEndpoint !== undefined,
        addresses,
      } satisfies z.infer<typeof drainWorkerData>,
      // A batch is some ten thousand objects that die together: room for them spares copying the living ones.
      resourceLimits: { maxYoungGenerationSizeMb: 96 },
    });
    worker.on('message', (news: unknown) => hearNews(watch, news));
    worker.on('error', (error) => log.error({ error }, 'the drain broke'));
    worker.on('exit', () => {
      if (this.#stopping) return;
      log.warn({}, 'the drain ended and is started again');
      this.#restart = setTimeout(() => {
        this.#worker = this.#start();
      }, RESTART_MS);
    });
    return worker;
  }
}
