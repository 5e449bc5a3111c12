import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startServer, type Shop, type TestServer } from '../../../test/support/server.ts';
import { until } from '../../../test/support/until.ts';
import { readClusterTemplate } from './cluster.ts';
import { openFacts, type OpenedFacts } from './facts.ts';
import { identify, lookUp, processIdentity, type ProcessIdentity } from './processes.ts';

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url));
const credentials = z.object({ postgres: z.string(), clickhouse: z.string() });
const engines = ['postgres', 'clickhouse'] as const;

let server: TestServer;
let shop: Shop;
beforeAll(async () => {
  server = await startServer();
  shop = await server.setup();
});
afterAll(() => server.close());

async function passwords(): Promise<z.infer<typeof credentials>> {
  return credentials.parse(JSON.parse(await readFile(join(server.data, 'credentials.json'), 'utf8')));
}

async function engine(name: (typeof engines)[number]): Promise<ProcessIdentity> {
  return processIdentity.parse(JSON.parse(await readFile(join(server.data, name, 'engine.json'), 'utf8')));
}

/** PostgreSQL writes it down in the fifth line. */
async function socketDir(): Promise<string> {
  const lines = (await readFile(join(server.data, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n');
  return lines[4] ?? '';
}

async function factsPort(): Promise<number> {
  const config = await readFile(join(server.data, 'clickhouse', 'config.xml'), 'utf8');
  return Number(/<http_port>(\d+)</.exec(config)?.[1]);
}

/** The facts store as the server has it. */
async function facts(): Promise<OpenedFacts> {
  const { clickhouse: password } = await passwords();
  return openFacts({
    url: `http://127.0.0.1:${await factsPort()}`,
    user: 'touchstone',
    password,
    database: 'touchstone',
  });
}

async function workspaceName(): Promise<unknown> {
  const response = await fetch(`${server.url}/api/v1/workspace`, {
    headers: { authorization: `Bearer ${shop.secretKey}` },
  });
  return response.ok ? ((await response.json()) as { name?: unknown }).name : null;
}

async function count(store: OpenedFacts): Promise<number> {
  const [row] = await store.query(z.object({ n: z.coerce.number() }), 'SELECT count() AS n FROM kept');
  return row?.n ?? -1;
}

test('[SR24] the build has made a cluster for first starts', async () => {
  const file = join(dirname(await realpath(dirname(MAIN))), 'cluster');
  expect((await readClusterTemplate(file))?.files.map(({ path }) => path)).toContain('PG_VERSION');
});

test('[SR12] the engines let nobody in without the password, and it lies closed', async () => {
  const statements = [
    'SELECT * FROM touchstone.events',
    'CREATE DATABASE mine',
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
  ];
  const url = `http://127.0.0.1:${await factsPort()}/?query=`;
  const tries: Record<string, string>[] = [
    {},
    { 'X-ClickHouse-User': 'default' },
    { 'X-ClickHouse-User': 'touchstone', 'X-ClickHouse-Key': 'guess' },
  ];
  for (const headers of tries) {
    for (const statement of statements) {
      const response = await fetch(`${url}${encodeURIComponent(statement)}`, { method: 'POST', headers });
      expect(response.ok, `${JSON.stringify(headers)} ${statement}`).toBe(false);
    }
  }
  const host = await socketDir();
  for (const password of ['', 'guess']) {
    const client = new Client({ host, user: 'touchstone', password, database: 'touchstone' });
    await expect(client.connect()).rejects.toThrow();
  }
  for (const name of ['credentials.json', 'clickhouse/users.xml']) {
    expect((await stat(join(server.data, name))).mode & 0o077, name).toBe(0);
  }
});

test('[SR13] the engines are reached through a socket or the loopback only', async () => {
  const { postgres: password } = await passwords();
  const host = await socketDir();
  const client = new Client({ host, user: 'touchstone', password, database: 'touchstone' });
  await client.connect();
  const { rows } = await client.query("SELECT current_setting('listen_addresses') AS listen");
  await client.end();
  expect(rows).toEqual([{ listen: '' }]);
  expect((await stat(host)).mode & 0o077).toBe(0);
  const outward = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter((a) => !a.internal));
  const port = await factsPort();
  for (const { address, family } of outward.filter((a) => a.family === 'IPv4')) {
    const socket = createConnection({ host: address, port, family: family === 'IPv4' ? 4 : 6 });
    await expect(once(socket, 'connect'), address).rejects.toThrow('ECONNREFUSED');
  }
});

test('[SR11] a second server is told who owns the data', async () => {
  const second = spawn(process.execPath, [MAIN, 'serve', '--data', server.data, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(second.stderr), once(second, 'exit')]);
  expect(code).not.toBe(0);
  expect(said).toContain(`in use by process ${server.pid} `);
  expect(said).toMatch(/since \d{4}-\d\d-\d\dT/);
  expect(said).toContain(server.url);
  expect(await workspaceName()).toBe('Lark & Lantern');
});

test('[SR14, SR4] a killed engine comes back with what it had acknowledged', async () => {
  const store = await facts();
  await store.command(
    `CREATE OR REPLACE TABLE kept (id String) ENGINE = MergeTree ORDER BY id
     SETTINGS fsync_after_insert = 1, non_replicated_deduplication_window = 100`,
  );
  await store.insert('kept', [{ id: 'a' }], { token: 'first' });
  for (const name of engines) {
    const before = await engine(name);
    process.kill(before.pid, 'SIGKILL');
    const after = () => engine(name).catch(() => before);
    await until(`${name} to be back`, async () => (await after()).pid !== before.pid, 60_000);
  }
  const ready = z.object({
    status: z.literal('ready'),
    engines: z.object({ postgres: z.literal('running'), clickhouse: z.literal('running') }),
  });
  const readiness = async () => (await fetch(`${server.url}/readyz`)).json();
  await until('the server to be ready', async () => ready.safeParse(await readiness()).success, 60_000);
  for (const name of engines) await until(`a line on ${name}`, () => server.output.includes(`"engine":"${name}"`));
  await until('the workspace to be read', async () => (await workspaceName()) === 'Lark & Lantern', 60_000);
  await store.insert('kept', [{ id: 'a' }], { token: 'first' });
  expect(await count(store)).toBe(1);
  await store.close();
});

test('[SR15, SR11] the engines of a killed owner are ended, and nothing is lost', async () => {
  const owner = server.pid === undefined ? null : await identify(server.pid);
  const [postgres, clickhouse] = [await engine('postgres'), await engine('clickhouse')];
  await server.kill();
  expect(owner === null ? null : await lookUp(owner)).toBe('gone');
  await until('ClickHouse to end with its parent', async () => (await lookUp(clickhouse)) === 'gone');
  expect(await lookUp(postgres)).toBe('alive');
  await server.start();
  expect(await lookUp(postgres)).toBe('gone');
  expect(await workspaceName()).toBe('Lark & Lantern');
  const store = await facts();
  expect(await count(store)).toBe(1);
  await store.close();
});

test('[SR16] a stop lets running statements finish and shuts PostgreSQL down in order', async () => {
  const store = await facts();
  const seconds = 'SELECT sleepEachRow(1) AS n /* slow */ FROM numbers(5) SETTINGS max_block_size = 1';
  const slow = store.query(z.object({ n: z.coerce.number() }), seconds);
  const running = `SELECT count() AS n FROM system.processes WHERE query LIKE '%/* slow */%' AND query_id != queryID()`;
  await until('the statement to run', async () => {
    const [row] = await store.query(z.object({ n: z.coerce.number() }), running);
    return row?.n === 1;
  });
  expect(await server.stop()).toBe(0);
  expect(await slow).toHaveLength(5);
  await store.close();
  const log = await readFile(join(server.data, 'postgres', 'postgres.log'), 'utf8');
  expect(log.trimEnd().split('\n').at(-1)).toContain('database system is shut down');
  for (const name of [...engines.map((e) => `${e}/engine.json`), 'owner.json']) {
    await expect(stat(join(server.data, name)), name).rejects.toThrow('ENOENT');
  }
});
