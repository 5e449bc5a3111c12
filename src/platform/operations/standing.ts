import { Counter, Gauge, Registry } from 'prom-client';
import type { Vitals } from './vitals.ts';

type Labels = Readonly<Record<string, string>>;

/** Figures of one moment: those that nobody sets are not written. */
export class Standing {
  readonly #registry = new Registry();
  readonly #gauges = new Map<string, Gauge>();
  readonly #totals = new Map<string, Counter>();

  set(name: string, help: string, value: number, labels: Labels = {}): void {
    const make = (): Gauge => new Gauge({ name, help, labelNames: Object.keys(labels), registers: [this.#registry] });
    const gauge = this.#gauges.get(name) ?? make();
    this.#gauges.set(name, gauge);
    gauge.set(labels, value);
  }

  /** What only rises while the process lives. */
  total(name: string, help: string, value: number, labels: Labels = {}): void {
    const make = (): Counter =>
      new Counter({ name, help, labelNames: Object.keys(labels), registers: [this.#registry] });
    const counter = this.#totals.get(name) ?? make();
    this.#totals.set(name, counter);
    counter.inc(labels, value);
  }

  write(): Promise<string> {
    return this.#registry.metrics();
  }
}

export function tellStores(standing: Standing, vitals: Vitals): void {
  const { recordsAnswer, factsAnswer, engines, connections, facts } = vitals;
  const up = 'Whether the store answers';
  standing.set('touchstone_store_up', up, Number(recordsAnswer), { store: 'records' });
  standing.set('touchstone_store_up', up, Number(factsAnswer), { store: 'facts' });
  for (const [engine, status] of Object.entries(engines ?? {})) {
    if (status.state === 'outside') continue;
    const running = Number(status.state === 'running');
    standing.set('touchstone_engine_up', 'Whether an engine of ours runs', running, { engine });
    const restarts = 'How often it ended unasked and was started again';
    standing.total('touchstone_engine_restarts_total', restarts, status.crashes, { engine });
  }
  const pool = 'Connections to the records store, and askers that wait for one';
  for (const [state, n] of Object.entries(connections)) standing.set('touchstone_pool_connections', pool, n, { state });
  if (facts === null) return;
  standing.set('touchstone_facts_memory_bytes', 'Memory of the facts store', facts.memoryBytes);
  standing.set('touchstone_facts_parts', 'Active parts of its tables', facts.parts);
  const fullest = 'Active parts of the partition that has most';
  standing.set('touchstone_facts_fullest_partition_parts', fullest, facts.fullestPartitionParts);
  standing.set('touchstone_facts_rows', 'Rows in its tables', facts.rows);
  standing.set('touchstone_facts_disk_bytes', 'Bytes of its tables on disk', facts.diskBytes);
}

export function tellWaiting(standing: Standing, { at, backlog, queues, disk }: Vitals): void {
  if (backlog !== null) {
    const ageMs = backlog.oldestAt === null ? 0 : Math.max(0, at.getTime() - backlog.oldestAt.getTime());
    const aside = 'Messages that no try got through';
    standing.set('touchstone_journal_set_aside_messages', aside, backlog.setAside);
    standing.set('touchstone_journal_refused_messages', 'Refused messages that are still listed', backlog.refused);
    standing.set('touchstone_journal_rows', 'Rows of the journal that wait', backlog.rows);
    standing.set('touchstone_journal_messages', 'Messages that wait', backlog.messages);
    standing.set('touchstone_journal_bytes', 'Bytes that wait', backlog.bytes);
    standing.set('touchstone_journal_cap_bytes', 'Bytes above which nothing more is taken', backlog.capBytes);
    standing.set('touchstone_journal_oldest_age_seconds', 'How long the oldest has waited', ageMs / 1000);
  }
  const jobs = 'Jobs in the queues; failed ones as long as they are kept';
  for (const { queue, waiting, running, failed } of queues ?? []) {
    for (const [state, n] of Object.entries({ waiting, running, failed })) {
      standing.set('touchstone_jobs', jobs, n, { queue, state });
    }
  }
  if (disk === null) return;
  standing.set('touchstone_disk_free_bytes', 'Free where the data lie', disk.freeBytes);
  standing.set('touchstone_disk_size_bytes', 'Whole size of where the data lie', disk.totalBytes);
}
