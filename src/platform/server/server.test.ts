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
  writeFileSync(join(folder, 'index.html'), '<title>first</title>');
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'start()');
  writeFileSync(join(folder, 'assets/app-1a2b.js.gz'), 'squeezed');
  const web = loadWebApp(folder);
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    web?.(new Request(`http://here${path}`, { headers, method })) ?? null;

  const page = get('/measure/nps');
  expect(await page?.text()).toBe('<title>first</title>');
  expect(page?.headers.get('cache-control')).toBe('no-cache');
  expect(get('/', { 'if-none-match': page?.headers.get('etag') ?? '' })?.status).toBe(304);

  const script = get('/assets/app-1a2b.js');
  expect(script?.headers.get('cache-control')).toContain('immutable');
  expect(script?.headers.get('content-type')).toContain('text/javascript');
  const small = get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' });
  expect(small?.headers.get('content-encoding')).toBe('gzip');
  expect(await small?.text()).toBe('squeezed');

  const none = ['/api/v1/x', '/v1/track', '/assets/old-9.js', '/logo.png', '/assets/app-1a2b.js.gz', '/../secret.txt'];
  for (const path of none) expect(get(path), path).toBeNull();
  expect(get('/', {}, 'POST')).toBeNull();
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
