import type { House } from '../house/house.ts';
import type { EngineName, EngineState } from '../stores/engines.ts';

const PATIENCE_MS = 2_000;

export interface Readiness {
  readonly status: 'ready' | 'not ready';
  readonly stores: Readonly<Record<'records' | 'facts', 'here' | 'away'>>;
  /** Of several servers of the facts store, each by its host and port. */
  readonly servers?: Readonly<Record<string, 'here' | 'away'>>;
  /** What is wrong beside them, in words. */
  readonly problem?: string;
  /** Of the engines this process started. */
  readonly engines?: Readonly<Record<EngineName, EngineState['state']>>;
}

/** Whether the stores answer within two seconds, and which is away. */
export async function readiness(house: House): Promise<Readiness> {
  const [records, servers] = await Promise.all([
    answers(house.records.ping()),
    Promise.all(house.facts.servers.map(async (s) => [s.name, await answers(s.ping())] as const)),
  ]);
  const parts = new Map<number, boolean>();
  house.facts.servers.forEach(({ part = 0 }, i) => {
    const here = servers[i]?.[1] === 'here';
    parts.set(part, here || parts.get(part) === true);
  });
  // Of replicas one is enough.
  const facts = [...parts.values()].every((here) => here) ? 'here' : 'away';
  const engines = house.engines?.();
  const problem = house.space.refusal();
  const answering = records === 'here' && (facts === 'here' || !needsFacts(house));
  return {
    status: answering && problem === undefined ? 'ready' : 'not ready',
    stores: { records, facts },
    ...(servers.length > 1 ? { servers: Object.fromEntries(servers) } : {}),
    ...(problem === undefined ? {} : { problem }),
    ...(engines === undefined
      ? {}
      : { engines: { postgres: engines.postgres.state, clickhouse: engines.clickhouse.state } }),
  };
}

/** A server that only takes events goes on without the facts store: the journal keeps them. */
function needsFacts({ config: { roles } }: House): boolean {
  return roles.has('web') || roles.has('worker');
}

async function answers(ping: Promise<void>): Promise<'here' | 'away'> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'away'>((resolve) => {
    timer = setTimeout(() => resolve('away'), PATIENCE_MS);
  });
  try {
    return await Promise.race([
      ping.then(
        () => 'here' as const,
        () => 'away' as const,
      ),
      tooLong,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
