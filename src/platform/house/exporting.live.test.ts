import { request as ask } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../../test/support/until.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { serverCapabilities } from '../../server-capabilities.ts';
import { Problem } from '../kernel/problem.ts';
import { buildApp } from '../server/app.ts';
import { listen, type Listening } from '../server/listen.ts';
import { exportRoutes, inPages } from './exporting.ts';
import type { Capability } from './house.ts';

let world: World;
let shop: TestWorkspace;
let server: Listening;
/** Pages that were read, and whether their reader was told to stop. */
let pages = 0;
let stopped = false;

const WIDE = 'x'.repeat(2_000);

/** Numbers from 1 on, until one is wrong. */
const numbers: Capability = {
  name: 'test/numbers',
  key: 'numbers',
  contract: {},
  plug: () => ({
    handlers: {},
    routes: exportRoutes({
      path: '/api/v1/numbers',
      permission: 'imports:read',
      audit: { look: 'rows of a metric' },
      filter: z.object({ most: z.coerce.number().default(3), wrong: z.coerce.number().default(0) }),
      open: ({ most, wrong }, { workspace }, signal) => ({
        name: 'numbers',
        zone: workspace.zone,
        columns: [
          { name: 'n', kind: 'number', of: (n: number) => n },
          { name: 'wide', kind: 'text', of: () => WIDE },
        ],
        rows: inPages(1_000, async (last: number | undefined, limit) => {
          pages++;
          signal.addEventListener('abort', () => (stopped = true));
          const from = (last ?? 0) + 1;
          if (wrong !== 0 && wrong < from + limit) throw new Problem('unavailable', 'This one is wrong.');
          return Array.from({ length: Math.min(limit, most - from + 1) }, (_, i) => from + i);
        }),
      }),
    }),
  }),
};

beforeAll(async () => {
  world = await openWorld({ capabilities: [...serverCapabilities, numbers] });
  shop = await world.workspace();
  server = await listen(buildApp(world), '127.0.0.1', 0);
});
afterAll(async () => {
  await server.close(0);
  await world.close();
});

const entries = z.object({
  items: z.array(z.object({ object: z.object({ kind: z.string() }), fields: z.array(z.string()), changes: z.array(z.object({ field: z.string(), after: z.string() })) })), // prettier-ignore
});

/** What the log tells of exports of a workspace, newest first. */
async function told(of: TestWorkspace): Promise<string[]> {
  const { body } = await world.api(of.secretKey).get('/api/v1/audit?operation=GET /api/v1/numbers');
  return entries
    .parse(body)
    .items.map(({ object, fields, changes }) =>
      [object.kind, fields.join(), ...changes.map((c) => c.after)].join(' ').replace(/ +$/, ''),
    );
}

test('[HS26] an export is asked for in any format, by a filter, a permission and a workspace', async () => {
  const api = world.api(shop.secretKey);
  const headers = { authorization: `Bearer ${shop.secretKey}` };
  const csv = await world.app.request(`/api/v1/numbers.csv?most=2&bom=true&workspace=${shop.id}`, { headers });
  expect(Buffer.from(await csv.arrayBuffer()).toString()).toBe(`\uFEFFn,wide\r\n1,${WIDE}\r\n2,${WIDE}\r\n`);
  expect(Object.fromEntries(csv.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="numbers.csv"',
    'cache-control': 'no-store',
  });
  for (const format of ['ndjson', 'xlsx', 'parquet']) {
    const response = await world.app.request(`/api/v1/numbers.${format}`, { headers });
    expect([response.status, (await response.arrayBuffer()).byteLength > 100]).toEqual([200, true]);
  }
  const refused = await api.get('/api/v1/numbers.csv?mots=2');
  expect([refused.status, refused.body]).toMatchObject([400, { field: 'mots', mend: 'It is narrowed by bom, most, wrong.' }]); // prettier-ignore
  const wrong = (await api.get('/api/v1/numbers.csv?most=many')).body;
  expect(wrong).toMatchObject({
    status: 400,
    field: 'most',
    value: 'many',
    detail: expect.stringMatching(/^most: .+[^.]\.$/),
  });
  expect(wrong).not.toHaveProperty('mend');
  const other = await world.workspace({ scopes: ['people:read'] });
  expect((await world.api(other.secretKey).get('/api/v1/numbers.csv')).status).toBe(403);
  expect((await world.api(other.secretKey).get(`/api/v1/numbers.csv?workspace=${shop.id}`)).status).toBe(404);
});

