/** One address before several servers, each request to the next of those that answer such paths. */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';

/** Ports on the loopback. */
export interface Pools {
  readonly web: readonly number[];
  readonly ingest: readonly number[];
}

export interface Balancer {
  readonly url: string;
  /** How many requests each port has had. */
  readonly asked: ReadonlyMap<number, number>;
  /** Before whom it stands, from now on. */
  stand(pools: Pools): void;
  close(): Promise<void>;
}

export async function openBalancer(port: number): Promise<Balancer> {
  const asked = new Map<number, number>();
  let pools: Pools = { web: [], ingest: [] };
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    const pool = /^\/(v1|sourceConfig)\//.test(path) ? pools.ingest : pools.web;
    const to = pool[turn++ % pool.length] ?? 0;
    asked.set(to, (asked.get(to) ?? 0) + 1);
    pass(to, incoming, outgoing);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stand: (next) => (pools = next),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request(
    { host: '127.0.0.1', port, method, path: url, headers: { ...headers, connection: 'close' } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end();
  });
  incoming.pipe(onward);
}
