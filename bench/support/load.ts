import { z } from 'zod';
import { Connection } from './connection.ts';
import { cpuSecondsOf } from './processes.ts';
import type { Keys } from './figures.ts';
import type { ServerProcess } from './server-process.ts';
import { batchBody, singleBody } from './traffic.ts';

const CONNECTIONS = 8;
const BATCH = 100;
const WARM_UP_MS = 3_000;
const MEASURED_MS = 12_000;

export interface Run {
  /** Events acknowledged a second. */
  readonly acknowledged: number;
  /** Events a second that could be queried, counted until the last one could. */
  readonly drained: number;
  /** Processor time of an event, of server and engines together, until the last one could be queried: microseconds. */
  readonly cpuMicros: number;
}

/** Events over kept-alive connections, the client on the same machine: batches of 100, or one at a time. */
export async function load(server: ServerProcess, shop: Keys, kind: 'batch' | 'track'): Promise<Run> {
  const perRequest = kind === 'batch' ? BATCH : 1;
  let acknowledged = 0;
  let stopped = false;
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => Connection.open(server.port, `/v1/${kind}`, shop.writeKey)),
  );
  const sending = connections.map(async (connection) => {
    while (!stopped) {
      const body = kind === 'batch' ? batchBody(BATCH) : singleBody();
      const status = await connection.post(body);
      if (status === 429) await pause(50);
      else if (status === 200) acknowledged += perRequest;
      else throw new Error(`The server answered ${status}.`);
    }
  });
  await pause(WARM_UP_MS);
  const waitingBefore = await waiting(server, shop.secretKey);
  const before = acknowledged;
  const cpuBefore = await cpuSecondsOf(server.pid ?? 0);
  const started = performance.now();
  await pause(MEASURED_MS);
  const seconds = (performance.now() - started) / 1_000;
  const taken = acknowledged - before;
  stopped = true;
  await Promise.all(sending);
  while ((await waiting(server, shop.secretKey)) > 0) await pause(50);
  const drainSeconds = (performance.now() - started) / 1_000;
  for (const connection of connections) connection.close();
  const drained = acknowledged - before + waitingBefore;
  return {
    acknowledged: taken / seconds,
    drained: drained / drainSeconds,
    cpuMicros: (((await cpuSecondsOf(server.pid ?? 0)) - cpuBefore) * 1e6) / drained,
  };
}

const status = z.object({ waitingMessages: z.number() });

async function waiting(server: ServerProcess, secretKey: string): Promise<number> {
  const response = await fetch(`${server.url}/api/v1/journal`, { headers: { authorization: `Bearer ${secretKey}` } });
  return status.parse(await response.json()).waitingMessages;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
