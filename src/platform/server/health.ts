import type { House } from '../house/house.ts';

const PATIENCE_MS = 2_000;

export interface Readiness {
  readonly status: 'ready' | 'not ready';
  readonly stores: Readonly<Record<'records' | 'facts', 'here' | 'away'>>;
}

/** Whether the stores answer within two seconds, and which is away. */
export async function readiness(house: House): Promise<Readiness> {
  const [records, facts] = await Promise.all([answers(house.records.ping()), answers(house.facts.ping())]);
  return { status: records === 'here' && facts === 'here' ? 'ready' : 'not ready', stores: { records, facts } };
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
