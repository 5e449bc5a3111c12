import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getOutbound, isPublicAddress, type OutboundLimits, outboundUrl, refuseInside } from './outbound.ts';

let server: Server;
let port = 0;
const seen: (string | undefined)[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.headers.host} ${request.url} ${request.headers.authorization ?? '-'}`);
    if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (request.url === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (request.url === '/file') response.writeHead(307, { location: 'file:///etc/passwd' }).end();
    else if (request.url === '/other') response.writeHead(302, { location: `http://localhost:${port}/rows` }).end();
    else if (request.url === '/cut')
      response.writeHead(200, { 'content-length': '100' }).write('a', () => response.destroy());
    else if (request.url === '/switch')
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
    else if (request.url === '/stall') response.writeHead(200).write('a');
    else if (request.url === '/drip') {
      const drops = setInterval(() => response.write('a'), 5);
      response.on('close', () => clearInterval(drops));
      response.writeHead(200).flushHeaders();
    } else if (request.url === '/again') response.writeHead(302, { location: '/rows' }).end();
    else if (request.url !== '/never') response.writeHead(200, { etag: '"1"' }).end('a,b\n');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (url: string, limits: Partial<OutboundLimits> = {}) =>
  getOutbound(
    outboundUrl(url),
    { authorization: 'Bearer hidden' },
    { allowed: [], timeoutMs: 5_000, idleMs: 5_000, maxRedirects: 3, ...limits },
  );
const local = (path: string, limits: Partial<OutboundLimits> = {}) =>
  get(`http://127.0.0.1:${port}${path}`, { allowed: ['127.0.0.1', '::1'], ...limits });
const unanswered = { details: { code: 'address-unanswered' } };
const refused = { details: { code: 'address-not-public' } };

test('[KN7] only addresses of the public internet are public, however they are written', () => {
  const not = `0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.31.0.1 192.168.1.1 198.18.0.1 224.0.0.1
    255.255.255.255 :: ::1 fe80::1 fc00::1 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::7f00:1 64:ff9b::7f00:1
    64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1 100::1 localhost 1`;
  expect(not.split(/\s+/).filter(isPublicAddress)).toEqual([]);
  const are = '8.8.8.8 1.1.1.1 172.32.0.1 100.128.0.1 2606:4700::1111 2a00:1450:4001::1';
  expect(are.split(' ').filter((a) => !isPublicAddress(a))).toEqual([]);
});

test('[KN7] an address in numbers is refused as soon as it is given, unless it is allowed; a name is not looked up', () => {
  const refuse = (host: string, allowed: readonly string[] = []) =>
    refuseInside(outboundUrl(`http://${host}/a`), allowed);
  for (const host of ['127.0.0.1', '2130706433', '10.0.0.5:8080', '[::1]', '[::ffff:127.0.0.1]']) {
    expect(() => refuse(host), host).toThrow('not on the public internet');
  }
  for (const host of ['8.8.8.8', '[2606:4700::1111]', 'localhost', 'example.com']) refuse(host);
  refuse('10.0.0.5:8080', ['10.0.0.0/8']);
  refuse('[::1]', ['::1']);
});

test('[KN7] an address of this machine or network is refused before it is called, by name and after redirects too', async () => {
  const names = ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'];
  for (const name of names) {
    await expect(get(`http://${name}:${port}/rows`), name).rejects.toMatchObject(refused);
  }
  expect(seen).toEqual([]);
  await expect(local('/inside')).rejects.toMatchObject(refused);
  await expect(local('/file')).rejects.toMatchObject({ details: { code: 'not-an-address' } });
  for (const url of ['file:///etc/passwd', 'ftp://example.com/a', 'no address', 'http://me:secret@example.com/']) {
    expect(() => outboundUrl(url), url).toThrow(/no address|password/);
  }
});

test('[KN7] what is allowed is fetched; credentials go to the first host only; what never ends is given up', async () => {
  seen.length = 0;
  const answer = await local('/rows');
  expect([answer.status, answer.header('etag'), await text(Readable.from(answer.body))]).toEqual([200, '"1"', 'a,b\n']);
  expect(await text(Readable.from((await local('/other')).body))).toBe('a,b\n');
  expect(seen).toEqual([
    `127.0.0.1:${port} /rows Bearer hidden`,
    `127.0.0.1:${port} /other Bearer hidden`,
    `localhost:${port} /rows -`,
  ]);
  await expect(local('/loop')).rejects.toMatchObject(unanswered);
  await expect(local('/never', { timeoutMs: 50 })).rejects.toMatchObject(unanswered);
  const cut = await local('/cut');
  await expect(text(Readable.from(cut.body))).rejects.toMatchObject(unanswered);
});

test('[KN7] all addresses of a name are looked at, anew at each redirect, and the one looked at is called', async () => {
  const [own, inside, open] = ['127.0.0.1', '10.0.0.1', '8.8.8.8'].map((address) => ({ address, family: 4 }));
  if (own === undefined || inside === undefined || open === undefined) throw new Error('never');
  const asked: string[] = [];
  const ask = (path: string, ...answers: (typeof own)[][]) =>
    get(`http://shop.invalid:${port}${path}`, {
      allowed: ['127.0.0.1'],
      lookup: (host) => {
        asked.push(host);
        return Promise.resolve(answers.shift() ?? []);
      },
    });
  seen.length = 0;
  await expect(ask('/rows', [open, inside])).rejects.toMatchObject(refused);
  await expect(ask('/rows', [own, inside])).rejects.toMatchObject(refused);
  await expect(ask('/rows', [])).rejects.toMatchObject(refused);
  expect([asked.splice(0).length, seen]).toEqual([3, []]);
  // No resolver but this one knows the name; it has another address once it was looked at.
  expect(await text(Readable.from((await ask('/rows', [own], [inside])).body))).toBe('a,b\n');
  expect([asked.splice(0), seen.splice(0)]).toEqual([['shop.invalid'], [`shop.invalid:${port} /rows Bearer hidden`]]);
  await expect(ask('/again', [own], [inside])).rejects.toMatchObject(refused);
  expect([asked.length, seen]).toEqual([2, [`shop.invalid:${port} /again Bearer hidden`]]);
});

test('[KN7] an answer that is none, is silent or only drips is given up; one let go of closes its connection', async () => {
  await expect(local('/switch')).rejects.toMatchObject(unanswered);
  await expect(local('/never', { idleMs: 50 })).rejects.toMatchObject(unanswered);
  for (const path of ['/stall', '/drip']) {
    const answer = await local(path, { idleMs: 100 });
    await expect(text(Readable.from(answer.body)), path).rejects.toMatchObject(unanswered);
  }
  const left = await local('/stall');
  left.release();
  await expect.poll(() => new Promise((done) => server.getConnections((_, n) => done(n)))).toBe(0);
});
