import { demo } from '../../demo/command.ts';
import { HeldClock } from '../../src/platform/kernel/clock.ts';
import type { Shop, TestServer } from './server.ts';

/** Fills a workspace with the made-up shop as `./touchstone demo` does; the same shop every time, 14 months to autumn 2025. */
export async function loadDemo(server: TestServer, shop: Shop, people = 300): Promise<void> {
  const code = await demo(new HeldClock('2025-11-15T00:00:00Z')).run(['--people', String(people)], {}, async () => ({
    request: (path, init) => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${shop.secretKey}`);
      return fetch(`${server.url}${path}`, { ...init, headers });
    },
    to: server.url,
    close: async () => {},
  }));
  if (code !== 0) throw new Error('The demo did not load.');
}

/** Asks the API with the shop's secret key. */
export async function ask(server: TestServer, shop: Shop, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${shop.secretKey}`);
  const response = await fetch(`${server.url}${path}`, { ...init, headers });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}
