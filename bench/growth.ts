import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openBare } from './support/bare.ts';
import { fillEvents, fillOthers, measureFigures, settle, type Size } from './support/figures.ts';
import { load } from './support/load.ts';
import { memoryLines } from './support/processes.ts';
import type { ReportLine } from './support/report.ts';
import { ServerProcess } from './support/server-process.ts';

const SIZES = [1_000_000, 5_000_000, 20_000_000];
/** For a try: `GROWTH_PART=100` fills in a hundredth of everything. */
const PART = Number(process.env.GROWTH_PART ?? 1);
/** Long enough for what a load leaves to be given back. */
const IDLE_MS = 30_000;

/**
 * What an event costs and what Home's figures take at 1, 5 and 20 million events, with 2 million answers, a million orders and
 * a million people; then what lies in memory when nothing happens.
 */
export const bench = {
  name: 'growth',
  async run(report: (line: ReportLine) => void): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    await chmod(folder, 0o711);
    const server = new ServerProcess(join(folder, 'data'));
    try {
      const keys = await server.init();
      await server.start();
      const facts = await openBare(server.data);
      try {
        let first = 0;
        let smallest: number | undefined;
        for (const events of SIZES.map((size) => Math.round(size / PART))) {
          await fillEvents(facts, keys.workspaceId, sizeOf(first, events));
          if (first === 0) await fillOthers(facts, keys.workspaceId, sizeOf(0, events));
          first = events;
          await settle(facts);
          const label = `${events.toLocaleString('en')} events: `;
          const { acknowledged, drained, cpuMicros } = await load(server, keys, 'batch');
          smallest ??= cpuMicros;
          const against = 'events acknowledged a second meanwhile';
          report(
            line(
              `${label}drained`,
              drained,
              'events/s',
              `${Math.round(acknowledged)} ${against}`,
              drained / acknowledged,
            ),
          );
          const before = `${Math.round(smallest)} µs at the smallest size`;
          report(line(`${label}processor time of an event`, cpuMicros, 'µs', before, cpuMicros / smallest));
          await measureFigures('growth', server, facts, keys, report, label);
        }
      } finally {
        await facts.close();
      }
      await pause(IDLE_MS);
      for (const memory of await memoryLines('growth', server.pid ?? 0)) report(memory);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function sizeOf(first: number, events: number): Size {
  const million = Math.round(1_000_000 / PART);
  return { first, events: events - first, orders: million, answers: 2 * million, people: million, customers: million };
}

function line(figure: string, value: number, unit: string, against: string, ratio: number): ReportLine {
  return { bench: 'growth', figure, value: Math.round(value), unit, against, ratio: Math.round(ratio * 100) / 100 };
}
