import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { ITEMS, ORDERS, PAYMENTS, PEOPLE, REVIEWS, importCalls } from '../../../test/support/imports.ts';
import { freshDatabase, openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { serverCapabilities } from '../../server-capabilities.ts';
import { openFolder } from '../files/folder.ts';
import type { Files } from '../files/ports.ts';
import { HeldClock } from '../kernel/clock.ts';
import { silentLog } from '../kernel/log.ts';
import { RecordsDump } from '../stores/dump-records.ts';
import { openRecords } from '../stores/records.ts';
import { forgetUnit, unit } from '../stores/units.ts';
import { freshVaultKey, makeVault } from '../vault/vault.ts';
import { backupCommand } from './command.ts';
import { backupJobs, takeScheduled } from './jobs.ts';
import { readManifest, sealed, type Manifest } from './manifest.ts';
import { selectBackups } from './records.ts';
import { restoreBackup } from './restore.ts';
import { takeBackup } from './take.ts';

let world: World;
let shop: TestWorkspace;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-backup-'));
  world = await openWorld();
  shop = await world.workspace();
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function send(to: TestWorkspace, ids: readonly string[], userId: string): Promise<void> {
  const batch = ids.map((id) => ({
    type: 'track',
    messageId: id,
    userId,
    event: 'Review Submitted',
    timestamp: '2026-02-01T10:00:00Z',
    properties: { rating: 4, review_id: id },
  }));
  const answer = await world.app.request('/v1/batch', {
    method: 'POST',
    headers: { authorization: `Bearer ${to.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
  });
  expect(answer.status).toBe(200);
}

function take(place: Files, patienceMs = 30_000): Promise<Manifest> {
  const { addresses, files, clock } = world.house;
  return takeBackup({ stores: addresses, files, place, clock, patienceMs });
}

/** A place to restore to, and what restores a backup there. */
async function elsewhere() {
  const recordsUrl = await freshDatabase('empty');
  const name = new URL(recordsUrl).pathname.slice(1);
  const { facts, dir } = inject('live');
  const files = await openFolder(join(dir, name, 'files'));
  return {
    recordsUrl,
    restore: async (place: Files, manifest?: Manifest, newSecrets = false) =>
      restoreBackup({
        config: world.house.config,
        capabilities: serverCapabilities,
        stores: { recordsUrl, facts: { ...facts, database: name } },
        files,
        place,
        newSecrets,
        manifest: manifest ?? (await readManifest(place)),
      }),
  };
}

async function restored(place: Files): Promise<World> {
  const { recordsUrl, restore } = await elsewhere();
  await restore(place);
  return openWorld({ recordsUrl });
}

const figure = z.object({ overall: z.object({ value: z.number().nullable(), n: z.number(), people: z.number() }) });

/** What a workspace shows of itself. */
async function shown(at: World, of: TestWorkspace) {
  const api = at.api(of.secretKey);
  const figures: unknown[] = [];
  for (const metric of ['rating', 'late_rate', 'responses', 'orders']) {
    const answer = await api.get(`/api/v1/metrics/${metric}?from=2026-01-01&to=2026-03-01`);
    figures.push(figure.parse(answer.body).overall);
  }
  const people = await api.get('/api/v1/people?limit=50');
  const orders = await api.get('/api/v1/orders?limit=50');
  const imports = await api.get('/api/v1/imports?limit=50');
  return { figures, people: people.body, orders: orders.body, imports: imports.body };
}

const eventCount = z.object({ event_id: z.string(), n: z.coerce.number(), answers: z.coerce.number() });

function countsOf(at: World, of: TestWorkspace) {
  return at.house.facts.query(
    eventCount,
    `SELECT toString(event_id) AS event_id, count() AS n,
       (SELECT count() FROM feedback WHERE workspace = {workspace:String} AND origin = 'http') AS answers
     FROM events WHERE workspace = {workspace:String} AND source = 'http' GROUP BY event_id`,
    { workspace: of.id },
  );
}

test('[BK1, BK3] a backup taken under load, put back elsewhere, holds all that was acknowledged, once', async () => {
  const { run } = importCalls(() => world);
  await run(shop, 'orders.csv', ORDERS);
  await run(shop, 'customers.csv', PEOPLE);
  await run(shop, 'reviews.csv', REVIEWS);
  await world.drain();
  const before = await shown(world, shop);

  const busy = await world.workspace({ name: 'Busy' });
  const calls = importCalls(() => world);
  const waiting = await calls.ready(busy, 'items.csv', ITEMS);
  expect((await world.api(busy.secretKey).post(`/api/v1/imports/${waiting}/start`)).status).toBe(202);
  const acknowledged: string[] = [];
  let ending = false;
  const writing = async (): Promise<void> => {
    for (let n = 0; !ending; n++) {
      const ids = Array.from({ length: 5 }, (_, i) => `m${n}-${i}`);
      await send(busy, ids, `user ${n % 7}`);
      acknowledged.push(...ids);
    }
  };
  const draining = async (): Promise<void> => {
    while (!ending) {
      await world.drain();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await send(busy, ['first', 'second'], 'user 0');
  const place = await openFolder(join(folder, 'under-load'));
  const load = [writing(), draining()];
  const loading = async (): Promise<number> => {
    for (let seen = 0; seen < 3;) {
      seen = acknowledged.length / 5;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return acknowledged.length;
  };
  const certain = await loading();
  const manifest = await take(place).finally(() => (ending = true));
  await Promise.all(load);
  await world.runJobs();
  expect(manifest.facts.find((t) => t.name === 'import_rows')?.rows).toBeGreaterThan(0);
  expect(manifest.files.length).toBe(4);

  const other = await restored(place);
  try {
    const there = importCalls(() => other);
    expect((await there.look(busy, waiting)).state).toBe('queued');
    await other.runJobs();
    expect(await there.look(busy, waiting)).toMatchObject({ state: 'done', counts: { added: 2 } });
    expect(await there.orders(busy)).toEqual(await calls.orders(busy));
    await other.drain();
    expect(await shown(other, shop)).toEqual(before);
    const counts = await countsOf(other, busy);
    expect(counts.filter((c) => c.n !== 1)).toEqual([]);
    expect(counts.length).toBeGreaterThanOrEqual(certain + 2);
    expect(counts.length).toBeLessThanOrEqual(acknowledged.length + 2);
    // One answer for every event, as each of them is one.
    expect(counts[0]?.answers).toBe(counts.length);

    // What is sent again to the restored house is known there; what is new goes in under numbers of its own.
    const response = await other.app.request('/v1/batch', {
      method: 'POST',
      headers: { authorization: `Bearer ${busy.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        batch: ['first', 'new'].map((messageId) => ({ type: 'track', messageId, userId: 'newcomer', event: 'Seen' })),
      }),
    });
    expect(response.status).toBe(200);
    await other.drain();
    const after = await countsOf(other, busy);
    expect(after.filter((c) => c.n !== 1)).toEqual([]);
    expect(after.length).toBe(counts.length + 1);
  } finally {
    await other.close();
  }
}, 180_000);

