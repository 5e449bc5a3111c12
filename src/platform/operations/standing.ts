import type { Exposition } from './exposition.ts';
import type { Vitals } from './vitals.ts';

/** How both stores, our engines and the connections fare. */
export function tellStores(text: Exposition, vitals: Vitals): void {
  const { recordsAnswer, factsAnswer, factsServers, engines, connections, facts } = vitals;
  const up = 'Whether the store answers';
  text.gauge('touchstone_store_up', up, Number(recordsAnswer), { store: 'records' });
  text.gauge('touchstone_store_up', up, Number(factsAnswer), { store: 'facts' });
  for (const { name, answers } of factsServers.length > 1 ? factsServers : []) {
    const one = 'Whether one of several servers of the facts store answers';
    text.gauge('touchstone_facts_server_up', one, Number(answers), { server: name });
  }
  for (const [engine, status] of Object.entries(engines ?? {})) {
    if (status.state === 'outside') continue;
    const running = Number(status.state === 'running');
    text.gauge('touchstone_engine_up', 'Whether an engine of ours runs', running, { engine });
    const restarts = 'How often it ended unasked and was started again';
    text.counter('touchstone_engine_restarts_total', restarts, status.crashes, { engine });
  }
  const pool = 'Connections to the records store, and askers that wait for one';
  for (const [state, n] of Object.entries(connections)) text.gauge('touchstone_pool_connections', pool, n, { state });
  if (facts === null) return;
  text.gauge('touchstone_facts_memory_bytes', 'Memory of the facts store', facts.memoryBytes);
  text.gauge('touchstone_facts_parts', 'Active parts of its tables', facts.parts);
  const fullest = 'Active parts of the partition that has most';
  text.gauge('touchstone_facts_fullest_partition_parts', fullest, facts.fullestPartitionParts);
  text.gauge('touchstone_facts_rows', 'Rows in its tables', facts.rows);
  text.gauge('touchstone_facts_disk_bytes', 'Bytes of its tables on disk', facts.diskBytes);
}

/** What waits: messages, jobs, and the disk that all of it needs. */
export function tellWaiting(text: Exposition, { at, backlog, queues, disk }: Vitals): void {
  if (backlog !== null) {
    const ageMs = backlog.oldestAt === null ? 0 : Math.max(0, at.getTime() - backlog.oldestAt.getTime());
    const aside = 'Messages that no try got through';
    text.gauge('touchstone_journal_set_aside_messages', aside, backlog.setAside);
    text.gauge('touchstone_journal_refused_messages', 'Refused messages that are still listed', backlog.refused);
    text.gauge('touchstone_journal_rows', 'Rows of the journal that wait', backlog.rows);
    text.gauge('touchstone_journal_messages', 'Messages that wait', backlog.messages);
    text.gauge('touchstone_journal_bytes', 'Bytes that wait', backlog.bytes);
    text.gauge('touchstone_journal_cap_bytes', 'Bytes above which nothing more is taken', backlog.capBytes);
    text.gauge('touchstone_journal_oldest_age_seconds', 'How long the oldest has waited', ageMs / 1000);
  }
  const jobs = 'Jobs in the queues; failed ones as long as they are kept';
  for (const { queue, waiting, running, failed } of queues ?? []) {
    for (const [state, n] of Object.entries({ waiting, running, failed })) {
      text.gauge('touchstone_jobs', jobs, n, { queue, state });
    }
  }
  if (disk === null) return;
  text.gauge('touchstone_disk_free_bytes', 'Free where the data lie', disk.freeBytes);
  text.gauge('touchstone_disk_size_bytes', 'Whole size of where the data lie', disk.totalBytes);
}
