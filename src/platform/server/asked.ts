import type { IncomingMessage } from 'node:http';
import type { HotRequest } from '../house/house.ts';
import { Problem } from '../kernel/problem.ts';
import { addressOf } from './address.ts';
import { readCapped, tooLarge } from './body.ts';

/** A request as it came on a port: nothing of it is read that nobody asks for. */
export function socketed(incoming: IncomingMessage, trustedProxies: number): HotRequest {
  return {
    method: incoming.method ?? '',
    url: incoming.url ?? '',
    address: () =>
      addressOf({ get: (name) => incoming.headers[name]?.toString() ?? null }, { incoming }, trustedProxies),
    header: (name) => {
      const value = incoming.headers[name];
      return typeof value === 'string' ? value : value?.[0];
    },
    body: (cap, signal) => bodyOf(incoming, cap, signal),
  };
}

/** The same of a Request, for who asks the app without a port. */
export function fetched(request: Request, address: string): HotRequest {
  const { method, url, headers } = request;
  return {
    method,
    get url() {
      const { pathname, search } = new URL(url);
      return pathname + search;
    },
    address: () => address,
    header: (name) => headers.get(name) ?? (name === 'host' ? new URL(url).host : undefined),
    body: (cap, signal) => readCapped(request, cap, signal),
  };
}

/** What lies beyond the cap is read and let go by the HTTP server, so that the sender hears the answer. */
function bodyOf(incoming: IncomingMessage, cap: number, signal: AbortSignal | undefined): Promise<Buffer> {
  if (Number(incoming.headers['content-length']) > cap) return Promise.reject(tooLarge(cap));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > cap) reject(tooLarge(cap));
      else if (signal?.aborted !== true) chunks.push(chunk);
    });
    signal?.addEventListener('abort', () => {
      chunks.length = 0;
      reject(signal.reason);
    });
    incoming.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    // Whoever hangs up in the middle is no defect of ours: a phone that leaves the network does it every day.
    const cutOff = (): void => {
      if (!incoming.complete) reject(new Problem('bad-input', 'The body ended too early.'));
    };
    incoming.once('error', cutOff).once('close', cutOff);
  });
}