test('[BK2] work that was cut off is waited for, and named where nobody goes on with it', async () => {
  const { records } = world.house;
  const importId = await importCalls(() => world).ready(shop, 'payments.csv', PAYMENTS);
  const cut = unit(records, importId, async () => {
    throw new Error('the facts store is away');
  });
  await expect(cut).rejects.toThrow('away');
  const place = await openFolder(join(folder, 'cut'));
  await expect(take(place, 300)).rejects.toThrow(`has not been gone on with: ${importId}`);
  expect(await place.list()).toEqual([]);
  // Cancelled, nobody goes on with it.
  await world.api(shop.secretKey).post(`/api/v1/imports/${importId}/cancel`);
  await take(place);

  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  const begun = new Promise<void>((started) => {
    void unit(records, 'imp_held', async () => {
      started();
      await held;
    });
  });
  await begun;
  const taking = take(await openFolder(join(folder, 'held')));
  go();
  await taking;
  await forgetUnit(records.db, 'imp_held');
});

test('[BK2] two backups are not taken at once, and one that was killed leaves nothing in the way of the next', async () => {
  const place = await openFolder(join(folder, 'after-kill'));
  const first = await RecordsDump.connect(world.house.addresses.recordsUrl);
  expect(await first.takeTurn('backup')).toBe(true);
  await expect(take(place)).rejects.toThrow('Another backup is being taken');
  await first.end();
  await world.house.facts.command('CREATE TABLE backup_of_events AS events');
  const manifest = await take(place);
  expect(manifest.facts.map((t) => t.name)).not.toContain('backup_of_events');
  const left = await world.house.facts.query(
    z.object({ name: z.string() }),
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'backup_of_')`,
  );
  expect(left).toEqual([]);
});

test('[BK4] a damaged, incomplete or newer backup and a place that is not empty are refused in words', async () => {
  const place = await openFolder(join(folder, 'refused'));
  const manifest = await take(place);
  const root = join(folder, 'refused');
  const manifestText = await readFile(join(root, 'manifest.json'), 'utf8');
  const users = join(root, 'records', 'users.ndjson.gz');
  const usersBytes = await readFile(users);

  const { recordsUrl, restore } = await elsewhere();
  const check = () => backupCommand.run(['--check', root], {}, () => Promise.reject(new Error('nothing to ask')));
  expect(await check()).toBe(0);
  const damaged: [words: string, damage: () => Promise<unknown>][] = [
    ['records/users.ndjson.gz is not as it was written', () => writeFile(users, usersBytes.subarray(0, -1))],
    ['records/users.ndjson.gz is missing', () => rm(users)],
    [
      'manifest.json is not as it was written',
      () => writeFile(join(root, 'manifest.json'), manifestText.replace('"rows": 0', '"rows": 1')),
    ],
    [
      'manifest.json is not as it was written',
      () => writeFile(join(root, 'manifest.json'), manifestText.slice(0, 100)),
    ],
    [
      'made by a newer Touchstone',
      () => writeFile(join(root, 'manifest.json'), manifestText.replace('"format": 1', '"format": 2')),
    ],
    ['that is no backup', () => rm(join(root, 'manifest.json'))],
  ];
  for (const [words, damage] of damaged) {
    await damage();
    await expect(restore(place), words).rejects.toThrow(words);
    await expect(check(), words).rejects.toThrow(words);
    await writeFile(users, usersBytes);
    await writeFile(join(root, 'manifest.json'), manifestText);
  }
  const { seal: _, ...content } = manifest;
  const newer = sealed({
    ...content,
    schema: { ...content.schema, records: [...content.schema.records, '9999_later'] },
  });
  await expect(restore(place, newer)).rejects.toThrow('made by a newer Touchstone (its schema has 9999_later)');

  // None of these left anything: the same place takes it now, and not a second time.
  const records = openRecords(recordsUrl, silentLog, { max: 1 });
  const { rows } = await records.pool.query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`);
  await records.close();
  expect(rows).toEqual([]);
  await restore(place);
  await expect(restore(place)).rejects.toThrow('into an empty place only');
});

