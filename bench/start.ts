import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ReportLine } from './support/report.ts';
import { ServerProcess, freePort } from './support/server-process.ts';

const LAUNCHER = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url));
const LIMIT_MS = 3_000;
const MEMORY_LIMIT_MB = 1_000;
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
      const megabytes = await memoryOf(server.pid ?? 0);
      await server.stop();
      for (const [figure, value] of Object.entries(megabytes)) {
        report({
          bench: 'start',
          figure: `idle memory, ${figure}`,
          value: Math.round(value),
          unit: 'MB',
          against: `${MEMORY_LIMIT_MB} MB in all`,
          ratio: Math.round((value / MEMORY_LIMIT_MB) * 100) / 100,
        });
      }
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

/** The proportional share of what each process and its children have in memory: shared pages count once. */
async function memoryOf(pid: number): Promise<Record<'app' | 'PostgreSQL' | 'ClickHouse' | 'all', number>> {
  const parents = new Map<number, number>();
  for (const entry of await readdir('/proc')) {
    const stat = /^\d+$/.test(entry) ? await readFile(`/proc/${entry}/stat`, 'latin1').catch(() => '') : '';
    if (stat !== '') parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const found = { app: await shareOf(pid), PostgreSQL: 0, ClickHouse: 0, all: 0 };
  for (const child of childrenOf(parents, pid)) {
    const command = await readFile(`/proc/${child}/cmdline`, 'latin1').catch(() => '');
    found[command.includes('facts-server') ? 'ClickHouse' : 'PostgreSQL'] += await shareOf(child);
  }
  return { ...found, all: found.app + found.PostgreSQL + found.ClickHouse };
}

function childrenOf(parents: ReadonlyMap<number, number>, pid: number): number[] {
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...childrenOf(parents, child)]);
}

async function shareOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1_000;
}
