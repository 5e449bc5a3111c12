import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { openMailbox, type Mailbox } from '../support/mailbox.ts';
import { startServer, type Shop, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { codeOf, stepAt } from '../../src/platform/accounts/totp.ts';

let mailbox: Mailbox;
let server: TestServer;
let browser: TestBrowser;
let shop: Shop;

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await startServer({ env: { SMTP_URL: mailbox.url } });
  shop = await server.setup();
  browser = await openBrowser(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await mailbox?.close();
});

function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

test('[AC8] what a page loads late, and the styles it makes, keep to its policy', async () => {
  const visit = await browser.openPage();
  const { page } = visit;
  visit.expected.add(401);
  await visit.go('/sign-in');
  await visit.signIn(shop);
  await visit.go('/workspace/members');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  expect(await page.evaluate(`getComputedStyle(document.body).getPropertyValue('--accent') !== ''`)).toBe(true);
  expect(await visit.check({ axe: false })).toEqual([]);
  // What would be kept out is told.
  await page.evaluate(() =>
    document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.example/x.png' })),
  );
  await expect.poll(() => visit.faults.filter((fault) => /Content.Security/i.test(fault))).not.toEqual([]);
  await visit.close();
});

test('[AU10] an owner reads the audit log on its page and narrows it', async () => {
  const visit = await browser.openPage();
  await visit.signIn(shop);
  await visit.go('/workspace/audit');
  await visit.page.getByText('workspaces.keys.create').first().waitFor();
  await visit.page.getByLabel('Operation begins with').fill('workspaces.setup');
  await visit.page.getByLabel('Operation begins with').press('Enter');
  await visit.page.getByText('workspaces.setup.create').first().waitFor();
  await until(
    'the others to be gone',
    async () => (await visit.page.getByText('workspaces.keys.create').count()) === 0,
  );
  const downloaded = visit.page.waitForEvent('download');
  await visit.page.getByRole('button', { name: 'Export' }).click();
  await visit.page.getByRole('menuitem', { name: 'CSV' }).click();
  expect((await downloaded).suggestedFilename()).toBe('audit.csv');
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[DI10] an owner makes a token for provisioning on the page, and is told what is wrong with a provider', async () => {
  const visit = await browser.openPage();
  await visit.signIn(shop);
  await visit.go('/workspace/sign-in');
  await visit.page.getByRole('button', { name: 'Make a token' }).click();
  await visit.page.getByText(/^tsp_[0-9a-f]{64}$/).waitFor();
  visit.expected.add(400);
  await visit.page.getByLabel('Issuer').fill('https://127.0.0.1:9');
  await visit.page.getByLabel('Client id').fill('touchstone');
  await visit.page.getByLabel('Client secret').first().fill('a secret');
  await visit.page.getByLabel('Domains').fill('example.com');
  await visit.page.getByRole('button', { name: 'Check and save' }).click();
  await visit.page.getByText('does not answer as an OpenID Connect provider').waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[AN9] a password is reset by mail, and a second factor set up and asked for', async () => {
  const visit = await browser.openPage();
  const { page } = visit;
  // Nobody is signed in at first, and again later.
  visit.expected.add(401);
  const before = mailbox.letters.length;
  await visit.go('/sign-in');
  await page.getByText('Forgotten your password?').click();
  await page.getByLabel('E-mail').fill(shop.email);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByText('the link is on its way').waitFor();
  await until('the mail', async () => mailbox.letters.length > before);
  const token = /\/reset\/([\w-]+)/.exec(mailbox.letters.at(-1)?.text ?? '')?.[1] ?? '';
  await visit.go(`/reset/${token}`);
  const password = 'another long password';
  await page.getByLabel('New password').first().fill(password);
  await page.getByRole('button', { name: 'Set it' }).click();
  await page.getByText('Sign in with it.').waitFor();
  await page.getByText('To the sign-in').click();
  await page.getByLabel('E-mail').fill(shop.email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${server.url}/`);

  await visit.go('/account');
  await page.getByText('This browser').waitFor();
  await page.getByLabel('Your password').first().fill(password);
  await page.getByRole('button', { name: 'Set it up' }).click();
  const secret = fromBase32((await page.locator('code').first().textContent()) ?? '');
  await page.getByLabel('The code it shows').fill(codeOf(secret, stepAt(new Date())));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  const codes = ((await page.getByLabel('Recovery codes', { exact: true }).textContent()) ?? '').split('\n');
  expect(codes).toHaveLength(10);
  expect(await visit.check()).toEqual([]);

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByLabel('E-mail').fill(shop.email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Code of your authenticator app').fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('9 recovery codes are left').or(page.locator('nav')).first().waitFor();
  await visit.close();
});
