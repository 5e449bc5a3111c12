/**
 * Failure drills: rounds of load in which something dies. `npm run drills` runs many and writes docs/reliability.md;
 * as tests they run a few. What they have to find is the same.
 */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { integer, seeded } from '@touchstone/domain/random';
import { expect } from 'vitest';
import { processIdentity, type ProcessIdentity } from '../../src/platform/stores/processes.ts';
import type { Load } from './load.ts';
import { until } from './until.ts';

/** A strike comes somewhere within this many acknowledged batches of a round, and a few milliseconds. */
const MOST_BATCHES = 30;
const MOST_MS = 25;
const SENDERS = 4;

/** How often something dies: as often as the command says, else a few times. */
export function roundsOr(few: number): number {
  return Number(process.env['DRILL_ROUNDS'] ?? few);
}

export interface Drill {
  /** What dies, in words for the table. */
  readonly what: string;
  readonly rounds: number;
  readonly load: Load;
  /** Does it, and resolves once what died has been started again. */
  strike(): Promise<void>;
}

/**
 * Strikes once a round, at a random moment under load, and waits until events are taken and everything answers again.
 * Then every event has to be there once.
 */
export async function drill({ what, rounds, load, strike }: Drill): Promise<void> {
  const random = seeded(what);
  const seconds: number[] = [];
  const { sent: already } = load;
  for (let round = 0; round < rounds; round++) {
    let alive = true;
    const sending = load.sendWhile(() => alive, SENDERS);
    try {
      const enough = load.acknowledged + integer(random, 0, MOST_BATCHES);
      await until('the load', () => load.acknowledged >= enough);
      await pause(integer(random, 0, MOST_MS));
      const struck = performance.now();
      await strike();
      const before = load.acknowledged;
      await until('events to be taken again', () => load.acknowledged > before);
      await until('everything to answer', async () => (await fetch(`${load.url}/readyz`).catch(() => undefined))?.ok);
      seconds.push((performance.now() - struck) / 1000);
    } finally {
      alive = false;
      await sending;
    }
  }
  await load.finish();
  const { events, lost, doubled, rejected } = await load.look();
  const told: DrillResult = {
    what,
    rounds,
    sent: load.sent - already,
    found: events - already,
    lost,
    doubled,
    seconds,
  };
  const file = process.env['DRILLS_FILE'];
  if (file !== undefined) await appendFile(file, `${JSON.stringify(told)}\n`);
  expect({ events, lost, doubled, rejected }).toEqual({ events: load.sent, lost: 0, doubled: 0, rejected: 0 });
}

/** A line of what `npm run drills` makes its table of. Every message counts once, however often it was sent. */
interface DrillResult {
  readonly what: string;
  readonly rounds: number;
  readonly sent: number;
  readonly found: number;
  readonly lost: number;
  readonly doubled: number;
  /** Of each round, from the strike until events were taken and everything answered again. */
  readonly seconds: readonly number[];
}

export type EngineName = 'postgres' | 'clickhouse';

export async function engineOf(data: string, name: EngineName): Promise<ProcessIdentity> {
  return processIdentity.parse(JSON.parse(await readFile(join(data, name, 'engine.json'), 'utf8')));
}

/** SIGKILL, then waits until another stands in its place. */
export async function killEngine(data: string, name: EngineName): Promise<void> {
  const before = await engineOf(data, name);
  process.kill(before.pid, 'SIGKILL');
  const after = () => engineOf(data, name).catch(() => before);
  await until(`${name} to be started again`, async () => (await after()).pid !== before.pid, 60_000);
}
