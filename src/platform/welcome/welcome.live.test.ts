import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addDays } from '@touchstone/domain/calendar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Visitor } from '../../../test/support/visitor.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { buildApp } from '../server/app.ts';
import { listen, type Listening } from '../server/listen.ts';
import { setUp } from '../workspaces/facade.ts';
import { type Example, snippetOf, type Way } from './web/snippets.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PASSWORD = 'correct horse battery';
const run = promisify(execFile);

let world: World;
let server: Listening;
let url: string;

beforeAll(async () => {
  world = await openWorld();
  server = await listen(buildApp({ house: world.house, living: world.living }), '127.0.0.1', 0);
  url = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  await world.close();
});

const listed = z.object({
  items: z.array(z.object({ name: z.string(), userId: z.string().optional(), orderId: z.string().optional() })),
});

const lines = (shop: TestWorkspace, way: Way, example: Example): string =>
  snippetOf(way, { url, writeKey: shop.writeKey, currency: shop.currency, example });

/** As a program of its own, with the SDKs of this project at hand. */
const node = (program: string) => run(process.execPath, ['--input-type=module', '-e', program], { cwd: ROOT });

/** What a tool does that is given an address, headers and a body. */
async function asWebhook(text: string): Promise<unknown> {
  const [head = '', body] = text.split('\n\n');
  const [asked = '', ...headers] = head.split('\n');
  const [method, address = ''] = asked.split(' ');
  const pairs = headers
    .map((line) => line.split(': ', 2))
    .map(([name = '', value = '']): [string, string] => [name, value]);
  const response = await fetch(address, { method: method ?? '', headers: pairs, body: body ?? null });
  return response.json();
}

async function arrived(shop: TestWorkspace) {
  await world.drain();
  const answer = await world.api(shop.secretKey).get('/api/v1/events?limit=50');
  return listed.parse(answer.body).items.filter((event) => event.name !== 'Identified');
}

const ORDER = { name: 'Order Completed', userId: 'u-1', orderId: 'A-1001' };
const ANSWER = { name: 'Survey Answered', userId: 'u-1', orderId: 'A-1001' };

test('[WE2] the lines for both SDKs, as programs of their own', async () => {
  const [segment, rudder] = [await world.workspace(), await world.workspace()];
  await Promise.all([node(lines(segment, 'segment', 'order')), node(lines(rudder, 'rudder', 'answer'))]);
  expect(await arrived(segment)).toMatchObject([ORDER]);
  expect(await arrived(rudder)).toMatchObject([ANSWER]);
});

test('[WE2] the lines for any backend and for a webhook, and the answer they send is one', async () => {
  const shop = await world.workspace();
  const { stdout } = await node(lines(shop, 'backend', 'order'));
  expect(stdout).toContain('accepted: 1');
  expect(await asWebhook(lines(shop, 'webhook', 'answer'))).toMatchObject({ success: true, accepted: 1, rejected: [] });
  // What failed half way may be sent again.
  await asWebhook(lines(shop, 'webhook', 'answer'));
  expect(await arrived(shop)).toEqual(expect.arrayContaining([ORDER, ANSWER].map((e) => expect.objectContaining(e))));
  expect(await arrived(shop)).toHaveLength(2);
  await world.runJobs();
  const api = world.api(shop.secretKey);
  const { extent } = z.object({ extent: z.object({ from: z.string(), to: z.string() }) }).parse((await api.get('/api/v1/metrics/extent')).body); // prettier-ignore
  const nps = await api.get(`/api/v1/metrics/nps?from=${extent.from}&to=${addDays(extent.to, 1)}`);
  expect(nps.body).toMatchObject({ overall: { n: 1, value: 100 } });
});

const hasCurl = (): boolean => {
  try {
    return execFileSync('sh', ['-c', 'command -v curl']).length > 0;
  } catch {
    return false;
  }
};

test.skipIf(!hasCurl())('[WE2] the lines for the command line', async () => {
  const shop = await world.workspace();
  const { stdout } = await run('sh', ['-c', lines(shop, 'curl', 'order')]);
  expect(JSON.parse(stdout)).toMatchObject({ success: true, accepted: 1 });
  expect(await arrived(shop)).toMatchObject([ORDER]);
});

test('[WE1] what a workspace says of itself is for those who may change it', async () => {
  const { workspace } = await setUp(world.house, {
    company: 'Lark & Lantern',
    name: 'Ada',
    email: 'ada@example.com',
    password: PASSWORD,
    zone: 'UTC',
    currency: 'EUR',
    locale: 'en',
  });
  await world.runJobs();
  const owner = new Visitor(world.app);
  await owner.signIn('ada@example.com', PASSWORD);
  owner.workspaceId = workspace.id;
  expect((await owner.call('GET', '/welcome')).body).toEqual({
    kind: null,
    has: [],
    url: world.house.config.publicUrl,
  });
  const said = { kind: 'service', has: ['files', 'shop'] };
  expect((await owner.call('PUT', '/welcome', { ...said, has: [...said.has, 'files'] })).body).toMatchObject(said);
  expect((await owner.call('GET', '/welcome')).body).toMatchObject(said);
  expect((await owner.call('PUT', '/welcome', { kind: 'bakery', has: [] })).status).toBe(400);

  const invited = await owner.call('POST', '/invitations', { email: 'bob@example.com', role: 'viewer' });
  const { link } = z.object({ link: z.string() }).parse(invited.body);
  const viewer = new Visitor(world.app);
  await viewer.call('POST', '/invitations/accept', { token: link.split('/').at(-1), name: 'Bob', password: PASSWORD });
  viewer.workspaceId = workspace.id;
  expect((await viewer.call('GET', '/welcome')).status).toBe(403);
  expect((await viewer.call('PUT', '/welcome', said)).status).toBe(403);

  const other = await world.workspace();
  expect((await world.api(other.secretKey).get('/api/v1/welcome')).status).toBe(403);
});
