import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestBrowser, openBrowser } from '../../../test/support/browser.ts';
import { type Shop, type TestServer, startServer } from '../../../test/support/server.ts';
import { until } from '../../../test/support/until.ts';

let server: TestServer;
let browser: TestBrowser;
let shop: Shop;

const headers = () => ({ authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json' });

async function send(batch: readonly object[]): Promise<void> {
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ batch }),
  });
  expect(response.status).toBe(200);
}

async function read(path: string): Promise<unknown> {
  return (await fetch(`${server.url}/api/v1${path}`, { headers: headers() })).json();
}

const order = { order_id: 'O-77', total: '20.50', currency: 'EUR', promised: '2026-03-03' };

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser(server.url);
  shop = await server.setup();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

test('[PP1] without people the list offers the step that brings some', async () => {
  const visit = await browser.openPage();
  await visit.signIn(shop);
  await visit.go('/unify/people');
  await visit.page.getByRole('heading', { name: 'Nobody is known yet' }).waitFor();
  await visit.page.getByRole('button', { name: 'Load a file' }).waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[PP1][PP2][PP3][PP4][PP5][OR16] from the list to a person and an order, a link undone and made again', async () => {
  const ann = { userId: 'ann-1' };
  const at = (day: number) => `2026-03-0${day}T10:00:00.000Z`;
  await send([
    {
      type: 'page',
      messageId: 'm1',
      anonymousId: 'browser-1',
      timestamp: at(1),
      properties: { url: 'https://x.example/' },
    },
    {
      type: 'identify',
      messageId: 'm2',
      ...ann,
      anonymousId: 'browser-1',
      timestamp: at(2),
      traits: { name: 'Ann Lee', email: 'ann@mail.example', plan: 'gold' },
    },
    { type: 'track', messageId: 'm3', ...ann, event: 'Order Completed', timestamp: at(2), properties: order },
    {
      type: 'track',
      messageId: 'm4',
      ...ann,
      event: 'Order Delivered',
      timestamp: at(5),
      properties: { order_id: 'O-77' },
    },
    {
      type: 'track',
      messageId: 'm5',
      ...ann,
      event: 'Review Submitted',
      timestamp: at(6),
      properties: { order_id: 'O-77', rating: 2, text: 'It came two days late.' },
    },
    { type: 'identify', messageId: 'm6', userId: 'bob-2', timestamp: at(3), traits: { name: 'Bob Stone' } },
  ]);
  await until('two people and the order', async () => {
    const [people, found] = [
      JSON.stringify(await read('/people/summary')),
      JSON.stringify(await read('/people?q=ann')),
    ];
    return people.includes('"people":2') && found.includes('"orders":1') && found.includes('"answers":1');
  });

  const visit = await browser.openPage();
  const { page } = visit;
  await visit.signIn(shop);
  await visit.go('/unify/people');
  await page.getByRole('heading', { name: '2 people are known.' }).waitFor();
  await page.getByLabel('Find someone').fill('brows');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByText('browser or device browser-1').waitFor();
  expect(page.url()).toContain('q=brows');
  expect(await visit.check()).toEqual([]);
  await page.getByRole('link', { name: 'Ann Lee' }).click();

  await page.getByRole('heading', { name: /^Ann Lee: 1 order/ }).waitFor();
  await page.getByText('It came two days late.').waitFor();
  await page.locator('bdi', { hasText: /^ann@mail\.example$/ }).waitFor();
  expect(await visit.check()).toEqual([]);
  await page.getByText('What they said', { exact: true }).click();
  await page.waitForURL(/show=answer/);
  await page.getByRole('list').filter({ hasText: 'Delivered' }).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: /^Undo: .*browser-1/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take apart' }).click();
  await page.getByText('taken apart by a member').waitFor();
  await until('two persons', async () => JSON.stringify(await read('/people/summary')).includes('"people":3'));
  await page.getByRole('button', { name: /^They are one: .*browser-1/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('button', { name: /^Undo: .*browser-1/ }).waitFor();

  await page.getByRole('link', { name: 'O-77', exact: true }).first().click();
  await page.getByRole('heading', { name: /O-77.* came 2 days late/ }).waitFor();
  await page.getByRole('region', { name: 'Events' }).getByText('Order Completed').waitFor();
  expect(await visit.check()).toEqual([]);
  await page.getByRole('navigation').getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('heading', { name: '1 order was placed.' }).waitFor();
  await page.getByLabel('Delivery').selectOption('on time');
  await page.getByText('No order is like this.').waitFor();
  await page.getByLabel('Delivery').selectOption('late');
  await page.getByRole('link', { name: 'O-77' }).waitFor();
  expect(await visit.check()).toEqual([]);

  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('combobox').fill('bob st');
  await page.getByRole('option', { name: /Bob Stone/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /Bob Stone/ }).waitFor();
  await visit.close();
});
