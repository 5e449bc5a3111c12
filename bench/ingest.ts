import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBare } from './support/bare.ts';
import { load } from './support/load.ts';
import type { ReportLine } from './support/report.ts';
import { ServerProcess } from './support/server-process.ts';
import { eventLine } from './support/traffic.ts';

const RIVAL_ROWS_AN_INSERT = 30_000;

/**
 * Events a second over 8 connections with everything switched on, the client on the same machine; beside it ClickHouse
 * alone, taking the same rows through its client.
 */
export const bench = {
  name: 'ingest',
  async run(report: (line: ReportLine) => void): Promise<void> {
    const data = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    await chmod(data, 0o711);
    const server = new ServerProcess(data);
    try {
      const shop = await server.init();
      await server.start();
      const batches = await load(server, shop, 'batch');
      const singles = await load(server, shop, 'track');
      const bare = await bareInserts(data);
      const line = (figure: string, value: number, against: string, limit: number): ReportLine => ({
        bench: 'ingest',
        figure,
        value: Math.round(value),
        unit: 'events/s',
        against,
        ratio: Math.round((value / limit) * 100) / 100,
      });
      const rival = `${Math.round(bare)} rows/s into bare ClickHouse`;
      report(line('batches of 100, acknowledged', batches.acknowledged, rival, bare));
      report(line('batches of 100, drained', batches.drained, rival, bare));
      report({
        ...line('batches of 100, processor time of an event', batches.cpuMicros, rival, 1e6 / bare),
        unit: 'µs',
      });
      report(line('single events, acknowledged', singles.acknowledged, 'the goal of 4000 events/s', 4_000));
      report(line('single events, drained', singles.drained, 'the goal of 4000 events/s', 4_000));
    } finally {
      await server.stop();
      await rm(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  },
};

/** Rows a second of the same events, as the drain would insert them, into a table like events. */
async function bareInserts(data: string): Promise<number> {
  const facts = await openBare(data);
  try {
    await facts.command('CREATE TABLE bench_events AS events');
    const blocks = Array.from({ length: 8 }, () =>
      Array.from({ length: RIVAL_ROWS_AN_INSERT }, () => eventLine()).join('\n'),
    );
    for (const block of blocks.slice(0, 2)) await facts.insert('bench_events', block);
    const started = performance.now();
    for (const block of blocks) await facts.insert('bench_events', block);
    return (blocks.length * RIVAL_ROWS_AN_INSERT) / ((performance.now() - started) / 1_000);
  } finally {
    await facts.close();
  }
}
