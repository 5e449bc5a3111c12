import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { memoryLines } from './support/processes.ts';
import type { ReportLine } from './support/report.ts';
import { ServerProcess, freePort } from './support/server-process.ts';

const LAUNCHER = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url));
const LIMIT_MS = 3_000;
const STARTS = 5;
/** Long enough for what a start leaves to be given back. */
const IDLE_MS = 20_000;

/** From the command to the first page, and what lies in memory when nothing happens. */
export const bench = {
  run: async (report: (line: ReportLine) => void): Promise<void> => {
    const data = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    try {
      report(time('first page, empty directory', await firstPage(data)));
      const again: number[] = [];
      for (let start = 0; start < STARTS; start++) again.push(await firstPage(data));
      report(time('first page, existing directory', median(again)));
      const server = new ServerProcess(data);
      await server.start();
      await pause(IDLE_MS);
      const lines = await memoryLines('start', server.pid ?? 0);
      await server.stop();
      lines.forEach(report);
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  },
};

function time(figure: string, ms: number): ReportLine {
  const value = Math.round(ms);
  return {
    bench: 'start',
    figure,
    value,
    unit: 'ms',
    against: `${LIMIT_MS} ms`,
    ratio: Math.round((ms / LIMIT_MS) * 100) / 100,
  };
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
}

/** What `npm start` runs, until a page has come. */
async function firstPage(data: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [LAUNCHER, 'serve', '--data', data, '--port', String(port)], {
    env: { ...process.env, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  while ((await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))?.ok !== true) {
    if (child.exitCode !== null) throw new Error('It did not start.');
    await pause(10);
  }
  const ms = performance.now() - started;
  child.kill('SIGTERM');
  await ended;
  return ms;
}
