import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getOutbound, isPublicAddress, outboundUrl } from './outbound.ts';

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

const get = (url: string, allowed: string[] = [], timeoutMs = 5_000) =>
  getOutbound(outboundUrl(url), { authorization: 'Bearer hidden' }, { allowed, timeoutMs, maxRedirects: 3 });
const local = (path: string, timeoutMs?: number) =>
  get(`http://127.0.0.1:${port}${path}`, ['127.0.0.1', '::1'], timeoutMs);

test('[KN7] only addresses of the public internet are public, however they are written', () => {
  const not = `0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.31.0.1 192.168.1.1 198.18.0.1 224.0.0.1
    255.255.255.255 :: ::1 fe80::1 fc00::1 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::7f00:1 64:ff9b::7f00:1
    64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1 100::1 localhost 1`;
  expect(not.split(/\s+/).filter(isPublicAddress)).toEqual([]);
  const are = '8.8.8.8 1.1.1.1 172.32.0.1 100.128.0.1 2606:4700::1111 2a00:1450:4001::1';
  expect(are.split(' ').filter((a) => !isPublicAddress(a))).toEqual([]);
});

test('[KN7] an address of this machine or network is refused before it is called, by name and after redirects too', async () => {
  const names = ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'];
  for (const name of names) {
    await expect(get(`http://${name}:${port}/rows`), name).rejects.toMatchObject({
      details: { code: 'address-not-public' },
    });
  }
  expect(seen).toEqual([]);
  await expect(local('/inside')).rejects.toMatchObject({ details: { code: 'address-not-public' } });
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
  await expect(local('/loop')).rejects.toMatchObject({ details: { code: 'address-unanswered' } });
  await expect(local('/never', 50)).rejects.toMatchObject({ details: { code: 'address-unanswered' } });
  const cut = await local('/cut');
  await expect(text(Readable.from(cut.body))).rejects.toMatchObject({ details: { code: 'address-unanswered' } });
});
