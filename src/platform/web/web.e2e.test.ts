import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser, type Visit } from '../../../test/support/browser.ts';
import { startServer, type Shop, type TestServer } from '../../../test/support/server.ts';
import { inviteMember } from '../../../test/support/shop.ts';

const root = new URL('../../../', import.meta.url);
const pathOf = (path: string): string => fileURLToPath(new URL(path, root));

let server: TestServer;
let browser: TestBrowser;
let shop: Shop;

beforeAll(async () => {
  server = await startServer();
  shop = await server.setup({ company: 'Lark & Lantern' });
  browser = await openBrowser(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function signedIn(options: Parameters<TestBrowser['openPage']>[0] = {}): Promise<Visit> {
  const visit = await browser.openPage(options);
  await visit.signIn(shop);
  return visit;
}

const heading = ({ page }: Visit) => page.getByRole('heading', { level: 1 });

test('[WB1] period and filter go along with every link; what is no period is dropped', async () => {
  const visit = await signedIn();
  await visit.go('/measure/metrics?from=2025-01-01&to=2025-04-01&filter=order.late%3Atrue');
  const { page } = visit;
  await page.getByRole('button', { name: /^Period: Jan 1.–.Mar 31, 2025$/u }).waitFor();
  await page.getByRole('button', { name: 'Filter: Parcel came late' }).waitFor();
  await page.getByRole('link', { name: 'Comments' }).click();
  await page.waitForURL('**/listen/comments?from=2025-01-01&to=2025-04-01&filter=order.late%3Atrue');
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByRole('button', { name: 'All time' }).click();
  await page.waitForURL('**/listen/comments?filter=order.late%3Atrue');
  await visit.go('/listen/comments?from=2025-13-45&to=yesterday');
  await page.getByRole('button', { name: 'Period: All time' }).waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[WB2] an unknown page leads home', async () => {
  const visit = await signedIn();
  await visit.go('/no/such/page');
  await visit.page.getByRole('heading', { name: 'There is no such page.' }).waitFor();
  await visit.page.getByRole('link', { name: 'Go to Home' }).click();
  await visit.page.getByRole('heading', { name: 'Nothing has been loaded yet.' }).waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[WB2] a viewer sees the rail of a viewer, and is told where they may not go', async () => {
  const viewer = await inviteMember(server, shop, 'viewer');
  const visit = await browser.openPage();
  await visit.signIn(viewer);
  await visit.go('/');
  const rail = visit.page.getByRole('navigation');
  await rail.getByRole('link', { name: 'Metrics' }).waitFor();
  for (const name of ['Comments', 'People', 'Imports', 'Keys']) {
    expect(await rail.getByRole('link', { name, exact: true }).count(), name).toBe(0);
  }
  await visit.go('/listen/comments');
  await visit.page.getByRole('heading', { name: 'This page is not open to you.' }).waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[WB3] a session that ends asks to sign in, and leads back', async () => {
  const visit = await signedIn();
  await visit.go('/measure/metrics');
  await visit.page.context().clearCookies();
  visit.expected.add(401);
  await visit.page.getByRole('link', { name: 'Comments' }).click();
  await visit.page.waitForURL(/\/sign-in/);
  await visit.page.getByLabel('E-mail').fill(shop.email);
  await visit.page.getByRole('textbox', { name: 'Password' }).fill(shop.password);
  await visit.page.getByRole('button', { name: 'Sign in' }).click();
  await visit.page.waitForURL('**/listen/comments');
  await visit.close();
});

test('[WB4] Persian runs from the right, and is remembered', async () => {
  const visit = await signedIn();
  await visit.go('/measure/metrics?from=2025-01-01&to=2025-04-01');
  const { page } = visit;
  await page.getByRole('button', { name: 'Ada' }).click();
  await page.getByRole('menuitem', { name: 'فارسی' }).click();
  await page.getByRole('heading', { level: 1, name: /سنجه/ }).waitFor();
  expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang])).toEqual([
    'rtl',
    'fa',
  ]);
  await page.getByRole('button', { name: /۱۲ دی ۱۴۰۳/ }).waitFor();
  const rail = await page.getByRole('navigation').boundingBox();
  expect(rail?.x).toBeGreaterThan(1000);
  expect(await page.evaluate(() => localStorage.getItem('touchstone.language'))).toBe('fa');
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test.each([
  ['en', 'dark', 1440],
  ['en', 'light', 390],
  ['fa', 'dark', 390],
  ['fa', 'light', 1440],
] as const)('[WB5] the shell is in order in %s, %s, %i pixels wide', async (lang, theme, width) => {
  const visit = await signedIn({ lang, theme, width });
  await visit.go('/');
  await heading(visit).waitFor();
  expect(await visit.check()).toEqual([]);
  if (width < 800) {
    await visit.page.getByRole('banner').getByRole('button').first().click();
    await visit.page.getByRole('dialog').getByRole('link').first().waitFor();
    expect(await visit.check()).toEqual([]);
    await visit.page.keyboard.press('Escape');
  }
  await visit.page.keyboard.press('Control+k');
  await visit.page.getByRole('combobox').waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[WB6] ⌘K finds a page and a metric and opens them, by keyboard alone', async () => {
  const visit = await signedIn();
  await visit.go('/');
  await heading(visit).waitFor();
  const { keyboard } = visit.page;
  await keyboard.press('Control+k');
  await visit.page.getByRole('combobox').waitFor();
  await keyboard.type('metr');
  await visit.page.getByRole('option', { name: 'Metrics', selected: true }).waitFor();
  await keyboard.press('Enter');
  await visit.page.waitForURL('**/measure/metrics');
  await keyboard.press('Control+k');
  await visit.page.getByRole('combobox').waitFor();
  await keyboard.type('late del');
  await visit.page.getByRole('option', { name: 'Late deliveries', selected: true }).waitFor();
  await keyboard.press('Enter');
  await visit.page.waitForURL('**/measure/metrics/late_rate');
  await visit.close();
});

test('[WB7] a first visit is light, and no schema library reaches the browser', async () => {
  const visit = await signedIn();
  const scripts = new Set<string>();
  visit.page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.add(new URL(response.url()).pathname);
  });
  await visit.go('/');
  await heading(visit).waitFor();
  const bytes = [...scripts].map((path) => gzipSync(readFileSync(pathOf(`dist/web${path}`)), { level: 9 }).length);
  expect(bytes.reduce((a, b) => a + b, 0)).toBeLessThan(230 * 1024);
  for (const name of readdirSync(pathOf('dist/web/assets')).filter((n) => n.endsWith('.js'))) {
    expect(readFileSync(pathOf(`dist/web/assets/${name}`), 'utf8'), name).not.toMatch(/ZodError|\$ZodType/);
  }
  await visit.close();
});

