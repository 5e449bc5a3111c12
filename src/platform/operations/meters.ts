import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Histogram, Registry } from 'prom-client';
import {
  COUNTED,
  type Counted,
  type Flush,
  type Outcome,
  type Statement,
  type Task,
  type Watcher,
} from '../kernel/watch.ts';
import { Standing, tellStores, tellWaiting } from './standing.ts';
import type { Vitals } from './vitals.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900];

const COUNTED_NAMES: Readonly<Record<Counted, readonly [name: string, help: string]>> = {
  journal_accepted: ['touchstone_journal_accepted_messages_total', 'Messages acknowledged'],
  journal_refused: ['touchstone_journal_refused_messages_total', 'Messages refused, each with its reason'],
  journal_drained: [
    'touchstone_journal_drained_messages_total',
    'Messages brought among the facts, without repeated ones',
  ],
  import_rows: ['touchstone_import_rows_total', 'Rows of files that were read'],
};

/**
 * Counts what the house does, in the registry that /metrics is written from. Labels are names in our code: operations,
 * patterns of routes, jobs, stores.
 */
export class Meters implements Watcher {
  readonly #registry = new Registry();
  readonly #requests = this.#histogram('http_request', 'Requests, by operation or route and status', SECONDS, [
    'operation',
    'status',
  ]);
  readonly #jobs = this.#histogram('job', 'Tries of jobs, failed ones too', JOB_SECONDS, ['job']);
  readonly #failedTries = this.#counter('job_failed_tries_total', 'Tries of jobs that failed', ['job']);
  readonly #statements = this.#histogram('statement', 'Statements, until their answer had come', SECONDS, ['store']);
  readonly #failedStatements = this.#counter('statement_failures_total', 'Statements that failed', ['store']);
  readonly #flushes = this.#histogram('journal_flush', 'Durable writes of the journal', SECONDS, []);
  readonly #failedFlushes = this.#counter('journal_flush_failures_total', 'Durable writes that failed', []);
  readonly #counted = new Map(
    COUNTED.map((what) => {
      const [name, help] = COUNTED_NAMES[what];
      return [what, new Counter({ name, help, registers: [this.#registry] })];
    }),
  );
  readonly #loop = monitorEventLoopDelay({ resolution: 20 });
  readonly #requestMeters = new Map<string, Histogram.Internal<string>>();

  /** Begins to watch the event loop; `stop` ends it. */
  start(): void {
    this.#loop.enable();
  }

  stop(): void {
    this.#loop.disable();
  }

  ended(task: Task, { ms, failed, status }: Outcome): void {
    if (task.kind === 'request') this.#requestMeter(task.name, status ?? 0).observe(ms / 1000);
    if (task.kind !== 'job') return;
    this.#jobs.labels(task.name).observe(ms / 1000);
    if (failed) this.#failedTries.labels(task.name).inc();
  }

  statement({ store, ms, failed }: Statement): void {
    this.#statements.labels(store).observe(ms / 1000);
    if (failed) this.#failedStatements.labels(store).inc();
  }

  flushed({ ms, failed }: Flush): void {
    this.#flushes.observe(ms / 1000);
    if (failed) this.#failedFlushes.inc();
  }

  counted(what: Counted, n: number): void {
    this.#counted.get(what)?.inc(n);
  }

  readonly contentType: string = this.#registry.contentType;

  /** Everything, with how the house stands now; what cannot be told now is left out. */
  async write(vitals: Vitals): Promise<string> {
    const standing = new Standing();
    this.#process(standing);
    tellStores(standing, vitals);
    tellWaiting(standing, vitals);
    return `${await this.#registry.metrics()}\n${await standing.write()}`;
  }

  /** The event loop's delay at its 99th of a hundred, in ms, since it was last written. */
  loopDelayMs(): number {
    return this.#loop.count === 0 ? 0 : this.#loop.percentile(99) / 1e6;
  }

  #process(standing: Standing): void {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    standing.total('process_cpu_seconds_total', 'Processor time of this process', (user + system) / 1e6);
    standing.set('process_resident_memory_bytes', 'Memory of this process', rss);
    standing.set('process_start_time_seconds', 'When it started, since 1970', performance.timeOrigin / 1000);
    standing.set('nodejs_heap_used_bytes', 'Of the heap, in use', heapUsed);
    standing.set('nodejs_heap_size_bytes', 'The heap', heapTotal);
    standing.set('nodejs_external_memory_bytes', 'Buffers outside of the heap', external);
    if (this.#loop.count === 0) return;
    const delay = 'Delay of the event loop since it was last asked for';
    standing.set('nodejs_eventloop_lag_p50_seconds', delay, this.#loop.percentile(50) / 1e9);
    standing.set('nodejs_eventloop_lag_p99_seconds', delay, this.#loop.percentile(99) / 1e9);
    standing.set('nodejs_eventloop_lag_max_seconds', delay, this.#loop.max / 1e9);
    this.#loop.reset();
  }

  #requestMeter(name: string, status: number): Histogram.Internal<string> {
    const key = `${status} ${name}`;
    const known = this.#requestMeters.get(key);
    if (known !== undefined) return known;
    const made = this.#requests.labels(name, String(status));
    this.#requestMeters.set(key, made);
    return made;
  }

  #histogram(what: string, help: string, buckets: number[], labelNames: string[]): Histogram {
    const name = `touchstone_${what}_duration_seconds`;
    return new Histogram({ name, help, buckets, labelNames, registers: [this.#registry] });
  }

  #counter(what: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name: `touchstone_${what}`, help, labelNames, registers: [this.#registry] });
  }
}
