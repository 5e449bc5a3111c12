import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { FILE_KINDS, shopFile } from '../../../demo/files.ts';
import { generateShop } from '../../../demo/shop.ts';
import { countOf, skus } from '../../../test/support/facts.ts';
import { importCalls } from '../../../test/support/imports.ts';
import { startShards, type StartedShards } from '../../../test/support/shards.ts';
import { until } from '../../../test/support/until.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { cutAt, seen, send } from '../../core/journal/test-support.ts';
import { drainJournal } from '../../core/journal/drain.ts';
import { backupCalls } from '../backup/test-support.ts';
import { openFolder } from '../files/folder.ts';
import { examine } from '../operations/checks.ts';
import { serverCapabilities } from '../../server-capabilities.ts';
import { FactsDump } from './dump-facts.ts';
import { openFacts, type FactsAddress, type OpenedFacts } from './facts.ts';
import { migrateFacts, statementsOf } from './migrate.ts';
import { keptAs } from './replicas.ts';
import { nodesOf, REPLICA_SETTINGS, refuseOtherNumber, tablesOf } from './shards.ts';

let dir: string;
let shards: StartedShards;
/** Over two servers, and over one. */
let world: World;
let one: World;
/** The rows of each of the two. */
let rows: OpenedFacts[];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'touchstone-shards-'));
  shards = await startShards(dir, 'a password of a test');
  const { database: _, ...facts } = shards.addressOf('-');
  [world, one] = await Promise.all([openWorld({ facts }), openWorld()]);
  rows = nodesOf(world.house.addresses.facts).map(({ local }) => openFacts(local));
});
afterAll(async () => {
  await Promise.all(rows.map((each) => each.close()));
  await world.close();
  await one.close();
  await shards.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Sums in another order may differ in the last binary digits of a number. */
function toDigits(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, v: unknown) => (typeof v === 'number' ? Number(v.toPrecision(12)) : v));
}

const countRow = z.object({ n: z.coerce.number() });

async function countedOn(each: OpenedFacts, table: string, shop: TestWorkspace): Promise<number> {
  const sql = `SELECT count() AS n FROM ${table} WHERE workspace = {id:String}`;
  return (await each.query(countRow, sql, { id: shop.id }))[0]?.n ?? 0;
}

const PERIOD = 'from=2025-01-01&to=2026-01-01';
const FIGURES = [
  `rating?${PERIOD}&interval=month&by=order.late`,
  `rating/contrasts?${PERIOD}`,
  `days_to_deliver?${PERIOD}&by=order.category`,
];

/** What a shop's files made: orders, answers with whose they are, and figures. */
async function told(of: World, shop: TestWorkspace, paths: readonly string[]): Promise<Record<string, unknown>> {
  const { answers, orders } = importCalls(() => of);
  // Ids of imports differ, and equal rows have no order.
  const said = (await answers(shop)).map((answer) => JSON.stringify({ ...answer, origin: '' })).toSorted();
  const all: Record<string, unknown> = { said, orders: await orders(shop) };
  for (const path of [`home?${PERIOD}`, ...paths]) {
    const { status, body } = await of.api(shop.secretKey).get(`/api/v1/metrics/${path}`);
    expect(status, JSON.stringify(body)).toBe(200);
    all[path] = toDigits(body);
  }
  return all;
}

test(
  '[SR21] the figures of Home are those of one server, to the digit, and also when a file was taken away again',
  { timeout: 120_000 },
  async () => {
    const made = generateShop({ seed: 'two servers', people: 100, from: '2025-01-01', days: 200 });
    const [apart, whole] = await Promise.all(
      [world, one].map(async (of) => {
        const { run } = importCalls(() => of);
        const shop = await of.workspace();
        let last = '';
        // Of an answer nobody knows whose it is until its order comes.
        for (const name of ['reviews.csv', 'order_items.csv', 'customers.csv', 'orders.csv'] as const) {
          last = (await run(shop, name, shopFile(made, name), { kind: FILE_KINDS[name] })).id;
        }
        return { shop, last, told: await told(of, shop, FIGURES) };
      }),
    );
    if (apart === undefined || whole === undefined) throw new Error('There are two worlds.');
    expect(apart.told).toEqual(whole.told);
    for (const table of ['orders', 'feedback', 'person_traits']) {
      for (const each of rows) expect(await countedOn(each, table, apart.shop), table).toBeGreaterThan(0);
    }
    await Promise.all([
      importCalls(() => world).act(apart.shop, apart.last, 'undo'),
      importCalls(() => one).act(whole.shop, whole.last, 'undo'),
    ]);
    const undone = await told(world, apart.shop, []);
    expect(undone).toEqual(await told(one, whole.shop, []));
    expect(undone['orders']).not.toEqual(apart.told['orders']);
  },
);

