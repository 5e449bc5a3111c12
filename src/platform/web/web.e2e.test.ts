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
  // Where they hold for nothing they are not shown, and still go along.
  await page.getByRole('link', { name: 'Imports' }).click();
  await page
    .getByRole('button', { name: /^(Period|Filter)/ })
    .first()
    .waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Comments' }).click();
  await page.getByRole('button', { name: 'Filter: Parcel came late' }).waitFor();
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByRole('button', { name: 'All time', exact: true }).click();
  await page.waitForURL('**/listen/comments?filter=order.late%3Atrue&period=all');
  await visit.go('/listen/comments?from=2025-13-45&to=yesterday');
  await page.getByRole('button', { name: 'Period: All time' }).waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[WB20] what the period is compared with is said, goes along and can be chosen', async () => {
  const visit = await signedIn();
  await visit.go('/measure/metrics?from=2025-01-01&to=2025-04-01&compare=year');
  const { page } = visit;
  await page.getByRole('button', { name: /^Period: .* against a year before$/u }).waitFor();
  await page.getByRole('link', { name: 'Comments' }).click();
  await page.waitForURL('**/listen/comments?from=2025-01-01&to=2025-04-01&compare=year');
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByText(/^Jan 1.–.Mar 31, 2024$/u).waitFor();
  await page.getByLabel('Compared with').selectOption('The period before');
  await page.getByText(/^Oct 1.–.Dec 31, 2024$/u).waitFor();
  await page.waitForURL('**/listen/comments?from=2025-01-01&to=2025-04-01');
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
  const visit = await browser.openPage();
  await visit.signIn(await inviteMember(server, shop, 'agent'));
  await visit.go('/measure/metrics?from=2025-01-01&to=2025-04-01');
  const { page } = visit;
  await page.getByRole('button', { name: 'Vera' }).click();
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
  await keyboard.press('Control+k');
  await visit.page.getByRole('combobox').waitFor();
  await keyboard.type('deliv');
  await visit.page.getByRole('option', { name: /Stages$/u }).waitFor();
  await visit.page.getByRole('combobox').fill('gall');
  await visit.page.getByRole('option', { name: 'Gallery', selected: true }).waitFor();
  await keyboard.press('Enter');
  await visit.page.waitForURL('**/gallery');
  await visit.close();
});

test('[WB23] [WB27] [WB28] keys, actions and paper', async () => {
  const visit = await browser.openPage();
  await visit.signIn(await inviteMember(server, shop, 'admin'));
  const { page } = visit;
  const { keyboard } = page;
  await visit.go('/?from=2025-01-01&to=2025-04-01&compare=year&filter=order.late%3Atrue');
  await heading(visit).waitFor();
  await keyboard.type('gm');
  await page.waitForURL('**/measure/metrics?from=2025-01-01&to=2025-04-01&filter=order.late%3Atrue&compare=year');
  await keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await map.getByText('Go to').waitFor();
  expect(await visit.check()).toEqual([]);
  // What is typed while something is open goes nowhere.
  await keyboard.type('gh');
  await keyboard.press('Escape');
  await map.waitFor({ state: 'detached' });
  await keyboard.press('/');
  const search = page.getByRole('combobox');
  await search.waitFor();
  await keyboard.type('gi dark');
  expect(await search.inputValue()).toBe('gi dark');
  expect(new URL(page.url()).pathname).toBe('/measure/metrics');
  await search.fill('dark');
  await page.getByRole('option', { name: /^Dark colours/, selected: true }).waitFor();
  await keyboard.press('Enter');
  await page.locator('[data-mantine-color-scheme=dark]').waitFor();
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['navigation', 'banner']) expect(await page.getByRole(hidden as 'banner').isVisible(), hidden).toBe(false); // prettier-ignore
  const paper = await page.locator('#app').innerText();
  expect(paper).toMatch(
    /Lark & Lantern\s+Period: Jan 1.–.Mar 31, 2025\s+Compared with: Jan 1.–.Mar 31, 2024\s+Filter: Parcel came late/u,
  );
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  expect(await page.getByRole('main').getByRole('combobox').count()).toBe(0);
  await visit.close();
});

