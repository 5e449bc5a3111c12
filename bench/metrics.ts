import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBare } from './support/bare.ts';
import { fillEvents, fillOthers, measureFigures, settle, type Size } from './support/figures.ts';
import type { ReportLine } from './support/report.ts';
import { ServerProcess } from './support/server-process.ts';

const SIZE: Size = {
  first: 0,
  events: 5_000_000,
  orders: 400_000,
  answers: 500_000,
  people: 1_000_000,
  customers: 400_000,
};

/**
 * Every figure of Home through the API, the client included, over 5 million events and 500,000 answers; beside it a query written
 * by hand (bench/queries) straight to the store. The two must agree; medians of eleven runs, taken in turn.
 */
export const bench = {
  name: 'metrics',
  async run(report: (line: ReportLine) => void): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    await chmod(folder, 0o711);
    const server = new ServerProcess(join(folder, 'data'));
    try {
      const keys = await server.init();
      await server.start();
      const facts = await openBare(server.data);
      try {
        await fillEvents(facts, keys.workspaceId, SIZE);
        await fillOthers(facts, keys.workspaceId, SIZE);
        await settle(facts);
        await measureFigures('metrics', server, facts, keys, report);
      } finally {
        await facts.close();
      }
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