test(
  '[BK10] a backup of two servers goes back onto one and from there onto two, with the same figures',
  { timeout: 120_000 },
  async () => {
    const shop = await world.workspace();
    const made = generateShop({ seed: 'backup of two', people: 20, from: '2025-01-01', days: 100 });
    for (const name of ['orders.csv', 'reviews.csv'] as const) {
      await importCalls(() => world).run(shop, name, shopFile(made, name), { kind: FILE_KINDS[name] });
    }
    const before = await told(world, shop, []);
    const place = await openFolder(join(dir, 'backup of two'));
    const taken = await backupCalls(() => world).take(place);
    const whole = await backupCalls(() => world).restored(place);
    const again = await openFolder(join(dir, 'backup of one'));
    const { database: _, ...several } = shards.addressOf('-');
    const sums = (m: typeof taken) => m.facts.map(({ name, rows: n, hash }) => ({ name, n, hash }));
    let apart: World | undefined;
    try {
      expect(await told(whole, shop, [])).toEqual(before);
      // A table's sum is that of its rows, wherever they lie.
      expect(sums(await backupCalls(() => whole).take(again))).toEqual(sums(taken));
      apart = await backupCalls(() => whole).restored(again, {}, several);
      expect(await told(apart, shop, [])).toEqual(before);
      for (const { local } of nodesOf(apart.house.addresses.facts)) {
        const there = openFacts(local);
        for (const table of ['orders', 'feedback']) expect(await countedOn(there, table, shop)).toBeGreaterThan(0);
        await there.close();
      }
    } finally {
      await apart?.close();
      await whole.close();
    }
  },
);

test('[SR21] a batch that one server refused, and one that was cut off, is finished once', async () => {
  const shop = await world.workspace();
  const wanted: string[] = [];
  const sendSome = async (): Promise<void> => {
    const ids = Array.from({ length: 40 }, (_, i) => `m${String(wanted.length + i).padStart(4, '0')}`);
    wanted.push(...ids);
    await send(world, shop, ...ids.map((id) => seen(id)));
  };
  await sendSome();
  await rows[1]?.command("ALTER TABLE events ADD CONSTRAINT refused CHECK name = ''");
  await expect(world.drain()).rejects.toThrow('refused');
  await rows[1]?.command('ALTER TABLE events DROP CONSTRAINT refused');
  await world.drain();
  expect(await skus(world, shop)).toEqual(wanted);
  // After the insert, before it is written down that it was done.
  await sendSome();
  const cut = cutAt(world.house, 1, 'inserts');
  await expect(drainJournal(cut.house)).rejects.toThrow('cut off');
  await world.drain();
  await send(world, shop, ...wanted.map((id) => seen(id)));
  await world.drain();
  expect(await skus(world, shop)).toEqual(wanted);
  for (const each of rows) expect(await countedOn(each, 'events', shop)).toBeGreaterThan(0);
});

const people = z.object({ items: z.array(z.object({ id: z.string() })) });
const joined = z.object({ linkId: z.string(), personId: z.string() });

test('[SR21] people who are found to be one are one on every server, and two again', async () => {
  const shop = await world.workspace();
  const api = world.api(shop.secretKey);
  const views = Array.from({ length: 20 }, (_, i) => seen(`view ${i}`, { userId: i % 2 === 0 ? 'ann' : 'twin' }));
  await send(world, shop, ...views);
  await world.drain();
  const persons = async (): Promise<number> => {
    const sql = 'SELECT uniqExact(person_no) AS n FROM v_events WHERE workspace = {id:String}';
    return (await world.house.facts.query(countRow, sql, { id: shop.id }))[0]?.n ?? 0;
  };
  expect(await persons()).toBe(2);
  const [ann, twin] = people.parse((await api.get('/api/v1/people')).body).items;
  const link = joined.parse(
    (await api.post(`/api/v1/people/${ann?.id ?? ''}/links`, { otherPersonId: twin?.id })).body,
  );
  expect(await persons()).toBe(1);
  await api.delete(`/api/v1/people/${link.personId}/links/${link.linkId}`);
  expect(await persons()).toBe(2);
});

