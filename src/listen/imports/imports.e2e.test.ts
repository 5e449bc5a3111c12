import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { zipOf } from '../../../test/support/packed.ts';
import { openBrowser, type TestBrowser } from '../../../test/support/browser.ts';
import { type Shop, startServer, type TestServer } from '../../../test/support/server.ts';
import { until } from '../../../test/support/until.ts';

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url));

let server: TestServer;
let shop: Shop;
let browser: TestBrowser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-files-'));
  server = await startServer();
  [shop, browser] = await Promise.all([server.setup(), openBrowser(server.url)]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const ORDERS = `order_id,customer_id,status,order_date,estimated_delivery_date,delivered_at
o1,c1,delivered,2026-01-02 10:00,2026-01-12,2026-01-09 12:00
o2,c2,delivered,2026-01-03 10:00,2026-01-13,2026-01-20 12:00
`;
const REVIEWS = `review_id,order_id,review_score,review_comment_message,review_answer_timestamp
r1,o1,5,came in time,2026-01-11 10:00:00
r2,o2,1,late and broken,2026-01-22 10:00:00
r3,o2,9,beyond the scale,2026-01-22 10:00:00
r4,o2,2,,2026-01-23 10:00:00
r5,o2,2,,2026-01-23 10:00:00
r6,o2,1,,22.01.2026
`;

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function touchstone(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...process.env, TOUCHSTONE_DATA: server.data, TOUCHSTONE_KEY: shop.secretKey };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

async function api(path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/api/v1${path}`, { headers, ...init });
  const body: unknown = await response.json();
  expect(response.ok, `${path}: ${JSON.stringify(body)}`).toBe(true);
  return body;
}

const view = z.object({ id: z.string(), state: z.string(), counts: z.object({ rows: z.number(), added: z.number() }) });

describe('imports', () => {
  test('[IM21] the server unpacks what is sent to it', async () => {
    const body = await zipOf({ 'orders.csv': ORDERS });
    expect(await api('/uploads?name=orders.zip', { method: 'POST', body })).toMatchObject({ bytes: ORDERS.length });
  });

  test('[IM15] the command line: refused, mapped, loaded', async () => {
    const orders = await file('cli.csv', 'a;b;c\nx1;k1;05/02/2026\nx2;k1;06/02/2026\n');
    expect(await touchstone('import', orders, '--as', 'people things')).toMatchObject({ code: 2 });
    expect(await touchstone('import', join(folder, 'nowhere.csv'))).toMatchObject({ code: 2 });
    const binary = await file('binary.csv', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]));
    const refused = await touchstone('import', binary, '--as', 'orders');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('The file is a gzip archive, but it is damaged');
    const map = await file(
      'map.json',
      JSON.stringify({ columns: { a: 'order_id', b: 'user_id', c: { field: 'placed', format: 'dmy' } }, key: ['a'] }),
    );
    const loaded = await touchstone('import', orders, '--as', 'orders', '--map', map, '--json');
    expect(loaded.code, loaded.err).toBe(0);
    expect(JSON.parse(loaded.out)).toMatchObject({ state: 'done', counts: { rows: 2, added: 2, bad: 0 } });
    const again = await touchstone('import', orders, '--as', 'orders');
    expect(again.out).toContain('2 rows: 0 new, 0 changed, 2 as they were, 0 repeated, 0 bad');
  });

  test('[IP1] [IP2] [IP3] [IP4] files are dropped, looked over, started, followed, and undone after a question', async () => {
    const paths = [await file('orders.csv', ORDERS), await file('reviews.csv', REVIEWS)];
    const visit = await browser.openPage();
    const { page } = visit;
    await visit.signIn(shop);
    await visit.go('/listen/imports');
    // The second file is not read before it is let be.
    let letBe = (): void => undefined;
    const second = new Promise<void>((resolve) => (letBe = resolve));
    let looks = 0;
    await page.route('**/api/v1/imports/preview', async (route) => {
      if (++looks === 2) await second;
      await route.continue();
    });
    await page.locator('input[type=file]').setInputFiles(paths);
    const reading = page.getByRole('button', { name: 'Reading 1 more file …' });
    await reading.waitFor();
    expect(await reading.isDisabled()).toBe(true);
    letBe();
    const mapping = page.getByRole('region', { name: 'Columns of reviews.csv and what they are' });
    await mapping.getByRole('combobox', { name: 'What review_score is' }).waitFor();
    expect(await mapping.getByRole('combobox', { name: 'What review_score is' }).inputValue()).toBe('score');
    expect(await page.getByLabel('What order_date is').inputValue()).toBe('placed');
    await page.getByText('The first rows as they will go in').last().click();
    await page.getByText('“22.01.2026” is no time written as year-month-day').first().waitFor();
    expect(await visit.check()).toEqual([]);

    await page.getByRole('button', { name: 'Start 2 imports' }).click();
    const list = page.getByRole('region', { name: 'Imports, newest first' });
    const row = (name: string) => list.getByRole('row').filter({ hasText: name }).first();
    await row('orders.csv').getByText('loaded', { exact: true }).waitFor();
    await row('reviews.csv').getByText('loaded', { exact: true }).waitFor();
    await row('reviews.csv').getByText('5 new').waitFor();
    const coming = page.waitForEvent('download');
    await row('reviews.csv').getByRole('button', { name: 'Download them with their reasons' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    expect((await coming).suggestedFilename()).toMatch(/^imp_.*-errors\.csv$/);

    await row('reviews.csv').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('dialog').getByText('What reviews.csv added will be gone').waitFor();
    await page.getByRole('button', { name: 'Undo it' }).click();
    await row('reviews.csv').getByText('undone', { exact: true }).waitFor();
    expect(await visit.check()).toEqual([]);
    await visit.close();
  });

  test('[IP5] in Persian, dark and on a phone; a refused file says why', async () => {
    const visit = await browser.openPage({ lang: 'fa', theme: 'dark', width: 390 });
    const { page } = visit;
    await visit.signIn(shop);
    visit.expected.add(415);
    await visit.go('/listen/imports');
    await page.locator('input[type=file]').setInputFiles([
      { name: 'picture.csv', mimeType: 'text/csv', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]) },
      { name: 'reviews.csv', mimeType: 'text/csv', buffer: Buffer.from(REVIEWS) },
    ]);
    await page.getByRole('alert').getByText('این فایل ردیف ندارد.', { exact: false }).waitFor();
    await page.getByLabel('معنای review_score').waitFor();
    expect(await visit.check()).toEqual([]);
    await visit.close();
  });

  test('[IM11] killed and stopped in mid-load, it goes on by itself and every row is in once', async () => {
    const rows = 90_000;
    const lines = Array.from({ length: rows }, (_, i) => `k${i},${1 + (i % 5)},2026-03-0${1 + (i % 9)} 10:00:00`);
    const body = `review_id,score,date\n${lines.join('\n')}\n`;
    const sent = z.object({ uploadId: z.string() }).parse(
      await api('/uploads?name=many.csv', {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${shop.secretKey}` },
      }),
    );
    const made = view.parse(
      await api('/imports', { method: 'POST', body: JSON.stringify({ uploadId: sent.uploadId, kind: 'feedback' }) }),
    );
    await api(`/imports/${made.id}/start`, { method: 'POST', body: '{}' });
    const now = async () => view.parse(await api(`/imports/${made.id}`));
    for (const [reached, end] of [
      [20_000, () => server.kill()],
      [50_000, () => server.stop()],
    ] as const) {
      await until(`${reached} rows`, async () => (await now()).counts.rows >= reached, 120_000);
      await end();
      await server.start();
    }
    const done = await until(
      'the end',
      async () => {
        const is = await now();
        return is.state === 'done' ? is : null;
      },
      120_000,
    );
    expect(done.counts).toMatchObject({ rows, added: rows });
    const figure = z.object({ overall: z.object({ value: z.number() }) });
    const period = 'from=2026-03-01&to=2026-04-01';
    expect(figure.parse(await api(`/metrics/responses?${period}`)).overall.value).toBe(rows);
    expect(figure.parse(await api(`/metrics/rating?${period}`)).overall.value).toBeCloseTo(3, 9);
  });
});
