import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addressOf } from './address.ts';
import { loadWebApp } from './web-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-pages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('[HS14] pages, their hashed files and what is none of them', async () => {
  expect(loadWebApp(folder)).toBeUndefined();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<head><title>first</title></head>');
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'start()');
  writeFileSync(join(folder, 'assets/app-1a2b.js.gz'), 'squeezed');
  writeFileSync(join(folder, 'assets/app-1a2b.js.br'), 'pressed');
  const web = loadWebApp(folder);
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    web?.(new Request(`http://here${path}`, { headers, method })) ?? null;

  const page = get('/measure/nps');
  const html = (await page?.text()) ?? '';
  expect(html).toContain('<title>first</title>');
  expect(page?.headers.get('cache-control')).toBe('no-store');

  const script = get('/assets/app-1a2b.js');
  expect(script?.headers.get('cache-control')).toContain('immutable');
  expect(script?.headers.get('content-type')).toContain('text/javascript');
  for (const [accepted, coding, text] of [
    ['gzip, deflate, br;q=1.0, zstd', 'br', 'pressed'],
    ['deflate,gzip;q=0.8', 'gzip', 'squeezed'],
    ['br;q=0, gzip', 'gzip', 'squeezed'],
    ['brotli', null, 'start()'],
  ]) {
    const small = get('/assets/app-1a2b.js', { 'accept-encoding': accepted ?? '' });
    expect(small?.headers.get('content-encoding')).toBe(coding);
    expect(await small?.text()).toBe(text);
  }

  const none = [
    '/api/v1/x',
    '/v1/track',
    '/scim/v2/Schemas',
    '/assets/old-9.js',
    '/logo.png',
    '/assets/app-1a2b.js.gz',
    '/assets/app-1a2b.js.br',
    '/../secret.txt',
  ];
  for (const path of none) expect(get(path), path).toBeNull();
  expect(get('/', {}, 'POST')).toBeNull();
});

test('[HS11] a page carries a fresh nonce for its styles, and its policy names no other', async () => {
  const nonceOf = async (path: string): Promise<string> => {
    const page = loadWebApp(folder)?.(new Request(`http://here${path}`)) ?? null;
    const nonce = /<meta property="csp-nonce" nonce="([\w+/=]{24})"/.exec((await page?.text()) ?? '')?.[1] ?? 'none';
    const policy = page?.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).not.toContain('unsafe');
    return nonce;
  };
  expect(await nonceOf('/')).not.toBe(await nonceOf('/measure'));
});

test('[HS16] X-Forwarded-For is believed as far as proxies are trusted', () => {
  const socket = { incoming: { socket: { remoteAddress: '10.0.0.1' } } };
  const headers = new Headers({ 'x-forwarded-for': '198.51.100.7, 203.0.113.9, 10.0.0.2' });
  expect(addressOf(headers, socket, 0)).toBe('10.0.0.1');
  expect(addressOf(headers, socket, 1)).toBe('10.0.0.2');
  expect(addressOf(headers, socket, 2)).toBe('203.0.113.9');
  expect(addressOf(headers, socket, 9)).toBe('10.0.0.1');
  expect(addressOf(new Headers(), socket, 1)).toBe('10.0.0.1');
});
