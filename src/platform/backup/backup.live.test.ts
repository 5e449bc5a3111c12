import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ITEMS, ORDERS, PAYMENTS, PEOPLE, REVIEWS, importCalls } from '../../../test/support/imports.ts';
import { startS3 } from '../../../test/support/s3.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { openFolder } from '../files/folder.ts';
import { openBucket } from '../files/s3.ts';
import { silentLog } from '../kernel/log.ts';
import { RecordsDump } from '../stores/dump-records.ts';
import { openRecords } from '../stores/records.ts';
import { forgetUnit, unit } from '../stores/units.ts';
import { backupCommand } from './command.ts';
import { sealed } from './manifest.ts';
import { takeBackup } from './take.ts';
import { backupCalls, shown } from './test-support.ts';

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

const backups = backupCalls(() => world);

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
  const manifest = await backups.take(place).finally(() => (ending = true));
  await Promise.all(load);
  await world.runJobs();
  expect(manifest.facts.find((t) => t.name === 'import_rows')?.rows).toBeGreaterThan(0);
  expect(manifest.files.length).toBe(4);

  const other = await backups.restored(place);
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
  await expect(backups.take(place, 300)).rejects.toThrow(`has not been gone on with: ${importId}`);
  expect(await place.list()).toEqual([]);
  // Cancelled, the chunk it was cut off in is brought to its end.
  await world.api(shop.secretKey).post(`/api/v1/imports/${importId}/cancel`);
  await world.runJobs();
  await backups.take(place);

  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  const begun = new Promise<void>((started) => {
    void unit(records, 'imp_held', async () => {
      started();
      await held;
    });
  });
  await begun;
  const taking = backups.take(await openFolder(join(folder, 'held')));
  go();
  await taking;
  await forgetUnit(records.db, 'imp_held');
});

test('[BK2] two backups are not taken at once, and one that was killed leaves nothing in the way of the next', async () => {
  const place = await openFolder(join(folder, 'after-kill'));
  const first = await RecordsDump.connect(world.house.addresses.recordsUrl);
  expect(await first.takeTurn('backup')).toBe(true);
  await expect(backups.take(place)).rejects.toThrow('Another backup is being taken');
  await first.end();
  await world.house.facts.command('CREATE TABLE backup_of_events AS events');
  const manifest = await backups.take(place);
  expect(manifest.facts.map((t) => t.name)).not.toContain('backup_of_events');
  const left = await world.house.facts.query(
    z.object({ name: z.string() }),
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'backup_of_')`,
  );
  expect(left).toEqual([]);
});

test('[BK1] a file that cannot be read now fails it; only what is gone or only passes is left out', async () => {
  const broken = new Set<string>();
  const storage = await startS3({ broken });
  try {
    const files = openBucket(`${storage.bucket}/house`, storage.settings);
    for (const name of ['uploads/a', 'uploads/b', 'packed/c', 'probe-0123456789abcdef']) await files.put(name, name);
    const { addresses: stores, clock } = world.house;
    const takeTo = async (at: string) =>
      takeBackup({
        stores,
        files,
        place: await openFolder(join(folder, at)),
        clock,
        progress: (step) => {
          if (step === 'Copying the files') storage.objects.delete('tests/house/uploads/b');
        },
      });
    broken.add('tests/house/uploads/a');
    await expect(takeTo('unread')).rejects.toThrow('answers 500 InternalError');
    expect(await readdir(join(folder, 'unread'))).not.toContain('manifest.json');
    broken.clear();
    await files.put('uploads/b', 'b');
    expect((await takeTo('read')).files.map((f) => f.name)).toEqual(['uploads/a']);
  } finally {
    await storage.close();
  }
});

test('[BK4] a damaged, incomplete or newer backup and a place that is not empty are refused in words', async () => {
  const place = await openFolder(join(folder, 'refused'));
  const manifest = await backups.take(place);
  const root = join(folder, 'refused');
  const manifestText = await readFile(join(root, 'manifest.json'), 'utf8');
  const users = join(root, 'records', 'users.ndjson.gz');
  const usersBytes = await readFile(users);

  const { recordsUrl, restore } = await backups.elsewhere();
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
