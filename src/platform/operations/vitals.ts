import { statfs } from 'node:fs/promises';
import type { Backlog, House } from '../house/house.ts';
import type { QueueStanding } from '../jobs/ports.ts';
import type { EngineName, EngineState } from '../stores/engines.ts';
import type { Connections, FactsServer } from '../stores/ports.ts';
import { selectFactsVital, together, type FactsVital } from './facts.ts';
import { orNull } from './patience.ts';

export interface Disk {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** One server of the facts store. */
export interface FactsServerVital {
  /** Host and port. */
  readonly name: string;
  readonly answers: boolean;
  readonly vital: FactsVital | null;
}

/** How the house stands at one moment, each part null where it could not be told. */
export interface Vitals {
  readonly at: Date;
  readonly recordsAnswer: boolean;
  /** Whether every server of the facts does; of replicas one. */
  readonly factsAnswer: boolean;
  readonly factsServers: readonly FactsServerVital[];
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

/** Of servers with the same rows, what one says that answers. */
function oneOfEach<T>(servers: readonly FactsServer[], said: readonly (T | null)[]): (T | null)[] {
  const parts = new Map<number, T | null>();
  servers.forEach(({ part = 0 }, i) => parts.set(part, parts.get(part) ?? said[i] ?? null));
  return [...parts.values()];
}

/** Asks everything at once; answers within `patienceMs` whatever is away. */
export async function readVitals(house: House, patienceMs = 4_000): Promise<Vitals> {
  const told = <T>(work: Promise<T>): Promise<T | null> => orNull(work, patienceMs);
  const answers = (ping: Promise<void>): Promise<boolean> => told(ping.then(() => true)).then((a) => a === true);
  const server = async (of: FactsServer): Promise<FactsServerVital> => {
    const [here, vital] = await Promise.all([answers(of.ping()), told(selectFactsVital(of))]);
    return { name: of.name, answers: here, vital };
  };
  const [recordsAnswer, factsServers, backlog, queues, disk] = await Promise.all([
    answers(house.records.ping()),
    Promise.all(house.facts.servers.map(server)),
    told(house.backlog()),
    told(house.jobs.queues()),
    told(diskOf(house.config.dataDir)),
  ]);
  const parts = oneOfEach(
    house.facts.servers,
    factsServers.map((s) => s.vital),
  );
  const known = parts.flatMap((vital) => (vital === null ? [] : [vital]));
  const facts = known.length === parts.length ? together(known) : null;
  const answering = oneOfEach(
    house.facts.servers,
    factsServers.map((s) => (s.answers ? true : null)),
  );
  return {
    at: house.clock.now(),
    recordsAnswer,
    factsAnswer: answering.every((here) => here === true),
    factsServers,
    engines: house.engines?.() ?? null,
    connections: house.records.connections(),
    facts,
    backlog,
    queues,
    disk,
  };
}
