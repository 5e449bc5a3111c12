import { join } from 'node:path';
import { startClickHouse, type ClickHouseEngine } from '../../src/platform/stores/clickhouse-engine.ts';
import { factsAddress, type FactsAddress } from '../../src/platform/stores/facts.ts';
import { freePort } from './server.ts';

const CLUSTER = 'shards';

export interface StartedShards {
  /** As an operator writes it into CLICKHOUSE_URL. */
  urlOf(database: string): string;
  addressOf(database: string): FactsAddress;
  /** SIGKILL to one of them, counted from 0. */
  kill(which: number): Promise<void>;
  /** Starts one again that was killed, at its addresses and over its data. */
  start(which: number): Promise<void>;
  stop(): Promise<void>;
}

/** Several ClickHouse servers on the loopback that know one another. */
export async function startShards(dir: string, password: string, count = 2): Promise<StartedShards> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  const startOne = (which: number, port?: number): Promise<ClickHouseEngine> => {
    const cluster = { name: CLUSTER, port: ports[which] ?? 0, ports };
    return startClickHouse({
      dir: join(dir, `clickhouse-${which}`),
      password,
      cluster,
      ...(port === undefined ? {} : { port }),
    });
  };
  const servers = await Promise.all(ports.map((_, which) => startOne(which)));
  const serverAt = (which: number): ClickHouseEngine => {
    const server = servers[which];
    if (server === undefined) throw new Error(`There is no server ${which}.`);
    return server;
  };
  const urlOf = (database: string): string => {
    const urls = servers.map((server) => {
      const { url, user } = server.addressOf(database);
      const one = new URL(url);
      one.username = user;
      one.password = encodeURIComponent(password);
      one.pathname = `/${database}`;
      return one;
    });
    urls[0]?.searchParams.set('cluster', CLUSTER);
    return urls.map((url) => url.href).join(',');
  };
  return {
    urlOf,
    addressOf: (database) => factsAddress(urlOf(database)),
    kill: async (which) => {
      const server = serverAt(which);
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
    },
    start: async (which) => {
      servers[which] = await startOne(which, serverAt(which).port);
    },
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
