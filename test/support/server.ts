/**
 * The built server as people run it, in a process of its own:
 *
 *     const server = await startServer();                  // a fresh data directory, a free port; answers when ready
 *     const shop = await server.setup();                   // the first owner and workspace → keys and sign-in
 *     await server.kill();                                 // SIGKILL, as a power cut
 *     await server.start();                                // again, over the same data
 *     await server.close();                                // in afterAll: stops everything and removes the directory
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KEY_SCOPES } from '../../src/platform/kernel/permissions.ts';
import { commandLine, endProcess, identify } from '../../src/platform/stores/processes.ts';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const READY_MS = 120_000;

export interface ServerOptions {
  /** An existing data directory, which then stays; else a fresh one that is removed by `close`. */
  readonly data?: string;
  /** Environment of the server, beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** More of the command line: `['--roles', 'web']`. */
  readonly args?: readonly string[];
}

export interface Shop {
  readonly workspaceId: string;
  readonly writeKey: string;
  /** With every scope a key may carry. */
  readonly secretKey: string;
  readonly email: string;
  readonly password: string;
}

export interface ShopOptions {
  readonly company?: string;
  readonly zone?: string;
  readonly currency?: string;
}

export class TestServer {
  #child: ChildProcess | undefined;
  #output = '';

  constructor(
    readonly data: string,
    readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
    private readonly ownsData: boolean,
    private readonly args: readonly string[] = [],
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What it has written so far: log and errors. */
  get output(): string {
    return this.#output;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', MAIN, 'serve', '--data', this.data, '--port', String(this.port), ...this.args],
      {
        env: { ...process.env, LOG_LEVEL: 'warn', ...this.env, TOUCHSTONE_DATA: this.data, PORT: String(this.port) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#child = child;
    child.stdout?.on('data', (chunk) => (this.#output += String(chunk)));
    child.stderr?.on('data', (chunk) => (this.#output += String(chunk)));
    await until(
      'the server to be ready',
      async () => {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The server ended:\n${this.#output}`);
        const response = await fetch(`${this.url}/readyz`).catch(() => undefined);
        return response?.ok === true;
      },
      READY_MS,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${this.#output}`);
    });
  }

  /** Ends it at once, nothing finished: what a power cut does to a process. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to stop and answers with its exit code. */
  async stop(): Promise<number> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? 0;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode ?? 1;
  }

  /** Stops it, and the engine a killed one left behind; removes the data unless they were given. */
  async close(): Promise<void> {
    await this.stop();
    await stopLeftPostgres(this.data);
    if (this.ownsData) await rm(this.data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Makes the first owner and workspace as the first page does, and a secret key. */
  setup(options: ShopOptions = {}): Promise<Shop> {
    return setUpShop(this.url, options);
  }
}

/** As `setup`, at any address. */
export async function setUpShop(url: string, options: ShopOptions = {}): Promise<Shop> {
  const email = 'ada@example.com';
  const password = 'correct horse battery';
  const made = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      company: 'Lark & Lantern',
      name: 'Ada',
      email,
      password,
      zone: 'UTC',
      currency: 'EUR',
      ...options,
    }),
  });
  const { workspaceId, writeKey }: { workspaceId: string; writeKey: string } = await read(made);
  const cookie = made.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const key = await fetch(`${url}/api/v1/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie, 'touchstone-workspace': workspaceId },
    body: JSON.stringify({ kind: 'secret', name: 'test', scopes: KEY_SCOPES }),
  });
  const { key: secretKey }: { key: string } = await read(key);
  return { workspaceId, writeKey, secretKey, email, password };
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'touchstone-e2e-')));
  // PostgreSQL may run as another user than we: it must be able to enter.
  if (options.data === undefined) await chmod(data, 0o711);
  const server = new TestServer(data, await freePort(), options.env ?? {}, options.data === undefined, options.args);
  try {
    await server.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}

/** Several servers may be about to start. */
const given = new Set<number>();

/** Browsers and fetch refuse 10080, which they keep for another protocol. */
const FIRST_PORT = 10_081;

/** A port nobody listens on, below those that systems hand out for outgoing connections; never the same twice. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(FIRST_PORT, 15_000);
    if (given.has(port)) continue;
    given.add(port);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new Error('No port could be had.');
}

/** After SIGKILL the postmaster lives on until somebody takes care of it: here, nobody starts again. */
async function stopLeftPostgres(data: string): Promise<void> {
  for (const file of await readdir(data, { recursive: true }).catch(() => [])) {
    if (!file.endsWith('postmaster.pid')) continue;
    const pid = Number((await readFile(join(data, file), 'utf8').catch(() => '')).split('\n')[0]);
    const who = Number.isInteger(pid) && pid > 1 ? await identify(pid) : null;
    if (who !== null && (await commandLine(pid)).includes(data)) await endProcess(who, 'SIGQUIT', 30_000);
  }
}
