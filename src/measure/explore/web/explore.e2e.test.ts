import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser, type Visit } from '../../../../test/support/browser.ts';
import { startServer, type Shop, type TestServer } from '../../../../test/support/server.ts';
import { ask, loadDemo } from '../../../../test/support/shop.ts';
import type { Comparison, Contrasts, Figures } from '../../metrics/contract.ts';

let server: TestServer;
let browser: TestBrowser;
let shop: Shop;

beforeAll(async () => {
  server = await startServer();
  shop = await server.setup({ company: 'Lark & Lantern' });
  await loadDemo(server, shop);
  browser = await openBrowser(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const PERIOD = 'from=2025-04-01&to=2025-10-01';

async function read<T>(path: string): Promise<T> {
  return (await ask(server, shop, `/api/v1/metrics/${path}`)).json();
}

async function downloaded(visit: Visit, menu: string, item: string): Promise<Buffer> {
  const coming = visit.page.waitForEvent('download');
  await visit.page.getByRole('button', { name: menu, exact: true }).first().click();
  await visit.page.getByRole('menuitem', { name: item }).click();
  return readFile(await (await coming).path());
}

test('[EX2] [EX5] [EX6] [EX11] a metric by a property: the sentence, where a figure comes from, table and pictures to take along', async () => {
  const visit = await browser.openPage();
  await visit.signIn(shop);
  const { page } = visit;
  await visit.go(`/measure/explore?metric=rating&${PERIOD}`);
  await page.getByRole('heading', { level: 1, name: /^Rating: ⁦\d\.\d\d ± \d\.\d\d⁩, from [\d,]+ answers/ }).waitFor();
  await page.getByLabel('Break down by').selectOption('order.late');
  const { compared, items } = await read<Contrasts>(`rating/contrasts?by=order.late&${PERIOD}`);
  const clear = items.find((c) => c.difference.verdict !== 'unclear');
  const told = clear === undefined ? 'no clear difference' : `${clear.figure.value?.toFixed(2)} for “`;
  const said = compared === 0 ? 'too few answers' : told;
  await page.getByRole('heading', { level: 1, name: `Rating by late parcel: ${said}` }).waitFor();
  const answer = await read<Figures>(`rating?by=order.late&${PERIOD}`);
  const late = answer.groups.find((g) => g.key === 'true');
  const figure = page.getByRole('button', { name: new RegExp(`^Parcel came late: ${late?.value?.toFixed(2)}, between .* – how we know$`) }); // prettier-ignore
  expect(await visit.check()).toEqual([]);
  await figure.click();
  await page.waitForURL(/figure=of\+true/);
  await page.getByRole('dialog').getByText(`${late?.n}, of ${late?.people} people`).waitFor();
  await page.getByRole('dialog').getByText('order.late:"true"').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();

  const svg = (await downloaded(visit, 'Picture', 'SVG')).toString();
  for (const part of ['Rating by late parcel', 'Parcel came late', 'Apr 1', 'Lark &amp; Lantern', 'n = ']) expect(svg).toContain(part); // prettier-ignore
  expect(svg).not.toContain('var(');
  const png = await downloaded(visit, 'Picture', 'PNG');
  expect([png.subarray(1, 4).toString(), png.readUInt32BE(16)]).toEqual(['PNG', 2 * (960 + 56)]);
  const csv = (await downloaded(visit, 'Export', 'CSV')).toString();
  expect(csv.split('\r\n')).toHaveLength(answer.groups.length + 2);

  await page.getByRole('button', { name: 'Heat table' }).click();
  await page
    .getByRole('table', { name: 'Rating by late parcel' })
    .getByRole('button', { name: /^Parcel came late · / })
    .first()
    .click();
  await page.waitForURL(/figure=at\+\d{4}-\d\d-\d\d\+of\+true/);
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[EX3] [EX10] two periods compared in words; saved, found by the palette, opened as it was', async () => {
  const visit = await browser.openPage();
  await visit.signIn(shop);
  const { page } = visit;
  await visit.go(`/measure/explore?metric=rating&view=compare&by=order.payment_type&${PERIOD}`);
  const { difference } = await read<Comparison>(`rating/compare?${PERIOD}`);
  const words = { higher: 'clearly higher', lower: 'clearly lower', unclear: 'no clear difference' };
  await page.getByRole('heading', { level: 1, name: words[difference?.verdict ?? 'unclear'] }).waitFor();
  await page.getByLabel('Compare', { exact: true }).selectOption('rest');
  await page.waitForURL(/against=rest/);
  await page.getByText(/One of \d+ that could be picked/).waitFor();
  // What is being read anew is faint until it is there.
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  expect(await visit.check()).toEqual([]);

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByLabel('Name').fill('One way of paying and the others');
  await page.getByLabel('Everybody in the workspace sees it').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved as “⁨One way of paying and the others⁩”.').waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.go('/');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('one way');
  await page.getByRole('option', { name: 'One way of paying and the others' }).click();
  await page.waitForURL(/\/measure\/explore\?metric=rating&view=compare.*against=rest.*saved=viw_/);
  await page.getByText('Saved as “⁨One way of paying and the others⁩”.').waitFor();
  await visit.close();
});

test('[EX2] small multiples and the table hold in fa, dark, 390 pixels wide', async () => {
  const visit = await browser.openPage({ lang: 'fa', theme: 'dark', width: 390 });
  await visit.signIn(shop);
  await visit.go('/measure/explore');
  for (const view of ['multiples&by=stage', 'table&by=channel', 'groups&by=order.category']) {
    await visit.goWithin(`/measure/explore?metric=rating&${PERIOD}&view=${view}`);
    await visit.page.getByRole('table').first().waitFor();
    expect(await visit.check(), view).toEqual([]);
  }
  await visit.close();
});
