import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedOf, type Figure } from '../../demo/expected.ts';
import { FILE_KINDS, type FileName, type FileStyle, shopFile } from '../../demo/files.ts';
import { generateShop } from '../../demo/shop.ts';
import { comparison, type Comparison, figures, type Figures } from '../../src/measure/metrics/contract.ts';
import { type Shop, startServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
/** Three hours behind Greenwich: parcels of the late evening tell whether days are the workspace's. */
const ZONE = 'America/Sao_Paulo';
const PERIOD = 'from=2025-01-01&to=2026-01-01';

/** Nothing is known of an order until the end, and which customers are one person comes last of all. */
const WORST_ORDER: readonly (readonly [FileName, FileStyle])[] = [
  ['reviews.csv', 'european'],
  ['returns.csv', 'plain'],
  ['payments.csv', 'european'],
  ['order_items.csv', 'plain'],
  ['products.csv', 'european'],
  ['orders.csv', 'european'],
  ['customers.csv', 'plain'],
];

const made = generateShop({ seed: 'main job', people: 800, from: '2025-01-01', days: 250 });
const expected = expectedOf(made);

let folder: string;
let server: TestServer;
let shop: Shop;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-files-'));
  server = await startServer();
  shop = await server.setup({ zone: ZONE });
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function touchstone(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...process.env, TOUCHSTONE_DATA: server.data, TOUCHSTONE_KEY: shop.secretKey };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

let loadedOnce: Promise<void> | undefined;
/** The first load, whichever test asks for it. */
function firstLoad(): Promise<void> {
  loadedOnce ??= loadFiles();
  return loadedOnce;
}

/** Loads the shop's files by the command line. */
async function loadFiles(): Promise<void> {
  for (const [name, style] of WORST_ORDER) {
    const file = join(folder, name);
    await writeFile(file, shopFile(made, name, style));
    const ran = await touchstone('import', file, '--as', FILE_KINDS[name]);
    expect(ran.code, `${name}: ${ran.err}`).toBe(0);
  }
}

async function api(path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/api/v1${path}`, { ...init, headers });
  const body: unknown = await response.json();
  expect(response.ok, `${path}: ${JSON.stringify(body)}`).toBe(true);
  return body;
}

async function metric(key: string, by?: string): Promise<Figures> {
  return figures.parse(await api(`/metrics/${key}?${PERIOD}${by === undefined ? '' : `&by=${by}`}`));
}

async function compare(key: string, filter: string, against: string): Promise<Comparison> {
  const query = `${PERIOD}&filter=${encodeURIComponent(filter)}&againstFilter=${encodeURIComponent(against)}`;
  return comparison.parse(await api(`/metrics/${key}/compare?${query}`));
}

type Shown = Figures['overall'];

/** The same value of the same rows; an interval of about the width the plain method gives, and around the value. */
function expectFigure(shown: Shown | undefined, wanted: Figure | undefined, what: string): void {
  expect(shown, what).toBeDefined();
  expect({ n: shown?.n, people: shown?.people }, what).toEqual({ n: wanted?.n, people: wanted?.people });
  expect(shown?.value, what).toBeCloseTo(wanted?.value ?? Number.NaN, 9);
  if (wanted === undefined || wanted.n < 100) return;
  expectWidth(shown?.low, shown?.high, wanted, what);
}

function expectWidth(
  low: number | null | undefined,
  high: number | null | undefined,
  wanted: { low: number; high: number },
  what: string,
) {
  const ratio = ((high ?? Number.NaN) - (low ?? Number.NaN)) / (wanted.high - wanted.low);
  expect(ratio, what).toBeGreaterThan(0.85);
  expect(ratio, what).toBeLessThan(1.2);
}

function expectGroups(shown: Figures, wanted: ReadonlyMap<string, Figure>, what: string): void {
  const groups = new Map(shown.groups.filter((g) => g.key !== '').map((g) => [g.key, g]));
  expect([...groups.keys()].toSorted(), what).toEqual([...wanted.keys()].toSorted());
  for (const [key, figure] of wanted) expectFigure(groups.get(key), figure, `${what} ${key}`);
}

/** All figures the independent calculation knows. */
async function expectShop(): Promise<void> {
  expectFigure((await metric('rating')).overall, expected.rating, 'rating');
  expectFigure((await metric('late_rate')).overall, expected.lateRate, 'late rate');
  expectFigure((await metric('return_rate')).overall, expected.returnRate, 'return rate');
  expect((await metric('orders')).overall.value).toBe(expected.orders);
  expect((await metric('responses')).overall.value).toBe(expected.responses);
  expectGroups(await metric('rating', 'order.late'), expected.ratingBy.late, 'rating by lateness');
  expectGroups(await metric('rating', 'person.state'), expected.ratingBy.state, 'rating by state');
  expectGroups(await metric('rating', 'order.category'), expected.ratingBy.category, 'rating by category');
  expectGroups(await metric('rating', 'order.payment_type'), expected.ratingBy.payment, 'rating by payment');
  expectGroups(await metric('late_rate', 'person.state'), expected.lateRateBy.state, 'late rate by state');
  expectGroups(await metric('late_rate', 'order.category'), expected.lateRateBy.category, 'late rate by category');
  expectGroups(await metric('late_rate', 'order.payment_type'), expected.lateRateBy.payment, 'late rate by payment');
  const { difference } = await compare('rating', 'order.late:true', 'order.late:false');
  expect(difference?.value).toBeCloseTo(expected.lateDifference.value, 9);
  expect(difference?.verdict).toBe('lower');
  expectWidth(difference?.low, difference?.high, expected.lateDifference, 'late against in time');
}

interface ImportList {
  readonly items: readonly {
    readonly id: string;
    readonly fileName: string;
    readonly state: string;
    readonly counts: Record<string, number>;
  }[];
}

async function imports(): Promise<ImportList['items']> {
  return ((await api('/imports?limit=100')) as ImportList).items;
}

describe('the main job', () => {
  test('[MJ1] a shop’s files, loaded in the worst order, give the figures of an independent calculation', async () => {
    await firstLoad();
    for (const job of await imports()) expect(job).toMatchObject({ state: 'done', counts: { bad: 0 } });
    await expectShop();
  });

  test('[MJ2] the same files again change nothing; an undone import takes its rows away', async () => {
    await firstLoad();
    await loadFiles();
    for (const job of (await imports()).slice(0, WORST_ORDER.length))
      expect(job.counts, job.fileName).toMatchObject({ added: 0, changed: 0, bad: 0 });
    await expectShop();

    const first = (name: FileName) => imports().then((all) => all.findLast((job) => job.fileName === name));
    const undo = async (name: FileName): Promise<void> => {
      const job = await first(name);
      await api(`/imports/${job?.id}/undo`, { method: 'POST', body: '{}' });
      await until(`${name} to be undone`, async () => (await first(name))?.state === 'undone', 60_000);
    };
    await undo('reviews.csv');
    expect((await metric('responses')).overall.value).toBe(0);
    expectFigure((await metric('late_rate')).overall, expected.lateRate, 'late rate without reviews');
    await undo('orders.csv');
    expect((await metric('late_rate')).overall).toMatchObject({ value: null, n: 0 });
  });
});
