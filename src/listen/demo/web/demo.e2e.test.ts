import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../../../../test/support/browser.ts';
import { startServer, type TestServer } from '../../../../test/support/server.ts';

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

test('[DC1, DC4] one button on the first page leads into the demo company; it can be stopped, and opened again later', async () => {
  const owner = await browser.openPage();
  // Nobody is signed in at first; and a workspace that goes is asked for until it is gone.
  for (const status of [401, 404]) owner.expected.add(status);
  const { page } = owner;
  await owner.go('/');
  await page.getByLabel(/^Company/).fill('Gull & Gate');
  await page.getByLabel(/^Time zone/).selectOption('UTC');
  await page.getByLabel(/^Name/).fill('Ada');
  await page.getByLabel(/^E-mail/).fill('ada@example.com');
  await page.getByLabel(/^Password/).fill('correct horse battery');
  await page.getByRole('button', { name: 'Look at a demo company first' }).click();

  await page.getByRole('heading', { name: 'Lark & Lantern is being set up.' }).waitFor();
  // The tray has it too.
  await page.getByRole('button', { name: /1 task running/ }).click();
  await page.getByRole('dialog').getByText('Demo company').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Stop and remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();

  // Its workspace is gone, and its reader stands in their own.
  await page.getByRole('heading', { name: 'Lark & Lantern is a made-up company to look around in.' }).waitFor();
  await owner.go('/');
  await page.getByRole('main').getByRole('button', { name: 'Open the demo company' }).waitFor();
  expect(await owner.check({ axe: false })).toEqual([]);
  await owner.go('/welcome');
  await page.getByRole('main').getByRole('button', { name: 'Open the demo company' }).waitFor();
  expect(await owner.check({ axe: false })).toEqual([]);
  await owner.close();
});
