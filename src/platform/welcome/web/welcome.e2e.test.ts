import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../../../../test/support/browser.ts';
import { startServer, type TestServer } from '../../../../test/support/server.ts';
import { inviteMember } from '../../../../test/support/shop.ts';

const PASSWORD = 'correct horse battery';

let server: TestServer;
let browser: TestBrowser;
/** A site of somebody else, with one page: what is copied from ours. */
let site: Server;
let sitePage = '';

beforeEach(async () => {
  server = await startServer();
  browser = await openBrowser(server.url);
  site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>A shop</title>${sitePage}`);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
});
afterEach(async () => {
  site?.close();
  await browser?.close();
  await server?.close();
});

/** Opens the site's page with these lines in it, and waits until it has sent what it sends. */
async function visitSite(from: Page, lines: string): Promise<void> {
  sitePage = lines;
  const address = site.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const page = await from.context().newPage();
  const sent = page.waitForResponse((response) => response.url().endsWith('/v1/track'));
  await page.goto(`http://127.0.0.1:${port}/thanks`);
  expect((await sent).status()).toBe(200);
  await page.close();
}

test('[WE5, WE2, WE6] from the first page to the first figure', async () => {
  const owner = await browser.openPage();
  owner.expected.add(401);
  const { page } = owner;
  await owner.go('/');
  await page.getByLabel(/^Company/).fill('Lark & Lantern');
  await page.getByLabel(/^Time zone/).selectOption('UTC');
  await page.getByLabel(/^Name/).fill('Ada');
  await page.getByLabel(/^E-mail/).fill('ada@example.com');
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the workspace' }).click();

  await page.getByRole('heading', { name: 'Let us get to your first figure.' }).waitFor();
  await page.getByRole('radio', { name: /^A service/ }).click();
  expect(await page.getByText('Your touchpoints to begin with', { exact: false }).innerText()).toContain('Booking');
  await page.getByRole('checkbox', { name: /^Files/ }).click();
  await page.getByRole('checkbox', { name: /^A shop or system/ }).click();
  await page.getByRole('button', { name: 'Open imports' }).waitFor();
  expect(await owner.check({ axe: false })).toEqual([]);
  await page.getByRole('button', { name: 'Get the lines' }).click();

  await page.getByText('Waiting for the first event …').waitFor();
  await page.getByText('Web page', { exact: true }).click();
  const lines = page.locator('pre');
  await visitSite(page, await lines.innerText());
  await page.getByText('The first event is here.').waitFor();
  const row = page.getByRole('row', { name: /Order Completed/ });
  await row.getByText('Booking').waitFor();
  expect(await owner.check({ axe: false })).toEqual([]);

  const [key = ''] = /tsw_\w+/.exec(await lines.innerText()) ?? [];
  const refused = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: key, batch: [{ type: 'track', userId: 'u-2' }] }),
  });
  expect(await refused.json()).toMatchObject({ accepted: 0, rejected: [{ field: 'event' }] });
  await page.getByRole('heading', { name: /^Refused/ }).waitFor();
  await page.getByRole('row').getByText('event', { exact: true }).waitFor();

  await page.getByLabel('Example').selectOption('answer');
  await visitSite(page, await lines.innerText());
  await page.getByText('2 events have come in over HTTP.').waitFor();
  await owner.go('/welcome');
  // The choices were kept.
  expect(await page.getByRole('radio', { name: /^A service/ }).getAttribute('aria-checked')).toBe('true');
  await page.getByRole('heading', { name: 'Your first figure is there.' }).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'First answers are in' }).getByText('done').waitFor();
  await page.getByRole('button', { name: 'See it on Home' }).click();
  await page.getByRole('main').getByText('NPS', { exact: false }).first().waitFor();

  const session: { workspaces: { id: string }[] } = await (await page.request.get('/api/v1/session')).json();
  const shop = { workspaceId: session.workspaces[0]?.id ?? '', email: 'ada@example.com', password: PASSWORD };
  const viewer = await browser.openPage();
  await viewer.signIn(await inviteMember(server, { ...shop, writeKey: key, secretKey: '' }, 'viewer'));
  await viewer.go('/welcome');
  await viewer.page.getByRole('heading', { name: 'This page is not open to you.' }).waitFor();
  const rail = viewer.page.getByRole('navigation');
  await rail.getByText('Glossary').waitFor();
  expect(await rail.getByText('Get started').count()).toBe(0);
  expect(await rail.getByText('Connect').count()).toBe(0);

  // A viewer reads figures, and so what they mean.
  await viewer.go('/glossary');
  await viewer.page.getByRole('searchbox').fill('recommend');
  await viewer.page.getByRole('link', { name: 'NPS' }).click();
  await viewer.page.waitForURL('**/glossary/nps');
  await viewer.page.getByText('Reichheld', { exact: false }).waitFor();
  expect(await viewer.check({ axe: false })).toEqual([]);
  await viewer.page.keyboard.press('Control+k');
  await viewer.page.getByRole('combobox').fill('touchpoi');
  await viewer.page.getByRole('option', { name: /Touchpoint/ }).waitFor();
  await viewer.page.keyboard.press('Enter');
  await viewer.page.waitForURL('**/glossary/touchpoint');
  await viewer.close();
  await owner.close();
});
