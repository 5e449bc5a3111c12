import { createServer, type Server } from 'node:http';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { importCalls, ORDERS } from '../../../test/support/imports.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { silentLog } from '../../platform/kernel/log.ts';
import { isSealed } from '../../platform/vault/vault.ts';
import { changeWorkspace } from '../../platform/workspaces/facade.ts';
import { lookAt } from './looking.ts';
import { selectAnySource } from './records.ts';

let world: World;
let root: string;
let server: Server;
let origin = '';
let now = new Date('2026-11-22T10:00:00.000Z');
const asked: string[] = [];
let served: { readonly etag?: string; readonly body: string | Buffer } = { body: ORDERS };
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sources-'));
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ?? '-'} ${request.headers['if-none-match'] ?? '-'}`);
    const { etag, body } = served;
    if (request.url === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, etag === undefined ? {} : { etag }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  world = await openWorld({
    clock: { now: () => now },
    config: { importFolder: root, importAllowAddresses: ['127.0.0.1'] },
  });
});
afterAll(async () => {
  server.close();
  await world.close();
  await rm(root, { recursive: true, force: true });
});

const { orders } = importCalls(() => world);
const view = z.looseObject({ id: z.string(), lastState: z.string().nullable(), lastProblem: z.string().nullable() });

async function make(shop: TestWorkspace, what: object): Promise<string> {
  const body = { name: 'Orders', kind: 'orders', everyHours: 24, ...what };
  const made = await world.api(shop.secretKey).post('/api/v1/import-sources', body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return view.parse(made.body).id;
}

async function run(shop: TestWorkspace, id: string): Promise<string> {
  const api = world.api(shop.secretKey);
  expect((await api.post(`/api/v1/import-sources/${id}/run`)).status).toBe(202);
  await world.runJobs();
  const { items } = z.object({ items: z.array(view) }).parse((await api.get('/api/v1/import-sources')).body);
  const found = items.find((item) => item.id === id);
  return found?.lastProblem ?? found?.lastState ?? '';
}

test('[SO1] [SO2] a folder: what is new goes in, once; nothing leads out of it', async () => {
  const shop = await world.workspace();
  const id = await make(shop, { place: 'folder', path: 'daily' });
  expect(await run(shop, id)).toContain('no folder for this workspace yet');
  const daily = join(root, shop.id, 'daily');
  await mkdir(daily, { recursive: true });
  await writeFile(join(root, 'secret.csv'), ORDERS);
  await symlink(join(root, 'secret.csv'), join(daily, 'link.csv'));
  expect(await run(shop, id)).toBe('unchanged');
  await writeFile(join(daily, '1.csv.gz'), gzipSync(ORDERS));
  expect(await run(shop, id)).toBe('loaded');
  expect(await orders(shop)).toHaveLength(2);
  expect(await run(shop, id)).toBe('unchanged');
  // Written again as it was.
  await writeFile(join(daily, '1.csv.gz'), gzipSync(ORDERS));
  expect(await run(shop, id)).toBe('unchanged');
  await writeFile(join(daily, '2.csv'), ORDERS.replaceAll('\no', '\nx'));
  expect(await run(shop, id)).toBe('loaded');
  expect(await orders(shop)).toHaveLength(4);

  await symlink(join(root, 'secret.csv'), join(root, shop.id, 'out.csv'));
  const out = await make(shop, { place: 'folder', path: 'out.csv' });
  expect(await run(shop, out)).toContain('no such file');
  const api = world.api(shop.secretKey);
  for (const path of ['../x', '/etc/passwd', 'a/../../b', 'a\\b']) {
    const refused = await api.post('/api/v1/import-sources', {
      name: 'x', place: 'folder', path, kind: 'orders', everyHours: 1,
    }); // prettier-ignore
    expect(refused.body).toMatchObject({ code: 'path-outside' });
  }
});

test('[SO4] a bad file keeps no other from being loaded; it is told of until it changes, and read again when run', async () => {
  const shop = await world.workspace();
  const api = world.api(shop.secretKey);
  const at = join(root, shop.id);
  const rows = (letter: string) => ORDERS.replaceAll('\no', `\n${letter}`);
  await mkdir(at);
  await writeFile(join(at, '1.csv.gz'), gzipSync(ORDERS).subarray(0, 40));
  await writeFile(join(at, '2.csv'), rows('b'));
  await writeFile(join(at, '3.csv'), rows('c'));
  const id = await make(shop, { place: 'folder', path: '' });
  const look = (signal = new AbortController().signal) =>
    lookAt(world.house, id, { jobId: 'job', log: silentLog, signal });
  const standing = async () => {
    const row = await selectAnySource(world.house.records.db, id);
    return [
      row?.lastState,
      row?.lastProblem,
      Object.keys(row?.seen ?? {}).sort(),
      row?.nextRunAt.getTime() === now.getTime(),
    ];
  };

  // Told to leave, it says nothing of how it went, and goes on as soon as it can.
  await look(AbortSignal.abort());
  expect(await standing()).toEqual([null, null, [], true]);
  await look();
  const bad = expect.stringMatching(/^1\.csv\.gz: .*damaged/);
  expect(await standing()).toEqual(['failed', bad, ['1.csv.gz', '2.csv', '3.csv'], false]);
  await world.runJobs();
  expect(await orders(shop)).toHaveLength(4);
  await look();
  expect(await standing()).toEqual(['failed', bad, ['1.csv.gz', '2.csv', '3.csv'], false]);

  // What was undone comes back when the source is run by hand, and not before; what is gone is forgotten.
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string(), fileName: z.string() })) })
    .parse((await api.get('/api/v1/imports')).body);
  const third = items.find(({ fileName }) => fileName === '3.csv')?.id;
  expect((await api.post(`/api/v1/imports/${third}/undo`)).status).toBe(202);
  await world.runJobs();
  await rename(join(at, '1.csv.gz'), join(at, '.1.csv.gz'));
  await look();
  expect([await standing(), (await orders(shop)).length]).toEqual([['unchanged', null, ['2.csv', '3.csv'], false], 2]);
  expect([await run(shop, id), (await orders(shop)).length]).toEqual(['loaded', 4]);
  expect(await run(shop, id)).toBe('unchanged');

  await api.patch(`/api/v1/import-sources/${id}`, { everyHours: 1 });
  const row = await selectAnySource(world.house.records.db, id);
  expect(row?.nextRunAt).toEqual(new Date(now.getTime() + 3_600_000));
});

test('[SO1] [SO3] [SO4] an address: asked with what it answered before, its secrets sealed, its failures told', async () => {
  const shop = await world.workspace();
  const other = await world.workspace();
  const api = world.api(shop.secretKey);
  const url = `${origin}/orders.csv?token=hidden`;
  const id = await make(shop, { place: 'url', url, authorization: 'Bearer secret' });
  served = { etag: '"1"', body: ORDERS };
  expect([await run(shop, id), await run(shop, id)]).toEqual(['loaded', 'unchanged']);
  expect(asked).toEqual(['/orders.csv?token=hidden Bearer secret -', '/orders.csv?token=hidden Bearer secret "1"']);
  served = { body: ORDERS };
  expect(await run(shop, id)).toBe('unchanged');
  served = { body: gzipSync(ORDERS).subarray(0, 40) };
  expect(await run(shop, id)).toContain('it is damaged');
  const listed = await api.get('/api/v1/import-sources');
  expect(listed.body).toMatchObject({ items: [{ where: `${origin}/orders.csv` }] });
  expect(JSON.stringify(listed.body)).not.toMatch(/hidden|secret/);
  const row = await selectAnySource(world.house.records.db, id);
  expect([isSealed(row?.sealed ?? ''), JSON.stringify(row)]).toEqual([
    true,
    expect.not.stringMatching(/hidden|secret/),
  ]);

  served = { body: ORDERS.replaceAll('\no', '\ny') };
  const due = async () => {
    await world.house.jobs.send({ name: 'sources.due', input: z.object({}).strict() }, {});
    await world.runJobs();
    return (await orders(shop)).length;
  };
  expect(await due()).toBe(2);
  now = new Date(now.getTime() + 25 * 3_600_000);
  await api.patch(`/api/v1/import-sources/${id}`, { paused: true });
  expect(await due()).toBe(2);
  await api.patch(`/api/v1/import-sources/${id}`, { paused: false });
  expect(await due()).toBe(4);

  const inside = await make(shop, { place: 'url', url: `${origin}/inside` });
  expect(await run(shop, inside)).toContain('not on the public internet');
  const numbers = await api.post('/api/v1/import-sources', {
    name: 'x', place: 'url', url: 'http://169.254.169.254/latest', kind: 'orders', everyHours: 1,
  }); // prettier-ignore
  expect(numbers).toMatchObject({ status: 400, body: { code: 'address-not-public' } });
  const locked = await api.post('/api/v1/import-sources', {
    name: 'x', place: 'url', url: 'http://me:pass@example.com/', kind: 'orders', everyHours: 1,
  }); // prettier-ignore
  expect(locked.body).toMatchObject({ code: 'not-an-address' });
  for (const authorization of ['Bearer a\nx: y', 'Bearer ک', 'Bearer \u00e9']) {
    const refused = await api.post('/api/v1/import-sources', {
      name: 'x', place: 'url', url, authorization, kind: 'orders', everyHours: 1,
    }); // prettier-ignore
    expect(refused.body).toMatchObject({
      status: 400,
      code: 'not-a-header',
      detail: expect.not.stringContaining('Bearer'),
    });
  }
  expect((await world.api(other.secretKey).delete(`/api/v1/import-sources/${id}`)).status).toBe(404);
  expect((await api.delete(`/api/v1/import-sources/${id}`)).status).toBe(200);
  expect(await orders(shop)).toHaveLength(4);
});

test('[SO5] at times of its zone: not before, once when they passed unseen, and not for those it was paused at', async () => {
  const shop = await world.workspace({ zone: 'Asia/Tehran' });
  const api = world.api(shop.secretKey);
  now = new Date('2026-11-22T10:00:00.000Z');
  await mkdir(join(root, shop.id));
  await writeFile(join(root, shop.id, 'orders.csv'), ORDERS);
  const what = { name: 'Orders', place: 'folder', path: 'orders.csv', kind: 'orders' };
  const made = await api.post('/api/v1/import-sources', { ...what, cron: '30 6 * * mon-fri' });
  expect(made.body).toMatchObject({
    everyHours: null,
    cron: '30 6 * * MON-FRI',
    times: { times: ['06:30'], weekdays: [1, 2, 3, 4, 5] },
    nextRunAt: '2026-11-23T03:00:00.000Z',
    due: false,
  });
  const { id } = view.parse(made.body);
  const next = async () => {
    const [item] = z.object({ items: z.array(view) }).parse((await api.get('/api/v1/import-sources')).body).items;
    return [item?.['nextRunAt'], item?.lastState];
  };
  const due = async () => {
    await world.house.jobs.send({ name: 'sources.due', input: z.object({}).strict() }, {});
    await world.runJobs();
    return next();
  };
  expect(await due()).toEqual(['2026-11-23T03:00:00.000Z', null]);
  // Nobody looked for two days: once is enough.
  now = new Date('2026-11-25T09:00:00.000Z');
  expect(await due()).toEqual(['2026-11-26T03:00:00.000Z', 'loaded']);
  await api.patch(`/api/v1/import-sources/${id}`, { paused: true });
  now = new Date('2026-11-29T09:00:00.000Z');
  await api.patch(`/api/v1/import-sources/${id}`, { paused: false });
  expect(await next()).toEqual(['2026-11-30T03:00:00.000Z', 'loaded']);
  await api.patch(`/api/v1/import-sources/${id}`, { cron: '0 20 1 * *' });
  expect(await next()).toEqual(['2026-12-01T16:30:00.000Z', 'loaded']);
  // Hours take the place of times.
  expect((await api.patch(`/api/v1/import-sources/${id}`, { everyHours: 6 })).body).toMatchObject({
    everyHours: 6,
    cron: null,
    nextRunAt: '2026-11-25T15:00:00.000Z',
  });
  expect((await api.get('/api/v1/import-sources/times?cron=0%2020%20*%20*%20*')).body).toMatchObject({
    zone: 'Asia/Tehran',
    next: expect.arrayContaining(['2026-11-29T16:30:00.000Z', '2026-12-03T16:30:00.000Z']),
  });
  // Of one that was never looked at the first look is not put off to times that it no longer has.
  const monthly = view.parse((await api.post('/api/v1/import-sources', { ...what, cron: '0 6 1 * *' })).body).id;
  const hourly = await api.patch(`/api/v1/import-sources/${monthly}`, { everyHours: 1 });
  expect(hourly.body).toMatchObject({ due: true, nextRunAt: now.toISOString() });
  // In another zone the times are others.
  await api.patch(`/api/v1/import-sources/${id}`, { cron: '0 20 1 * *' });
  await changeWorkspace(world.house, shop.id, { zone: 'Europe/Berlin' });
  await world.runJobs();
  expect((await next())[0]).toBe('2026-12-01T19:00:00.000Z');
  for (const [body, field] of [
    [{ ...what }, 'everyHours'],
    [{ ...what, cron: '0 6 * * *', everyHours: 6 }, 'cron'],
    [{ ...what, cron: '*/5 * * * *' }, 'cron'],
  ] as const) {
    expect((await api.post('/api/v1/import-sources', body)).body).toMatchObject({ status: 400, field });
  }
});
