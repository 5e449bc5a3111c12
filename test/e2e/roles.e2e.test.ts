import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { figures } from '../../src/measure/metrics/contract.ts';
import { startClickHouse, type ClickHouseEngine } from '../../src/platform/stores/clickhouse-engine.ts';
import { ensureRecordsDatabase } from '../../src/platform/stores/databases.ts';
import { startPostgres, type PostgresEngine } from '../../src/platform/stores/postgres-engine.ts';
import { openBalancer, type Balancer } from '../support/balancer.ts';
import { drill, roundsOr } from '../support/drill.ts';
import { ORDERS, REVIEWS } from '../support/imports.ts';
import { Load } from '../support/load.ts';
import { freePort, setUpShop, startServer, type Shop, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const PASSWORD = 'a password of a test';
const ROLES = ['web', 'web', 'ingest', 'ingest', 'worker', 'worker'] as const;

let dir: string;
let engines: (PostgresEngine | ClickHouseEngine)[] = [];
let servers: TestServer[] = [];
let balancer: Balancer;
let shop: Shop;
let load: Load;

const of = (role: (typeof ROLES)[number]): TestServer[] => servers.filter((_, i) => ROLES[i] === role);
const portsOf = (role: (typeof ROLES)[number]): number[] => of(role).map((s) => s.port);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'touchstone-roles-'));
  await chmod(dir, 0o711);
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), password: PASSWORD });
  engines = [postgres];
  const clickhouse = await startClickHouse({ dir: join(dir, 'clickhouse'), password: PASSWORD });
  engines = [postgres, clickhouse];
  balancer = await openBalancer(await freePort());
  const address = new URL(clickhouse.addressOf('shop').url);
  address.username = 'touchstone';
  address.password = encodeURIComponent(PASSWORD);
  address.pathname = '/shop';
  const env = {
    DATABASE_URL: await ensureRecordsDatabase(postgres.urlOf('postgres'), 'shop'),
    CLICKHOUSE_URL: address.href,
    TOUCHSTONE_FILES: join(dir, 'files'),
    TOUCHSTONE_URL: balancer.url,
  };
  servers = await Promise.all(ROLES.map((role) => startServer({ env, args: ['--roles', role] })));
  balancer.stand({ web: portsOf('web'), ingest: portsOf('ingest') });
  shop = await setUpShop(balancer.url);
  load = new Load(balancer.url, shop);
});
afterAll(async () => {
  await balancer?.close();
  await Promise.all(servers.map((s) => s.close()));
  await Promise.all(engines.map((e) => e.stop()));
  await rm(dir, { recursive: true, force: true });
});

test('[LA11] each answers what its roles are, and its health', async () => {
  const statusOf = async (server: TestServer, path: string, method = 'GET'): Promise<number> =>
    (await fetch(`${server.url}${path}`, { method, headers: { authorization: `Bearer ${shop.secretKey}` } })).status;
  for (const role of ['web', 'ingest', 'worker'] as const) {
    const [server] = of(role);
    if (server === undefined) throw new Error(`There is no ${role}.`);
    expect(await statusOf(server, '/healthz'), role).toBe(200);
    expect(await statusOf(server, '/readyz'), role).toBe(200);
    expect(await statusOf(server, '/'), role).toBe(role === 'web' ? 200 : 404);
    expect(await statusOf(server, '/api/v1/workspace'), role).toBe(role === 'web' ? 200 : 404);
    expect(await statusOf(server, '/v1/batch', 'POST'), role).toBe(role === 'ingest' ? 400 : 404);
  }
});

test(
  '[LA11] two that take and two that drain count every event once, whichever of them dies',
  { timeout: 60_000 + roundsOr(2) * 20_000 },
  async () => {
    let turn = 0;
    await drill({
      what: 'one of two workers',
      rounds: roundsOr(2),
      load,
      strike: async () => {
        const worker = of('worker')[turn++ % 2];
        await worker?.kill();
        const before = await load.newest();
        await until('the other to drain', async () => (await load.newest()) !== before);
        await worker?.start();
      },
    });
    // The same messages through the other door.
    const again = load.newBatch(20);
    for (const _ of portsOf('ingest')) expect(await load.send(again)).toBe(true);
    await load.finish();
    expect(await load.look()).toEqual({ events: load.sent, lost: 0, doubled: 0, rejected: 0 });
    for (const port of [...portsOf('web'), ...portsOf('ingest')]) expect(balancer.asked.get(port)).toBeGreaterThan(0);
  },
);

const uploaded = z.object({ uploadId: z.string() });
const made = z.object({ id: z.string(), state: z.string() });

test('[LA11] a file that one server took is loaded by another, and any of them tells the figures', async () => {
  const ask = async (path: string, init: { method?: string; body?: string } = {}): Promise<unknown> => {
    const type = path.includes('/uploads') ? 'application/octet-stream' : 'application/json';
    const headers = { authorization: `Bearer ${shop.secretKey}`, 'content-type': type };
    const response = await fetch(`${balancer.url}/api/v1${path}`, { ...init, headers });
    const text = await response.text();
    expect(response.ok, `${path}: ${text}`).toBe(true);
    return JSON.parse(text);
  };
  for (const [name, body, kind] of [
    ['orders.csv', ORDERS, 'orders'],
    ['reviews.csv', REVIEWS, 'feedback'],
  ] as const) {
    const { uploadId } = uploaded.parse(await ask(`/uploads?name=${name}`, { method: 'POST', body }));
    const { id } = made.parse(await ask('/imports', { method: 'POST', body: JSON.stringify({ uploadId, kind }) }));
    await ask(`/imports/${id}/start`, { method: 'POST' });
    await until(`${name} to be loaded`, async () => made.parse(await ask(`/imports/${id}`)).state === 'done');
  }
  for (const _ of portsOf('web')) {
    const figure = async (key: string) =>
      figures.parse(await ask(`/metrics/${key}?from=2026-01-01&to=2026-02-01`)).overall;
    expect(await figure('rating')).toMatchObject({ n: 2, value: 3 });
    expect(await figure('late_rate')).toMatchObject({ n: 2, value: 0.5 });
  }
});
