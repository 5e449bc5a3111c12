import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser, type Visit } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

const PASSWORD = 'correct horse battery';

let server: TestServer;
let browser: TestBrowser;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function signOut(visit: Visit, name: string): Promise<void> {
  await button(visit.page, name).click();
  await visit.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await visit.page.waitForURL(/\/sign-in/);
}

test('[WS16] from the first page to the last sign-out', async () => {
  const owner = await browser.openPage();
  owner.expected.add(401);
  const { page } = owner;
  await owner.go('/');
  await page.waitForURL('**/setup');
  expect(await owner.check()).toEqual([]);
  await page.getByLabel(/^Company/).fill('Lark & Lantern');
  await page.getByLabel(/^Time zone/).selectOption('Europe/Ljubljana');
  await page.getByLabel(/^Currency/).selectOption('EUR');
  await page.getByLabel(/^Name/).fill('Ada');
  await page.getByLabel(/^E-mail/).fill('ada@example.com');
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await button(page, 'Make the workspace').click();
  await page.waitForURL('**/welcome');
  await page.getByRole('navigation').getByText('Lark & Lantern').waitFor();

  await owner.go('/workspace/keys');
  await page.getByRole('heading', { name: '1 key opens this workspace to programs.' }).waitFor();
  await page.getByRole('textbox', { name: 'What it is for' }).fill('Reports');
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
  await page.getByRole('checkbox', { name: 'See the workspace' }).check();
  await button(page, 'Make it').click();
  const shown = page.getByLabel(/The secret key of Reports/);
  const key = (await shown.innerText()).trim();
  expect(key).toMatch(/^tss_[0-9a-f]{64}$/);
  const answer = await fetch(`${server.url}/api/v1/workspace`, { headers: { authorization: `Bearer ${key}` } });
  expect(await answer.json()).toMatchObject({ name: 'Lark & Lantern', zone: 'Europe/Ljubljana' });
  expect(await owner.check()).toEqual([]);
  await owner.go('/workspace/keys');
  expect(await page.getByText(key).count()).toBe(0);
  await button(page, 'Revoke Reports').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('heading', { name: '1 key opens this workspace to programs.' }).waitFor();

  await owner.go('/workspace/members');
  await page.getByLabel(/^E-mail/).fill('bob@example.com');
  await page.getByLabel(/^Role/).last().selectOption('analyst');
  await button(page, 'Invite').click();
  const link = (await page.getByLabel(/Hand this link to bob@example.com/).innerText()).trim();
  expect(await owner.check()).toEqual([]);

  const guest = await browser.openPage();
  guest.expected.add(401);
  await guest.go(link);
  await guest.page.getByRole('heading', { name: 'Join Lark & Lantern.' }).waitFor();
  expect(await guest.check()).toEqual([]);
  await guest.page.getByLabel(/^Name/).fill('Bob');
  await guest.page.getByLabel(/^Password/).fill(PASSWORD);
  await button(guest.page, 'Join').click();
  await guest.page.waitForURL(`${server.url}/`);
  await guest.go('/workspace/members');
  await guest.page.getByRole('heading', { name: '2 people work in Lark & Lantern.' }).waitFor();

  await owner.go('/workspace/members');
  const saved = page.waitForResponse((r) => r.request().method() === 'PATCH' && r.ok());
  await page.getByLabel('Role of Bob').selectOption('viewer');
  await saved;
  await guest.go('/workspace/members');
  await guest.page.getByRole('heading', { name: 'This page is not open to you.' }).waitFor();

  await signOut(guest, 'Bob');
  await guest.page.getByLabel(/^E-mail/).fill('bob@example.com');
  await guest.page.getByLabel(/^Password/).fill('not the password');
  await button(guest.page, 'Sign in').click();
  await guest.page.getByText('E-mail and password do not fit together.', { exact: false }).waitFor();
  expect(await guest.check()).toEqual([]);
  await guest.page.getByLabel(/^Password/).fill(PASSWORD);
  await button(guest.page, 'Sign in').click();
  await guest.page.getByRole('heading', { name: 'This page is not open to you.' }).waitFor();
  expect(new URL(guest.page.url()).pathname).toBe('/workspace/members');
  await signOut(guest, 'Bob');
  await guest.close();

  await owner.go('/workspace/settings');
  await page
    .getByLabel(/^Company/)
    .first()
    .fill('Lark & Lantern Ltd');
  await button(page, 'Save').click();
  await page.getByRole('navigation').getByText('Lark & Lantern Ltd').waitFor();
  expect(await owner.check()).toEqual([]);
  await signOut(owner, 'Ada');
  await owner.go('/workspace/keys');
  await page.waitForURL(/\/sign-in/);
  await owner.close();
});