test('[HS26] the audit log is told when an export begins and how many rows left, and of each that is refused nothing', async () => {
  const own = await world.workspace();
  const api = world.api(own.secretKey);
  await api.get('/api/v1/numbers.csv?most=1500');
  await api.get('/api/v1/numbers.csv?most=x');
  const headers = { authorization: `Bearer ${own.secretKey}` };
  await world.app.request('/api/v1/numbers.csv', { method: 'HEAD', headers });
  expect((await told(own)).toSorted()).toEqual(['rows of a metric most', 'rows of a metric most 1500 whole']);
});

test('[HS27] what goes wrong before the first row is answered in words, afterwards the file breaks off', async () => {
  const own = await world.workspace();
  const first = await world.api(own.secretKey).get('/api/v1/numbers.csv?wrong=1');
  expect([first.status, first.body]).toMatchObject([503, { detail: 'This one is wrong.' }]);
  const headers = { authorization: `Bearer ${own.secretKey}` };
  for (const format of ['csv', 'xlsx']) {
    const url = `http://127.0.0.1:${server.port}/api/v1/numbers.${format}?most=5000&wrong=3500`;
    const response = await fetch(url, { headers });
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow();
  }
  await until('both entries of both', async () => (await told(own)).length >= 4);
  expect((await told(own)).filter((line) => line.endsWith('broken off'))).toHaveLength(2);
});

test('[HS29] so many exports of a workspace run at once, one more waits until one has ended', async () => {
  const own = await world.workspace();
  const headers = { authorization: `Bearer ${own.secretKey}` };
  const begin = async () => world.app.request('/api/v1/numbers.csv?most=100000000', { headers });
  const running = await Promise.all(Array.from({ length: 6 }, begin));
  expect(running.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  const api = world.api(own.secretKey);
  const refused = await api.get('/api/v1/numbers.xlsx');
  expect([refused.status, refused.headers.get('retry-after'), refused.body]).toMatchObject([429, '30', { detail: '6 exports of this workspace run already.' }]); // prettier-ignore
  expect((await world.api(shop.secretKey).get('/api/v1/numbers.csv')).status).toBe(200);
  await running[0]?.body?.cancel();
  // Neither what is refused nor what is through is one that runs.
  for (const path of ['csv?wrong=1', 'csv?mots=1', 'csv', 'xlsx']) await api.get(`/api/v1/numbers.${path}`);
  const last = await begin();
  expect([last.status, (await begin()).status]).toEqual([200, 429]);
  for (const { body } of [...running, last]) if (body?.locked === false) await body.cancel();
});

test('[HS28] who hangs up stops the reading, and who reads slowly is waited for', async () => {
  const own = await world.workspace();
  pages = 0;
  stopped = false;
  const headers = { authorization: `Bearer ${own.secretKey}` };
  await new Promise<void>((resolve, reject) => {
    const asked = ask({ host: '127.0.0.1', port: server.port, path: '/api/v1/numbers.csv?most=100000000', headers });
    asked.on('response', (response) => {
      response.once('data', () => {
        // Nothing more is taken: what lies between fills, and no further page is read.
        response.pause();
        let before = -1;
        void until('no further page', () => {
          const still = pages === before;
          before = pages;
          return still;
        }).then(() => {
          response.destroy();
          resolve();
        }, reject);
      });
    });
    asked.on('error', () => undefined);
    asked.end();
  });
  expect(pages).toBeLessThan(100);
  await until('the reader to be stopped', () => stopped);
  await until('the entry of its end', async () => (await told(own)).some((line) => line.endsWith('hung up')));
});
