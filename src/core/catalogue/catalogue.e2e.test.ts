import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestBrowser, openBrowser } from '../../../test/support/browser.ts';
import { type Shop, type TestServer, startServer } from '../../../test/support/server.ts';
import { until } from '../../../test/support/until.ts';

let server: TestServer;
let browser: TestBrowser;
let shop: Shop;

const PATH = '/understand/catalogue';

async function api(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<Response> {
  return fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function places(): Promise<string[]> {
  const { items }: { items: { touchpointId?: string }[] } = await (
    await api('GET', '/events?name=Door%20Opened')
  ).json();
  return items.map((i) => i.touchpointId ?? '');
}

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser(server.url);
  shop = await server.setup();
  const batch = [1, 2, 3].map((n) => ({
    type: 'track',
    messageId: `m${n}`,
    userId: `u${n}`,
    event: 'Door Opened',
    timestamp: `2026-03-0${n}T10:00:00.000Z`,
  }));
  const sent = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ batch }),
  });
  expect(sent.status).toBe(200);
  await until('three events', async () => (await places()).length === 3);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

test('[CP1][CP2][CP3] what is there in words; a draft of moves, discarded', async () => {
  const visit = await browser.openPage();
  const { page } = visit;
  await visit.signIn(shop);
  await visit.go(PATH);
  const opened = page.getByRole('heading', { name: '14 touchpoints in 7 stages; 21 rules say what happens where.' });
  await opened.waitFor();
  await page.getByText('Events where name is one of Product Viewed, Product Clicked').first().waitFor();
  expect(await visit.check()).toEqual([]);

  const up = page.getByRole('button', { name: 'Move Delivery up', exact: true });
  await up.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Delivery is now 3 of 7.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Delivery is now 2 of 7.').waitFor();
  expect(await up.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByText('Changed, not saved yet.').waitFor();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByText('Changed, not saved yet.').waitFor({ state: 'detached' });
  const kept: { version: number; stages: { name: string }[] } = await (await api('GET', '/catalogue')).json();
  expect(kept).toMatchObject({ version: 1 });
  expect(kept.stages.map((s) => s.name).indexOf('Delivery')).toBe(3);
  await visit.close();
});

test('[CP4][CP5] a rule made, previewed and saved moves the past; a save over another is refused', async () => {
  const visit = await browser.openPage();
  const { page } = visit;
  await visit.signIn(shop);
  await visit.go(PATH);
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Touchpoint').selectOption({ label: 'Return' });
  await dialog.getByLabel('Value', { exact: true }).fill('Door Opened');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText('It matches 3 of 3 and decides 3; with all changes of this draft 3 would move.').waitFor();
  expect(await dialog.getByText('nowhere').count()).toBe(3);
  expect(await visit.check()).toEqual([]);
  await dialog.getByRole('button', { name: 'Put in the draft' }).click();
  await page.getByText('Events where name is Door Opened').waitFor();
  expect(await places()).toEqual(['', '', '']);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The rules hold for all of the past: 3 facts were moved when they last changed.').waitFor();
  expect(await places()).toEqual(['tp_returning', 'tp_returning', 'tp_returning']);

  const { run: _run, savedAt: _savedAt, ...theirs } = await (await api('GET', '/catalogue')).json();
  await page.getByRole('button', { name: 'Move Delivery up', exact: true }).click();
  const teams = [...theirs.teams, { id: 'new', name: 'Night shift' }];
  expect((await api('PUT', '/catalogue', { ...theirs, teams })).status).toBe(200);
  visit.expected.add(409);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const note = page.getByRole('alert');
  await note.getByText('Somebody else saved the catalogue since you opened it.').waitFor();
  await note.getByRole('button').click();
  await page.getByLabel('Name: Night shift').waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});