test('[WB24] [WB25] how one reads holds at once, without losing anything, and everywhere', async () => {
  const member = await inviteMember(server, shop, 'analyst');
  const visit = await browser.openPage();
  await visit.signIn(member);
  const { page } = visit;
  await visit.go('/settings');
  await page.evaluate(`document.querySelector('main').dataset.kept = 'yes'`);
  const otherTab = await page.context().newPage();
  await otherTab.goto('/glossary');
  await otherTab.getByRole('heading', { level: 1 }).waitFor();
  await page.getByLabel('Language').selectOption('fa');
  await page.getByRole('heading', { level: 1, name: 'چطور می‌خواهید بخوانید و کار کنید' }).waitFor();
  await page.getByText('میلادی').click();
  const saved = page.waitForResponse(
    (r) => r.request().method() === 'PUT' && r.url().endsWith('/preferences') && r.ok(),
  );
  await page.getByText('لاتین').click();
  await page.getByText(/12,345\.67/u).waitFor();
  await saved;
  expect(await page.evaluate(`document.querySelector('main').dataset.kept`)).toBe('yes');
  await expect.poll(() => otherTab.evaluate(() => document.documentElement.dir)).toBe('rtl');
  expect(await visit.check()).toEqual([]);
  await visit.close();
  // A browser that remembers another language, until it knows who reads.
  const elsewhere = await browser.openPage({ lang: 'pl' });
  await elsewhere.signIn(member);
  await elsewhere.go('/measure/metrics?from=2025-01-01&to=2025-04-01');
  await elsewhere.page.getByRole('button', { name: /2025/ }).waitFor();
  expect(await elsewhere.page.evaluate(() => document.documentElement.lang)).toBe('fa');
  await elsewhere.close();
});

test('[WB26] who belongs to several workspaces goes from one to another', async () => {
  const visit = await signedIn();
  const { page } = visit;
  const made = await page.request.post('/api/v1/workspaces', {
    data: { name: 'Lark Wholesale' },
    headers: { origin: server.url },
  });
  expect(made.status()).toBe(201);
  await visit.go('/measure/metrics/rating?filter=order.late%3Atrue');
  await page.getByRole('button', { name: 'Workspace: Lark & Lantern. Go to another' }).click();
  await page.getByRole('menuitem', { name: 'Lark Wholesale' }).click();
  await page.getByRole('button', { name: /^Workspace: Lark Wholesale/ }).waitFor();
  await page.getByRole('heading', { name: 'Nothing has been loaded yet.' }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect(await visit.check()).toEqual([]);
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

test('[WB31] pages are there before they are opened, and what Home shows is asked for once', async () => {
  const visit = await signedIn({ ahead: true });
  const { page } = visit;
  const scripts: string[] = [];
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) scripts.push(pathname);
    else if (pathname.startsWith('/api/')) asked.push(pathname);
  });
  await visit.go('/');
  await heading(visit).waitFor();
  await expect.poll(() => scripts.some((path) => path.includes('catalogue-page')), { timeout: 30_000 }).toBe(true);
  await page.waitForLoadState('networkidle');
  for (const once of ['/api/v1/session', '/api/v1/metrics/extent']) {
    expect(
      asked.filter((path) => path === once),
      once,
    ).toHaveLength(1);
  }
  const before = scripts.length;
  await page.getByRole('link', { name: 'Imports' }).click();
  await page.locator('input[type=file]').waitFor({ state: 'attached' });
  expect(scripts).toHaveLength(before);
  expect(await visit.check({ axe: false })).toEqual([]);
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
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[WB8] a problem is told in its own words', async () => {
  const visit = await signedIn();
  visit.expected.add(400);
  await visit.go('/listen/comments?filter=%28');
  await visit.page.getByRole('alert').first().waitFor();
  expect(await visit.page.getByRole('alert').first().innerText()).toMatch(/filter|missing/i);
  expect(await visit.check()).toEqual([]);
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

test('[WB21] [WB22] [WB31] long work is seen from every page, and is news until one looked', async () => {
  const visit = await signedIn();
  const { page } = visit;
  const rows = Array.from({ length: 30_000 }, (_, i) => `r${i},o${i},${(i % 5) + 1},2026-01-11 10:00:00`);
  await visit.go('/listen/imports');
  // Who joined of late is news too.
  await page.getByRole('button', { name: /^Activity/ }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Activity', exact: true }).waitFor();
  await page.locator('input[type=file]').setInputFiles({
    name: 'answers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['review_id,order_id,review_score,review_answer_timestamp', ...rows, ''].join('\n')),
  });
  await page.getByRole('button', { name: 'Start the import' }).click();
  await page.getByRole('button', { name: /^Activity, 1 task running/ }).waitFor();
  await page.getByRole('link', { name: 'Home' }).click();
  // Home was read before there was anything to see, and is read anew.
  await page
    .getByRole('main')
    .getByText(/30,000/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Activity, 1 new' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('link', { name: 'Import: answers.csv' }).waitFor();
  await drawer.getByText('loaded: 30,000 new or changed rows').waitFor();
  expect(await visit.check()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Activity', exact: true }).waitFor();
  const elsewhere = await signedIn({ width: 390 });
  const asked: string[] = [];
  elsewhere.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await elsewhere.go('/');
  await elsewhere.page.getByRole('button', { name: 'Activity', exact: true }).waitFor();
  // What the page wanted was asked for while its code was on its way, and not again.
  expect(asked.filter((path) => /\/(session|extent|home)$/.test(path)).toSorted()).toEqual(
    ['/metrics/extent', '/metrics/home', '/session'].map((path) => `/api/v1${path}`),
  );
  await elsewhere.close();
  await visit.close();
});
