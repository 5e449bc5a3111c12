import { statfs } from 'node:fs/promises';
import type { Backlog, House } from '../house/house.ts';
import type { QueueStanding } from '../jobs/ports.ts';
import type { EngineName, EngineState } from '../stores/engines.ts';
import type { Connections } from '../stores/ports.ts';
import { selectFactsVital, type FactsVital } from './facts.ts';
import { orNull } from './patience.ts';

export interface Disk {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** How the house stands at one moment, each part null where it could not be told. */
export interface Vitals {
  readonly at: Date;
  readonly recordsAnswer: boolean;
  readonly factsAnswer: boolean;
  readonly engines: Readonly<Record<EngineName, EngineState>> | null;
  readonly connections: Connections;
  readonly facts: FactsVital | null;
  readonly backlog: Backlog | null;
  readonly queues: readonly QueueStanding[] | null;
  readonly disk: Disk | null;
}

/** Free and whole space, for us, where the data lie. */
export async function diskOf(dir: string): Promise<Disk> {
  const { bavail, blocks, bsize } = await statfs(dir);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Asks everything at once; answers within `patienceMs` whatever is away. */
export async function readVitals(house: House, patienceMs = 4_000): Promise<Vitals> {
  const told = <T>(work: Promise<T>): Promise<T | null> => orNull(work, patienceMs);
  const answers = (ping: Promise<void>): Promise<boolean> => told(ping.then(() => true)).then((a) => a === true);
  const [recordsAnswer, factsAnswer, facts, backlog, queues, disk] = await Promise.all([
    answers(house.records.ping()),
    answers(house.facts.ping()),
    told(selectFactsVital(house.facts)),
    told(house.backlog()),
    told(house.jobs.queues()),
    told(diskOf(house.config.dataDir)),
  ]);
  return {
    at: house.clock.now(),
    recordsAnswer,
    factsAnswer,
    engines: house.engines?.() ?? null,
    connections: house.records.connections(),
    facts,
    backlog,
    queues,
    disk,
  };
}