test('[WB8] a problem is said in Persian, and what the API alone has words for follows', async () => {
  const visit = await browser.openPage({ lang: 'fa' });
  visit.expected.add(401);
  await visit.go('/sign-in');
  await visit.page.getByLabel('رایانامه').fill(shop.email);
  await visit.page.getByRole('textbox', { name: 'گذرواژه' }).fill('not the password');
  await visit.page.getByRole('button', { name: 'ورود' }).click();
  await visit.page.getByRole('alert').getByText('رایانامه و گذرواژه با هم نمی‌خوانند.', { exact: false }).waitFor();
  await visit.signIn(shop);
  visit.expected.add(400);
  await visit.go('/listen/comments?filter=%28');
  const alert = visit.page.getByRole('alert').first();
  await alert.getByText('پذیرفتنی نیست', { exact: false }).waitFor();
  expect(await alert.locator('[lang=en]').innerText()).toMatch(/filter/i);
  await visit.close();
});

test('[WB8] a problem is told in its own words', async () => {
  const visit = await signedIn();
  visit.expected.add(400);
  await visit.go('/listen/comments?filter=%28');
  await visit.page.getByRole('alert').first().waitFor();
  expect(await visit.page.getByRole('alert').first().innerText()).toMatch(/filter|missing/i);
  await visit.close();
});

test('[WB12] a build that is there is not made again; one made anew is whole, and leaves the older one its files', async () => {
  const build = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [pathOf('scripts/build.mjs'), ...args])).stdout;
  expect(await build()).toMatch(/Nothing changed/);
  const before = readlinkSync(pathOf('dist/web'));
  expect(await build('--force')).toMatch(/^Built/m);
  expect(readlinkSync(pathOf('dist/web'))).not.toBe(before);
  expect(existsSync(`${before}/index.html`)).toBe(true);
  for (const file of ['server/main.js', 'web/index.html']) expect(existsSync(pathOf(`dist/${file}`)), file).toBe(true);
  const index = readFileSync(pathOf('dist/web/index.html'), 'utf8');
  for (const [, asset] of index.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) {
    expect(existsSync(pathOf(`dist/web/${asset ?? ''}`)), asset).toBe(true);
  }
});

test('[WB8] a server that does not answer says so, and is asked again', async () => {
  const visit = await signedIn();
  const { page } = visit;
  await visit.go('/measure/metrics');
  await heading(visit).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Comments' }).click();
  await page.getByRole('heading', { name: 'The server does not answer.' }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'What customers wrote belongs here' }).waitFor();
  await visit.close();
});