test('[BK8] secrets need their key: it is not in the backup, and without it they are left behind only when told to', async () => {
  const { records } = world.house;
  const foreign = makeVault([freshVaultKey()]);
  const insert = (name: string, value: string) =>
    records.db.execute(sql`INSERT INTO installation_secrets (name, value) VALUES (${name}, ${value})`);
  await insert('test.sealed', foreign.seal('nobody knows', 'test'));
  await insert('test.plain', 'as it is');
  const place = await openFolder(join(folder, 'sealed'));
  const manifest = await take(place);
  await records.db.execute(sql`DELETE FROM installation_secrets WHERE name LIKE 'test.%'`);
  expect(manifest.keys.length).toBeGreaterThan(0);

  const { recordsUrl, restore } = await elsewhere();
  await expect(restore(place)).rejects.toThrow('sealed with a key that is not here');
  await restore(place, manifest, true);
  const there = openRecords(recordsUrl, silentLog, { max: 1 });
  const { rows } = await there.pool.query(`SELECT name, value FROM installation_secrets WHERE name LIKE 'test.%'`);
  await there.close();
  expect(rows).toEqual([{ name: 'test.plain', value: 'as it is' }]);
});

test('[BK5] the server takes backups by itself, keeps the latest and says why one failed', async () => {
  const clock = new HeldClock('2026-03-01T02:23:00.000Z');
  const to = join(folder, 'scheduled');
  const own = await openWorld({ clock, config: { backupTo: to, backupKeep: 2 } });
  try {
    const { house } = own;
    const takeOne = async (): Promise<void> => {
      await house.jobs.send(takeScheduled, {});
      await own.runJobs({ tolerant: true });
      clock.advance(86_400_000);
    };
    const place = await openFolder(to);
    await place.put('touchstone-20260101-000000/records/half.gz', 'cut off');
    await place.put('mine/notes.txt', 'somebody else put this here');
    for (let n = 0; n < 3; n++) await takeOne();
    const folders = new Set((await place.list()).map((name) => name.split('/')[0]));
    expect([...folders]).toEqual(['mine', 'touchstone-20260302-022300', 'touchstone-20260303-022300']);

    const signal = AbortSignal.abort(new Error('The server stops.'));
    const context = { jobId: 'x', log: silentLog, signal };
    await expect(backupJobs(house)[0]?.run({}, context)).rejects.toThrow('The server stops.');
    const rows = await selectBackups(house.records.db, 10);
    expect(rows.map((r) => [r.name, r.state, r.problem])).toEqual([
      ['touchstone-20260304-022300', 'failed', 'The server stops.'],
      ['touchstone-20260303-022300', 'done', null],
      ['touchstone-20260302-022300', 'done', null],
      ['touchstone-20260301-022300', 'done', null],
    ]);
    expect(rows[1]?.bytes).toBeGreaterThan(1_000);
  } finally {
    await own.close();
  }
});
