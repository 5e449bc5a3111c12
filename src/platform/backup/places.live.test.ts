import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ITEMS, ORDERS, importCalls } from '../../../test/support/imports.ts';
import { startS3, type S3Server } from '../../../test/support/s3.ts';
import { openWorld, type World } from '../../../test/support/world.ts';
import { openBucket } from '../files/s3.ts';
import { HeldClock } from '../kernel/clock.ts';
import { silentLog } from '../kernel/log.ts';
import { openRecords } from '../stores/records.ts';
import { freshVaultKey, makeVault } from '../vault/vault.ts';
import { backupCommand } from './command.ts';
import { backupJobs, takeScheduled } from './jobs.ts';
import { openPlace } from './keeping.ts';
import { selectBackups } from './records.ts';
import { backupCalls, shown } from './test-support.ts';

let storage: S3Server;
let world: World;
const clock = new HeldClock('2026-03-01T02:23:00.000Z');
beforeAll(async () => {
  storage = await startS3();
  const config = { backupTo: `${storage.bucket}/by-itself`, backupKeep: 2, s3: storage.settings };
  world = await openWorld({ clock, config });
});
afterAll(async () => {
  await world.close();
  await storage.close();
});

const backups = backupCalls(() => world);

test('[BK9] a backup lies on S3 as in a folder: checked by command, and put back where files lie on S3 too', async () => {
  const shop = await world.workspace();
  const { run, ready, orders } = importCalls(() => world);
  await run(shop, 'orders.csv', ORDERS);
  const waiting = await ready(shop, 'items.csv', ITEMS);
  expect((await world.api(shop.secretKey).post(`/api/v1/imports/${waiting}/start`)).status).toBe(202);
  const where = `${storage.bucket}/by-hand/one`;
  const place = openBucket(where, storage.settings);
  const manifest = await backups.take(place);
  expect(manifest.files.length).toBe(2);
  const before = await shown(world, shop);

  const { endpoint, region, key } = storage.settings;
  const env = {
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: key?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key?.secretAccessKey,
  };
  const check = () => backupCommand.run(['--check', where], env, () => Promise.reject(new Error('nothing to ask')));
  expect(await check()).toBe(0);

  const filesAt = `${storage.bucket}/other/files`;
  const other = await backups.restored(place, { filesAt, s3: storage.settings });
  try {
    expect(await shown(other, shop)).toEqual(before);
    await other.runJobs();
    const there = importCalls(() => other);
    expect(await there.look(shop, waiting)).toMatchObject({ state: 'done', counts: { added: 2 } });
    await there.run(shop, 'more.csv', ORDERS.replaceAll('o1', 'o9'));
    expect([...storage.objects.keys()].filter((k) => k.startsWith('tests/other/files/uploads/'))).toHaveLength(3);
    expect(await there.orders(shop)).toHaveLength((await orders(shop)).length + 1);
  } finally {
    await other.close();
  }

  const users = 'tests/by-hand/one/records/users.ndjson.gz';
  storage.objects.set(users, Buffer.concat([storage.objects.get(users) ?? Buffer.alloc(0), Buffer.from('x')]));
  await expect(check()).rejects.toThrow('records/users.ndjson.gz is not as it was written');
  // A backup of the files would hold all backups before it.
  await expect(openPlace(`${filesAt}/backups`, { ...world.house.config, filesAt })).rejects.toThrow('another place');
}, 180_000);

test('[BK8] secrets need their key: it is not in the backup, and without it they are left behind only when told to', async () => {
  const { records } = world.house;
  const foreign = makeVault([freshVaultKey()]);
  const insert = (name: string, value: string) =>
    records.db.execute(sql`INSERT INTO installation_secrets (name, value) VALUES (${name}, ${value})`);
  await insert('test.sealed', foreign.seal('nobody knows', 'test'));
  await insert('test.plain', 'as it is');
  const place = openBucket(`${storage.bucket}/sealed`, storage.settings);
  const manifest = await backups.take(place);
  await records.db.execute(sql`DELETE FROM installation_secrets WHERE name LIKE 'test.%'`);
  expect(manifest.keys.length).toBeGreaterThan(0);

  const { recordsUrl, restore } = await backups.elsewhere();
  await expect(restore(place)).rejects.toThrow('sealed with a key that is not here');
  await restore(place, manifest, true);
  const there = openRecords(recordsUrl, silentLog, { max: 1 });
  const { rows } = await there.pool.query(`SELECT name, value FROM installation_secrets WHERE name LIKE 'test.%'`);
  await there.close();
  expect(rows).toEqual([{ name: 'test.plain', value: 'as it is' }]);
});

test('[BK5, BK9] the server takes backups by itself, keeps the latest and says why one failed', async () => {
  const { house } = world;
  const takeOne = async (): Promise<void> => {
    await house.jobs.send(takeScheduled, {});
    await world.runJobs({ tolerant: true });
    clock.advance(86_400_000);
  };
  const place = openBucket(`${storage.bucket}/by-itself`, storage.settings);
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
});
