import { z } from 'zod';
import { Connection } from './connection.ts';
import { cpuSecondsOf } from './processes.ts';
import type { Keys } from './figures.ts';
import type { ServerProcess } from './server-process.ts';
import { batchBody, singleBody } from './traffic.ts';

const CONNECTIONS = 8;
const BATCH = 100;
/** Long enough that most of the people have come for the first time. */
const WARM_UP_MS = 10_000;
const MEASURED_MS = 30_000;

export interface Run {
  /** Events acknowledged a second. */
  readonly acknowledged: number;
  /** Events a second that could be queried, of the same events, from an empty journal until the last of them could. */
  readonly drained: number;
  /** Processor time of an event, of server and engines together, until the last one could be queried: microseconds. */
  readonly cpuMicros: number;
}

/** Events over kept-alive connections, the client on the same machine: batches of 100, or one at a time. */
export async function load(server: ServerProcess, shop: Keys, kind: 'batch' | 'track'): Promise<Run> {
  const perRequest = kind === 'batch' ? BATCH : 1;
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => Connection.open(server.port, `/v1/${kind}`, shop.writeKey)),
  );
  /** All connections send until the time is over. */
  const send = async (ms: number): Promise<number> => {
    const end = performance.now() + ms;
    let acknowledged = 0;
    const sending = connections.map(async (connection) => {
      while (performance.now() < end) {
        const status = await connection.post(kind === 'batch' ? batchBody(BATCH) : singleBody());
        if (status === 429) await pause(50);
        else if (status === 200) acknowledged += perRequest;
        else throw new Error(`The server answered ${status}.`);
      }
    });
    await Promise.all(sending);
    return acknowledged;
  };
  const drainAll = async (): Promise<void> => {
    while ((await waiting(server, shop.secretKey)) > 0) await pause(50);
  };
  await send(WARM_UP_MS);
  await drainAll();
  const cpuBefore = await cpuSecondsOf(server.pid ?? 0);
  const started = performance.now();
  const acknowledged = await send(MEASURED_MS);
  const seconds = (performance.now() - started) / 1_000;
  await drainAll();
  const drainSeconds = (performance.now() - started) / 1_000;
  const cpuSeconds = (await cpuSecondsOf(server.pid ?? 0)) - cpuBefore;
  for (const connection of connections) connection.close();
  return {
    acknowledged: acknowledged / seconds,
    drained: acknowledged / drainSeconds,
    cpuMicros: (cpuSeconds * 1e6) / acknowledged,
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
