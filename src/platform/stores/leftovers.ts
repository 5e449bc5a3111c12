import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endLeftover } from './engine.ts';
import { lookUp, processIdentity } from './processes.ts';

/** An engine that outlived the process which started it. */
export interface Leftover {
  readonly engine: 'postgres' | 'clickhouse';
  readonly pid: number;
}

const ENGINES = ['postgres', 'clickhouse'] as const;
/** Each engine's word for leaving at once and in order. */
const GENTLY = { postgres: 'SIGINT', clickhouse: 'SIGKILL' } as const;

const pidFileOf = (dir: string, engine: Leftover['engine']): string => join(dir, engine, 'engine.json');

/** Engines of a data directory that run; leftovers, where nobody owns it. */
export async function runningEngines(dir: string): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for (const engine of ENGINES) {
    const text = await readFile(pidFileOf(dir, engine), 'utf8').catch(() => null);
    if (text === null) continue;
    const who = processIdentity.safeParse(JSON.parse(text));
    if (who.success && (await lookUp(who.data)) === 'alive') found.push({ engine, pid: who.data.pid });
  }
  return found;
}

/** Ends them, as the next start would. Only for a directory that nobody owns. */
export async function endLeftovers(dir: string): Promise<void> {
  for (const engine of ENGINES) await endLeftover(pidFileOf(dir, engine), GENTLY[engine], 60_000);
}
