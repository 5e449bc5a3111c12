import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

/** The built server; programs like this one lie in dist/programs/<name>. */
export const MAIN = fileURLToPath(new URL('../../server/main.js', import.meta.url));
const READY_MS = 120_000;

/** Who made the installation. */
export const OWNER = { email: 'bench@example.com', password: 'a password of a benchmark' } as const;

const keys = z.object({ workspaceId: z.string(), writeKey: z.string(), secretKey: z.string() });

/** The server as people run it, in a process of its own over one data directory. */
export class ServerProcess {
  port = 0;
  #child: ChildProcess | undefined;

  /** @param env beside this process's own */
  constructor(
    readonly data: string,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The first run, unattended. */
  async init(): Promise<z.infer<typeof keys>> {
    const who = ['--company', 'Bench', '--email', OWNER.email, '--password', OWNER.password];
    const args = [MAIN, 'init', '--data', this.data, ...who, '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, LOG_LEVEL: 'warn', ...this.env },
    });
    return keys.parse(JSON.parse(stdout));
  }

  async start(): Promise<void> {
    this.port = await freePort();
    const child = spawn(process.execPath, [MAIN, 'serve', '--data', this.data, '--port', String(this.port)], {
      env: { ...process.env, LOG_LEVEL: 'warn', ...this.env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#child = child;
    const end = performance.now() + READY_MS;
    while ((await fetch(`${this.url}/readyz`).catch(() => undefined))?.ok !== true) {
      if (child.exitCode !== null || performance.now() > end) throw new Error('The server did not become ready.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port could be had.');
  return address.port;
}
