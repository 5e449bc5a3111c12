import { demo } from '../../demo/command.ts';
import { HeldClock } from '../../src/platform/kernel/clock.ts';
import type { Shop, TestServer } from './server.ts';

/** Fills a workspace with the made-up shop as `./touchstone demo --files` does; the same shop every time, 14 months to autumn 2025. */
export async function loadDemo(server: TestServer, shop: Shop, people = 300): Promise<void> {
  const code = await demo(new HeldClock('2025-11-15T00:00:00Z')).run(
    ['--files', '--people', String(people)],
    {},
    async () => ({
      request: (path, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${shop.secretKey}`);
        return fetch(`${server.url}${path}`, { ...init, headers });
      },
      to: server.url,
      close: async () => {},
    }),
  );
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

/** Sends to the API, with a session's cookie where there is one. */
async function send(server: TestServer, shop: Shop, path: string, body: object, cookie?: string): Promise<Response> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: server.url,
      ...(cookie === undefined ? {} : { cookie, 'touchstone-workspace': shop.workspaceId }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

/** Somebody invited by the owner, who has not joined yet: what stands at the end of their link. */
export async function inviteSomebody(server: TestServer, shop: Shop, email: string, role: string): Promise<string> {
  const session = await send(server, shop, '/session', { email: shop.email, password: shop.password });
  const cookie = session.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const { link }: { link: string } = await (await send(server, shop, '/invitations', { email, role }, cookie)).json();
  return link.split('/').at(-1) ?? '';
}

/** Somebody invited by the owner, who has joined in this role: how they sign in. */
export async function inviteMember(
  server: TestServer,
  shop: Shop,
  role: string,
): Promise<{ readonly email: string; readonly password: string }> {
  const [email, password] = [`${role}@example.com`, shop.password];
  const token = await inviteSomebody(server, shop, email, role);
  await send(server, shop, '/invitations/accept', { token, name: 'Vera', password });
  return { email, password };
}
