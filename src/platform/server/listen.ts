import { getRequestListener } from '@hono/node-server';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Takes no new request, lets those under way finish for at most `graceMs`, then cuts the rest off. */
  close(graceMs?: number): Promise<void>;
}

/** Rejects in words when the port cannot be opened: before anything slow is begun for its sake. */
export async function checkPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  await opened(probe, host, port);
  await new Promise((resolve) => probe.close(resolve));
}

async function opened(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(inWords(error, host, port))));
    server.listen(port, host, resolve);
  });
}

/** Opens the port. Rejects in words when it is taken or not ours to open. */
export async function listen(app: App, host: string, port: number): Promise<Listening> {
  const common = getRequestListener(app.fetch);
  const server = createServer((incoming, outgoing) => {
    if (!app.hot(incoming, outgoing)) void common(incoming, outgoing);
  });
  // Longer than the idle time of common proxies, so that they close first and never send into a closing socket.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 70_000;
  // A long upload streams for minutes: the time for a whole request has no limit of its own.
  server.requestTimeout = 0;
  await opened(server, host, port);
  const address = server.address();
  return {
    host,
    port: isAddress(address) ? address.port : port,
    close: (graceMs = 10_000) => close(server, graceMs),
  };
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept-alive connection falls idle when its last request ends: let it go then, not after its idle time.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function inWords(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') return `Port ${port} is taken: choose another with --port, or stop who has it.`;
  if (error.code === 'EACCES') return `Port ${port} may not be opened by this user: choose one above 1023.`;
  if (error.code === 'EADDRNOTAVAIL') return `${host} is not an address of this machine.`;
  return `Port ${port} cannot be opened: ${error.message}`;
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
