import { readFile, readdir } from 'node:fs/promises';
import type { ReportLine } from './report.ts';

const MEMORY_LIMIT_MB = 1_000;
/** What /proc counts processor time in. */
const TICKS_A_SECOND = 100;

/** What the server of this pid and its engines hold in memory, beside the limit for all of them. */
export async function memoryLines(bench: string, pid: number): Promise<ReportLine[]> {
  return Object.entries(await memoryOf(pid)).map(([of, megabytes]) => ({
    bench,
    figure: `idle memory, ${of}`,
    value: Math.round(megabytes),
    unit: 'MB',
    against: `${MEMORY_LIMIT_MB} MB in all`,
    ratio: Math.round((megabytes / MEMORY_LIMIT_MB) * 100) / 100,
  }));
}

/** Processor time that a process and its living descendants have taken so far, in seconds. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  let ticks = 0;
  for (const each of [pid, ...childrenOf(await parentsOf(), pid)]) {
    const [, utime = '0', stime = '0'] = /^(?:\S+ ){11}(\d+) (\d+)/.exec(await statOf(each)) ?? [];
    ticks += Number(utime) + Number(stime);
  }
  return ticks / TICKS_A_SECOND;
}

/** The proportional share of what each process and its children have in memory: shared pages count once. */
async function memoryOf(pid: number): Promise<Record<'app' | 'PostgreSQL' | 'ClickHouse' | 'all', number>> {
  const parents = await parentsOf();
  const found = { app: await shareOf(pid), PostgreSQL: 0, ClickHouse: 0, all: 0 };
  for (const child of childrenOf(parents, pid)) {
    const command = await readFile(`/proc/${child}/cmdline`, 'latin1').catch(() => '');
    found[command.includes('facts-server') ? 'ClickHouse' : 'PostgreSQL'] += await shareOf(child);
  }
  return { ...found, all: found.app + found.PostgreSQL + found.ClickHouse };
}

/** What /proc tells of a process, from its state on; '' when it is gone. */
async function statOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2);
}

async function parentsOf(): Promise<Map<number, number>> {
  const parents = new Map<number, number>();
  for (const entry of await readdir('/proc')) {
    const stat = /^\d+$/.test(entry) ? await statOf(Number(entry)) : '';
    if (stat !== '') parents.set(Number(entry), Number(stat.split(' ')[1]));
  }
  return parents;
}

function childrenOf(parents: ReadonlyMap<number, number>, pid: number): number[] {
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...childrenOf(parents, child)]);
}

async function shareOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1_000;
}
