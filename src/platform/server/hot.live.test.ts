import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import type { Log, LogFields } from '../kernel/log.ts';
import { buildApp } from './app.ts';
import { listen, type Listening } from './listen.ts';

let world: World;
let shop: TestWorkspace;
let server: Listening;

beforeAll(async () => {
  world = await openWorld();
  shop = await world.workspace();
  server = await listen(buildApp({ house: world.house, living: world.living }), '127.0.0.1', 0);
});
afterAll(async () => {
  await server.close();
  await world.close();
});

/** Differ between any two answers, or belong to the connection. */
const OWN = new Set(['x-request-id', 'date', 'connection', 'keep-alive', 'content-length']);

async function shown(response: Response) {
  const headers = [...response.headers].filter(([name]) => !OWN.has(name)).sort();
  const body = (await response.text()).replace(/"requestId":"\w+"/, '').replace(/"journalSeq":\d+/, '');
  return { status: response.status, headers, body };
}

const MESSAGE = JSON.stringify({ event: 'Seen', userId: 'u1', messageId: 'm1' });

test.each([
  ['a message', '/v1/track', MESSAGE],
  ['an address with a query', '/v1/t?source=web', MESSAGE],
  ['a batch with a bad message', '/v1/batch', '{"batch":[{"type":"track","event":"Seen","userId":"u"},7]}'],
  ['gzip', '/v1/track', new Uint8Array(gzipSync(MESSAGE))],
  ['a message that is refused', '/v1/track', '{"event":"Seen"}'],
  ['nothing', '/v1/batch', ''],
  ['broken JSON', '/v1/batch', '{"batch":['],
  ['too much', '/v1/batch', 'x'.repeat(3_000_000)],
] as const)('[HS19] %s gets the same answer on a port as from the app', async (_, path, body) => {
  const headers = { authorization: `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}` };
  const init = { method: 'POST', body, headers };
  const onPort = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
  expect(onPort.headers.get('x-request-id')).toMatch(/^[0-9a-f]{24}$/);
  expect(await shown(onPort)).toEqual(await shown(await world.app.request(path, init)));
});

test('[HS19] a stranger is turned away alike', async () => {
  const init = { method: 'POST', body: MESSAGE, headers: { authorization: 'Bearer tsw_none' } };
  const onPort = await fetch(`http://127.0.0.1:${server.port}/v1/track`, init);
  expect(onPort.status).toBe(401);
  expect(await shown(onPort)).toEqual(await shown(await world.app.request('/v1/track', init)));
});

/** Without what is drawn anew for each page. */
async function page(response: Response) {
  return JSON.stringify(await shown(response)).replaceAll(/(nonce[-="\\]+)[\w+/=]+/g, '$1');
}

test.each([
  ['a page', '/s/none', 'GET', undefined],
  ['a form', '/s/none', 'POST', new URLSearchParams({ to: 'next' })],
  ['no form', '/s/none', 'POST', '{}'],
  ['a form that is too large', '/s/none', 'POST', new URLSearchParams({ 'q.a': 'x'.repeat(2_000_000) })],
  ['an address in another spelling', '/s/n%6fne', 'GET', undefined],
] as const)('[HS19] %s of a survey gets the same answer on a port as from the app', async (_, path, method, body) => {
  const init = { method, ...(body === undefined ? {} : { body }) };
  const onPort = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
  expect(onPort.status).toBeGreaterThanOrEqual(400);
  expect(await page(onPort)).toEqual(await page(await world.app.request(path, init)));
});

/** What comes back for bytes that are sent as they are, up to the end of a JSON object. */
async function raw(bytes: string): Promise<string> {
  const socket = connect({ port: server.port, host: '127.0.0.1' });
  socket.setEncoding('latin1');
  socket.write(bytes);
  let answer = '';
  while (!answer.endsWith('}')) answer += String((await once(socket, 'data'))[0]);
  socket.destroy();
  return answer;
}

test('[HS19] a body that is cut off, and one in pieces without an announced end, cost nobody else anything', async () => {
  const head = `POST /v1/track HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${shop.writeKey}\r\n`;
  const cutOff = connect({ port: server.port, host: '127.0.0.1' });
  cutOff.end(`${head}content-length: 5000\r\n\r\n{"event":`);
  cutOff.resume();
  await once(cutOff, 'close');
  const piece = 'y'.repeat(65_536);
  const pieces = `${piece.length.toString(16)}\r\n${piece}\r\n`.repeat(20);
  expect(await raw(`${head}transfer-encoding: chunked\r\n\r\n${pieces}0\r\n\r\n`)).toContain(' 413 ');
  const good = `${MESSAGE.length.toString(16)}\r\n${MESSAGE}\r\n`;
  expect(await raw(`${head}transfer-encoding: chunked\r\n\r\n${good}0\r\n\r\n`)).toContain('"accepted":1');
});

test('[HS19] whoever hangs up in the middle is no defect in the log', async () => {
  const heard: { readonly level: string; readonly status: unknown }[] = [];
  const hear =
    (level: string) =>
    ({ status }: LogFields): void =>
      void heard.push({ level, status });
  const log: Log = {
    debug: hear('debug'),
    info: hear('info'),
    warn: hear('warn'),
    error: hear('error'),
    child: () => log,
  };
  const app = buildApp({ house: { ...world.house, log }, living: world.living });
  const listening = await listen(app, '127.0.0.1', 0);
  try {
    const socket = connect({ port: listening.port, host: '127.0.0.1' });
    const head = `POST /v1/track HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${shop.writeKey}\r\n`;
    socket.write(`${head}content-length: 5000\r\nexpect: 100-continue\r\n\r\n{"event":`);
    // The server has begun to read it.
    await once(socket, 'data');
    socket.resetAndDestroy();
    await until('the request to be told of', () => heard.length > 0);
    expect(heard).toEqual([{ level: 'debug', status: 400 }]);
  } finally {
    await listening.close();
  }
});