test('[SR21] what is known of the same order lies on the same server', async () => {
  const found = z.object({ id: z.string() });
  const tables = ['orders', 'order_rows', 'order_items', 'feedback', 'events'];
  const sql = `SELECT DISTINCT workspace || order_id AS id FROM (
    ${tables.map((t) => `SELECT workspace, order_id FROM ${t}`).join(' UNION ALL ')}) WHERE order_id != ''`;
  const [first, second] = await Promise.all(rows.map((each) => each.query(found, sql)));
  const there = new Set(first?.map((row) => row.id));
  expect(there.size).toBeGreaterThan(0);
  expect(second?.filter((row) => there.has(row.id))).toEqual([]);
});

/** The same servers, the one that is killed first, as if each had the same rows. */
function asOnePart(address: FactsAddress): FactsAddress {
  const urls = (address.shards?.urls ?? []).toReversed();
  return { ...address, url: urls[0] ?? '', shards: { cluster: address.shards?.cluster ?? '', urls, parts: [1, 1] } };
}

function drained(of: World): Promise<boolean> {
  return of.drain().then(
    () => true,
    () => false,
  );
}

test('[SR22] while one is away events are taken and figures refused in words; then all of it is drained', async () => {
  const shop = await world.workspace();
  const names = world.house.facts.servers.map((s) => s.name);
  await shards.kill(1);
  const ids = Array.from({ length: 30 }, (_, i) => `away ${i}`).toSorted();
  await send(world, shop, ...ids.map((id) => seen(id)));
  await expect(world.drain()).rejects.toThrow('does not answer');
  const refused = await world.api(shop.secretKey).get('/api/v1/metrics/responses?from=2026-01-01&to=2026-02-01');
  expect(refused).toMatchObject({
    status: 503,
    body: { code: 'store-away', detail: expect.stringContaining('servers') },
  });
  expect(JSON.stringify(refused.body)).not.toContain('127.0.0.1');
  const readiness = await world.app.request('/readyz');
  const [here, away] = names;
  expect(await readiness.json()).toMatchObject({
    status: 'not ready',
    stores: { records: 'here', facts: 'away' },
    servers: { [here ?? '']: 'here', [away ?? '']: 'away' },
  });
  const found = await examine(world.house);
  expect(found).toContainEqual(expect.objectContaining({ check: `facts ${here}`, state: 'ok' }));
  expect(found).toContainEqual(expect.objectContaining({ check: `facts ${away}`, state: 'fail' }));
  // Were they replicas of one another, the one that is here would do.
  const asReplicas = openFacts(asOnePart(world.house.addresses.facts));
  try {
    expect(await asReplicas.query(countRow, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    const blocks: unknown[] = [];
    for await (const block of asReplicas.stream(countRow, 'SELECT 2 AS n')) blocks.push(...block);
    expect(blocks).toEqual([{ n: 2 }]);
    await asReplicas.ping();
    await asReplicas.command('CREATE OR REPLACE VIEW by_whoever_is_here AS SELECT 1 AS n');
    await asReplicas.command('DROP VIEW by_whoever_is_here');
    await asReplicas.command('SYSTEM DROP MARK CACHE');
    const insert = asReplicas.insert('nowhere', [{ a: 1 }]);
    await expect(insert).rejects.toThrow('nowhere');
    await expect(asReplicas.query(countRow, 'SELECT n FROM nowhere')).rejects.toThrow('nowhere');
    expect(asReplicas.servers.map((server) => server.part)).toEqual([1, 1]);
    await shards.start(1);
    // What it has to catch up with.
    for (const server of asReplicas.servers) await server.ping();
  } finally {
    await asReplicas.close();
  }
  await until('all of it to be drained', () => drained(world));
  expect(await skus(world, shop)).toEqual(ids);
  expect(await countOf(world, 'v_events', shop)).toBe(ids.length);
  expect((await world.app.request('/readyz')).status).toBe(200);
});

const parsedRow = z.object({ parsed: z.string() });

test('[SR25] ClickHouse understands what is asked of it where tables have replicas', async () => {
  const statements = serverCapabilities.flatMap((c) => c.facts ?? []).flatMap((m) => statementsOf(m.sql));
  for (const statement of statements.filter((s) => s.startsWith('CREATE TABLE'))) {
    for (const keeping of ['at a path', 'in its database', 'in the cloud'] as const) {
      const told = keptAs(keeping, statement);
      const parsed = await rows[0]?.query(parsedRow, 'SELECT formatQuery({told:String}) AS parsed', { told });
      expect(parsed?.[0]?.parsed).toContain('ENGINE');
    }
  }
  // Settings that only replicas heed are known to it, and change nothing where there are none.
  const settings = { ...REPLICA_SETTINGS, insert_quorum: 'auto', insert_quorum_timeout: 30_000, alter_sync: 2 };
  expect(await rows[0]?.query(countRow, 'SELECT 1 AS n', {}, { settings })).toEqual([{ n: 1 }]);
});

test('[SR25] a backup lets go of what a killed one held, whichever replica held it', async () => {
  const dump = new FactsDump(asOnePart(world.house.addresses.facts));
  try {
    for (const each of rows) await each.command('CREATE TABLE backup_of_events AS events ENGINE = Memory');
    await dump.letGo();
    const sql = "SELECT count() AS n FROM system.tables WHERE startsWith(name, 'backup_of_')";
    for (const each of rows) expect(await each.query(countRow, sql)).toEqual([{ n: 0 }]);
  } finally {
    await dump.close();
  }
});

test('[SR23] what others keep in the same database says nothing of the number of servers', async () => {
  const { shards: several, ...address } = world.house.addresses.facts;
  const [url = ''] = several?.urls ?? [];
  await rows[0]?.command('CREATE DATABASE shared');
  const shared = openFacts({ ...address, url, database: 'shared' });
  try {
    await shared.command('CREATE TABLE theirs (a String) ENGINE = MergeTree ORDER BY a');
    const before = `ENGINE = Distributed(${several?.cluster}, shared, theirs)`;
    await shared.command(`CREATE TABLE theirs_everywhere (a String) ${before}`);
    await shared.command(`CREATE TABLE theirs_noted (a String) ${before} COMMENT '7'`);
    const ours = tablesOf(serverCapabilities.flatMap((c) => c.facts ?? []));
    for (const number of [1, 2]) await refuseOtherNumber(shared, number, ours);
    await expect(refuseOtherNumber(shared, 1, new Set(['theirs_noted']))).rejects.toThrow('lie on 7 servers');
  } finally {
    await shared.close();
    await rows[0]?.command('DROP DATABASE shared');
  }
});

test('[SR23] another cluster than the servers know is refused in words', async () => {
  const { shards: several, ...address } = world.house.addresses.facts;
  const urls = several?.urls ?? [];
  const migrations = serverCapabilities.flatMap((c) => c.facts ?? []);
  const start = async (
    cluster: string | null,
    of: readonly string[],
    more: Partial<FactsAddress> = {},
  ): Promise<void> => {
    const wrong: FactsAddress = { ...address, ...more, ...(cluster === null ? {} : { shards: { cluster, urls: of } }) };
    const facts = openFacts(wrong);
    try {
      await migrateFacts(facts, migrations);
    } finally {
      await facts.close();
    }
  };
  await expect(start('nobody', urls)).rejects.toThrow('knows no cluster nobody');
  const cluster = several?.cluster ?? '';
  const fewer = urls.slice(0, 1);
  await expect(start(cluster, fewer, { database: 'default' })).rejects.toThrow('has 2 shards');
  await expect(start(cluster, fewer)).rejects.toThrow('lie on 2 servers, and CLICKHOUSE_URL names 1');
  await expect(start(null, [])).rejects.toThrow('lie on 2 servers, and CLICKHOUSE_URL names 1');
  // The cluster has a shard for each, and neither server says whose replica it is.
  const replicas = openFacts(asOnePart({ ...world.house.addresses.facts, database: 'default' }));
  await expect(migrateFacts(replicas, migrations)).rejects.toThrow(
    'has 2 shards, and CLICKHOUSE_URL names servers of 1',
  );
  await replicas.close();
  // Rows that were never parted would be hidden behind what is laid in front of them.
  const { url, database } = one.house.addresses.facts;
  const widened = start(cluster, [url, ...fewer], { database });
  await expect(widened).rejects.toThrow('lie on 1 server, and CLICKHOUSE_URL names 2');
});
