/**
 * A real OpenID Connect provider (npm oidc-provider) on this machine, whose users need no password:
 *
 *     const provider = await openProvider({ redirectUri });
 *     provider.users.set('sub-1', { email: 'ada@example.com', email_verified: true, name: 'Ada' });
 *     const back = await provider.walk(authorizationUrl, 'sub-1');     // the address it sends the browser back to
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Claims by subject. */
  readonly users: Map<string, Record<string, unknown>>;
  /** Goes through the provider as a browser would, signed in there as `subject`. */
  walk(to: string, subject: string): Promise<URL>;
  close(): Promise<void>;
}

export async function openProvider(options: { readonly redirectUri: string }): Promise<TestProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const issuer = `http://127.0.0.1:${port}`;
  const users = new Map<string, Record<string, unknown>>();
  const [clientId, clientSecret] = ['touchstone', 'a secret of the client'];
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [options.redirectUri] }],
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...users.get(sub) }) }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (context) => {
      const accountId = context.oidc.session?.accountId;
      if (accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId, accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) {
      void callback(request, response);
      return;
    }
    const subject = String(request.headers['x-test-subject'] ?? '');
    void provider.interactionFinished(request, response, { login: { accountId: subject } });
  });

  async function walk(to: string, subject: string): Promise<URL> {
    const cookies = new Map<string, string>();
    let url = new URL(to);
    for (let hops = 0; hops < 10; hops++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { redirect: 'manual', headers: { cookie, 'x-test-subject': subject } });
      for (const set of response.headers.getSetCookie()) {
        const [pair = ''] = set.split(';');
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const location = response.headers.get('location');
      if (location === null) throw new Error(`The provider answered ${response.status}: ${await response.text()}`);
      url = new URL(location, url);
      if (url.origin !== issuer) return url;
    }
    throw new Error('The provider sent the browser around in a circle.');
  }

  return {
    issuer,
    clientId,
    clientSecret,
    users,
    walk,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
