import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { connect } from '../../src/platform/cli/connection.ts';
import { serverCapabilities } from '../../src/server-capabilities.ts';
import { freePort, startServer, type TestServer } from '../support/server.ts';

const LAUNCHER = fileURLToPath(new URL('../../touchstone', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

const touchstone = (args: readonly string[], env?: Record<string, string>) =>
  run(process.execPath, [MAIN, ...args], env);

const printed = z.object({ workspaceId: z.string(), writeKey: z.string(), secretKey: z.string() });
const answers = ['--company', 'Lark & Lantern', '--email', 'Ada@Example.com', '--password', 'correct horse battery'];

let folder: string;
let data: string;
let keys: z.infer<typeof printed>;
let server: TestServer | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-launcher-'));
  data = join(folder, 'data');
  // PostgreSQL may run as another user than we: it must be able to enter.
  await chmod(folder, 0o711);
  const made = await touchstone(['init', ...answers, '--zone', 'Europe/Ljubljana', '--data', data, '--json']);
  expect(made.code, made.err).toBe(0);
  expect(made.out.trim().split('\n')).toHaveLength(1);
  keys = printed.parse(JSON.parse(made.out));
});
afterAll(async () => {
  await free();
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

/** A server over the directory: the one that runs already, else one that is started. */
async function serving(): Promise<TestServer> {
  server ??= await startServer({ data });
  return server;
}

/** Nobody over the directory. */
async function free(): Promise<void> {
  await server?.close();
  server = undefined;
}

test('[LA1] serve shows its steps and the address, answers there, and stops when told', async () => {
  const { url, output } = await serving();
  expect(output).toContain('Starting the stores');
  expect(output).toContain(`Touchstone is ready: open ${url}`);
  expect((await fetch(`${url}/`)).headers.get('content-type')).toContain('text/html');
  expect(await server?.stop()).toBe(0);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  await free();
});

test('[LA2] init’s keys and sign-in work, and the key for the command line is for its owner alone', async () => {
  expect(keys.workspaceId).toMatch(/^ws_/);
  const file = join(data, 'cli-key.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(printed.parse(JSON.parse(await readFile(file, 'utf8')))).toEqual(keys);
  const { url } = await serving();
  const headers = { authorization: `Bearer ${keys.secretKey}` };
  const workspace: unknown = await (await fetch(`${url}/api/v1/workspace`, { headers })).json();
  expect(workspace).toMatchObject({ id: keys.workspaceId, name: 'Lark & Lantern', zone: 'Europe/Ljubljana' });
  const signedIn = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
  });
  expect(signedIn.status).toBe(200);
});

test('[LA3] init names what it cannot take, and leaves nothing behind', async () => {
  const elsewhere = join(folder, 'never');
  const wrong: Record<string, readonly string[]> = {
    '--password': ['init', '--company', 'Lark', '--email', 'ada@example.com', '--password', 'short'],
    '--email': ['init', '--company', 'Lark', '--email', 'ada', '--password', 'correct horse battery'],
    '--company': ['init', '--email', 'ada@example.com', '--password', 'correct horse battery'],
    '--zone': ['init', ...answers, '--zone', 'Europe/Atlantis'],
    '--currency': ['init', ...answers, '--currency', 'EUX'],
    '--port': ['init', ...answers, '--port', '1'],
  };
  for (const [option, args] of Object.entries(wrong)) {
    const refused = await touchstone([...args, '--data', elsewhere, '--json']);
    expect(refused, option).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain(option);
  }
  await expect(access(elsewhere)).rejects.toThrow();
});

test('[LA4] init refuses a directory that is set up, and changes nothing', async () => {
  await free();
  const again = await touchstone(['init', ...answers, '--data', data, '--json']);
  expect(again).toMatchObject({ code: 1, out: '' });
  expect(again.err).toContain('set up already');
  expect(printed.parse(JSON.parse(await readFile(join(data, 'cli-key.json'), 'utf8')))).toEqual(keys);
});

test('[LA5] the launcher itself helps', async () => {
  const help = await run(LAUNCHER, ['help']);
  expect(help.code, help.err).toBe(0);
  expect(help.out).toContain('./touchstone serve [--data DIR] [--port N]');
  expect(help.out).toContain('./touchstone init --company NAME');
  expect((await run(LAUNCHER, ['dance'])).code).toBe(2);
});

test('[LA6] a directory in use, a taken port and an unusable environment are said in words', async () => {
  const { url, port } = await serving();
  const second = await touchstone(['serve', '--data', data, '--port', String(await freePort())]);
  expect(second.code).toBe(1);
  expect(second.err).toContain('in use by process');
  expect(second.err).toContain(url);
  const other = join(folder, 'other');
  const taken = await touchstone(['serve', '--data', other, '--port', String(port)]);
  expect(taken.code).toBe(1);
  expect(taken.err).toContain(`Port ${port} is taken`);
  const odd = await touchstone(['serve', '--data', other], { PORT: 'many' });
  expect(odd.code).toBe(1);
  expect(odd.err).toContain('PORT');
});

test('[LA7] options win over the environment', async () => {
  const { url, port } = await serving();
  const env = { TOUCHSTONE_DATA: join(folder, 'third'), PORT: String(await freePort()) };
  const byOption = await touchstone(['serve', '--data', data], env);
  expect(byOption.err).toContain(`it serves ${url}`);
  const taken = await touchstone(['serve', '--port', String(port)], env);
  expect(taken.err).toContain(`Port ${port} is taken`);
  const byEnvironment = await touchstone(['serve'], { ...env, TOUCHSTONE_DATA: data });
  expect(byEnvironment.err).toContain(`it serves ${url}`);
});

test('[LA8] a command speaks to the server that owns the directory, else opens it and leaves it free', async () => {
  await free();
  const alone = await connect(serverCapabilities, { TOUCHSTONE_DATA: data });
  try {
    expect(alone.to).toBe(data);
    expect(await (await alone.request('/api/v1/workspace')).json()).toMatchObject({ id: keys.workspaceId });
  } finally {
    await alone.close();
  }
  const { url } = await serving();
  const beside = await connect(serverCapabilities, { TOUCHSTONE_DATA: data });
  expect(beside.to).toBe(url);
  expect(await (await beside.request('/api/v1/workspace')).json()).toMatchObject({ id: keys.workspaceId });
  await beside.close();
});

test('[LA9] a command takes TOUCHSTONE_KEY, else the key of init, else says how to make one', async () => {
  const nowhere = join(folder, 'empty');
  await expect(connect(serverCapabilities, { TOUCHSTONE_DATA: nowhere })).rejects.toThrow('set TOUCHSTONE_KEY');
  await serving();
  const wrong = await connect(serverCapabilities, { TOUCHSTONE_DATA: data, TOUCHSTONE_KEY: `tss_${'0'.repeat(64)}` });
  expect((await wrong.request('/api/v1/workspace')).status).toBe(401);
  const right = await connect(serverCapabilities, { TOUCHSTONE_DATA: data, TOUCHSTONE_KEY: keys.secretKey });
  expect((await right.request('/api/v1/workspace')).status).toBe(200);
});

test('[LA10] password sets a forgotten one anew', async () => {
  const change = (email: string, password: string) =>
    touchstone(['password', '--email', email, '--password', password, '--data', data]);
  await free();
  expect(await change('ada@example.com', 'short')).toMatchObject({ code: 2 });
  const unknown = await change('nobody@example.com', 'another long password');
  expect(unknown.code).toBe(1);
  expect(unknown.err).toContain('no account nobody@example.com');
  expect(await change('Ada@example.com', 'another long password')).toMatchObject({ code: 0 });
  const { url } = await serving();
  const signIn = async (password: string): Promise<number> => {
    const body = JSON.stringify({ email: 'ada@example.com', password });
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${url}/api/v1/session`, { method: 'POST', headers, body })).status;
  };
  expect(await signIn('correct horse battery')).toBe(401);
  expect(await signIn('another long password')).toBe(200);
  await free();
  const given = await touchstone(['password', '--email', 'ada@example.com', '--data', data]);
  expect(given.code).toBe(0);
  expect(given.out.trim()).toMatch(/^[\w-]{20}$/);
  expect(await change('ada@example.com', 'correct horse battery')).toMatchObject({ code: 0 });
});

test('[VA4] rotate-key seals everything with a new key, and what was opened before still opens', async () => {
  const { url } = await serving();
  const body = JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' });
  const headers = { 'content-type': 'application/json' };
  const signedIn = await fetch(`${url}/api/v1/session`, { method: 'POST', headers, body });
  const cookie = signedIn.headers.getSetCookie().map((c) => c.split(';')[0]).join('; '); // prettier-ignore
  await free();
  const file = join(data, 'secrets.json');
  const before = await readFile(file, 'utf8');
  const rotated = await touchstone(['rotate-key', '--data', data]);
  expect(rotated.code, rotated.err).toBe(0);
  expect(rotated.err).toContain('sealed with the new key');
  const after = await readFile(file, 'utf8');
  expect(after).not.toBe(before);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const again = await serving();
  expect((await fetch(`${again.url}/api/v1/session`, { headers: { cookie } })).status).toBe(200);
});
