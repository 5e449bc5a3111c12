/** A browser without a screen: keeps its cookies, names its workspace. */
import type { Answer, World } from './world.ts';

export class Visitor {
  readonly cookies = new Map<string, string>();
  workspaceId: string | undefined;

  constructor(
    private readonly app: World['app'],
    private readonly userAgent = 'A browser',
  ) {}

  /** One request; redirects are not followed. `path` is below /api/v1 unless it begins with it. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await this.app.request(path.startsWith('/api/v1/') ? path : `/api/v1${path}`, {
      method,
      headers: {
        'sec-fetch-site': 'same-origin',
        'user-agent': this.userAgent,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.workspaceId === undefined ? {} : { 'touchstone-workspace': this.workspaceId }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(cookie)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.send(method, path, body, headers);
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
  }

  signIn(email: string, password: string, code?: string): Promise<Answer> {
    return this.call('POST', '/session', { email, password, ...(code === undefined ? {} : { code }) });
  }
}
