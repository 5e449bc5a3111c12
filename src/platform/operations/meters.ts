import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  COUNTED,
  type Counted,
  type Flush,
  type Outcome,
  type Statement,
  type Task,
  type Watcher,
} from '../kernel/watch.ts';
import { Exposition, Timing, type Labels } from './exposition.ts';
import { tellStores, tellWaiting } from './standing.ts';
import type { Vitals } from './vitals.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900];

const COUNTED_NAMES: Readonly<Record<Counted, readonly [name: string, help: string]>> = {
  journal_accepted: ['touchstone_journal_accepted_messages_total', 'Messages acknowledged'],
  journal_refused: ['touchstone_journal_refused_messages_total', 'Messages refused, each with its reason'],
  journal_drained: ['touchstone_journal_drained_messages_total', 'Messages brought among the facts, each once'],
  import_rows: ['touchstone_import_rows_total', 'Rows of files that were read'],
};

/** Timings of one thing by labels, with how many of it failed. */
class Timings {
  readonly #series = new Map<string, { readonly labels: Labels; readonly timing: Timing; failed: number }>();

  constructor(
    private readonly name: string,
    private readonly help: string,
    private readonly bounds: readonly number[],
    private readonly failures: string,
  ) {}

  observe(key: string, ms: number, failed: boolean, labels: () => Labels): void {
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { labels: labels(), timing: new Timing(this.bounds), failed: 0 };
      this.#series.set(key, series);
    }
    series.timing.observe(ms / 1000);
    if (failed) series.failed++;
  }

  tell(text: Exposition): void {
    for (const { labels, timing } of this.#series.values()) {
      text.histogram(`touchstone_${this.name}_duration_seconds`, this.help, timing, labels);
    }
    if (this.failures === '') return;
    for (const { labels, failed } of this.#series.values()) {
      text.counter(`touchstone_${this.failures}_total`, `${this.help}: failed ones`, failed, labels);
    }
  }
}

/**
 * Counts what the house does, for /metrics. Labels are names in our code: operations, patterns of routes, jobs, stores.
 */
export class Meters implements Watcher {
  // A request that failed is told by its status.
  readonly #requests = new Timings('http_request', 'Requests, by operation or route and status', SECONDS, '');
  readonly #jobs = new Timings('job', 'Tries of jobs', JOB_SECONDS, 'job_failed_tries');
  readonly #statements = new Timings('statement', 'Statements, to the end of their answer', SECONDS, 'statement_failures'); // prettier-ignore
  readonly #flushes = new Timings('journal_flush', 'Durable writes of the journal', SECONDS, 'journal_flush_failures');
  readonly #counted = new Map<Counted, number>(COUNTED.map((what) => [what, 0]));
  readonly #loop = monitorEventLoopDelay({ resolution: 20 });

  /** Begins to watch the event loop; `stop` ends it. */
  start(): void {
    this.#loop.enable();
  }

  stop(): void {
    this.#loop.disable();
  }

  ended({ kind, name }: Task, { ms, failed, status = 0 }: Outcome): void {
    if (kind === 'request') {
      this.#requests.observe(`${status} ${name}`, ms, failed, () => ({ operation: name, status: String(status) }));
    } else if (kind === 'job') {
      this.#jobs.observe(name, ms, failed, () => ({ job: name }));
    }
  }

  statement({ store, ms, failed }: Statement): void {
    this.#statements.observe(store, ms, failed, () => ({ store }));
  }

  flushed({ ms, failed }: Flush): void {
    this.#flushes.observe('', ms, failed, () => ({}));
  }

  counted(what: Counted, n: number): void {
    this.#counted.set(what, (this.#counted.get(what) ?? 0) + n);
  }

  /** Everything, with how the house stands now; what cannot be told now is left out. */
  write(vitals: Vitals): string {
    const text = new Exposition();
    for (const timings of [this.#requests, this.#jobs, this.#statements, this.#flushes]) timings.tell(text);
    for (const [what, n] of this.#counted) text.counter(...COUNTED_NAMES[what], n);
    this.#process(text);
    tellStores(text, vitals);
    tellWaiting(text, vitals);
    return text.write();
  }

  /** The event loop's delay at its 99th of a hundred, in ms, since it was last written. */
  loopDelayMs(): number {
    return this.#loop.count === 0 ? 0 : this.#loop.percentile(99) / 1e6;
  }

  #process(text: Exposition): void {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    text.counter('process_cpu_seconds_total', 'Processor time of this process', (user + system) / 1e6);
    text.gauge('process_resident_memory_bytes', 'Memory of this process', rss);
    text.gauge('process_start_time_seconds', 'When it started, since 1970', performance.timeOrigin / 1000);
    text.gauge('nodejs_heap_used_bytes', 'Of the heap, in use', heapUsed);
    text.gauge('nodejs_heap_size_bytes', 'The heap', heapTotal);
    text.gauge('nodejs_external_memory_bytes', 'Buffers outside of the heap', external);
    if (this.#loop.count === 0) return;
    const delay = 'Delay of the event loop since it was last asked for';
    text.gauge('nodejs_eventloop_lag_p50_seconds', delay, this.#loop.percentile(50) / 1e9);
    text.gauge('nodejs_eventloop_lag_p99_seconds', delay, this.#loop.percentile(99) / 1e9);
    text.gauge('nodejs_eventloop_lag_max_seconds', delay, this.#loop.max / 1e9);
    this.#loop.reset();
  }
}
