import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERY_KIND, EVERY_KIND_SURVEY, GOOD_ANSWERS } from '../../../packages/sdk/src/survey/test-data/every-kind.ts';
import { openBrowser, type TestBrowser, type Visit } from '../../../test/support/browser.ts';
import { startServer, type Shop, type TestServer } from '../../../test/support/server.ts';
import { until } from '../../../test/support/until.ts';
import { surveyShape } from './contract.ts';

let server: TestServer;
let browser: TestBrowser;
let shop: Shop;
let path = '';
let id = '';
beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser(server.url);
  shop = await server.setup();
  const made = surveyShape.parse(
    await send('POST', '/surveys', { name: 'Your last order', document: EVERY_KIND_SURVEY }),
  );
  await send('POST', `/surveys/${made.id}/publish`, { revision: made.revision });
  id = made.id;
  path = new URL(made.address).pathname;
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function send(method: string, below: string, body?: object): Promise<unknown> {
  const response = await fetch(`${server.url}/api/v1${below}`, {
    method,
    headers: { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const told: unknown = await response.json();
  expect(response.ok, JSON.stringify(told)).toBe(true);
  return told;
}

const PDF = Buffer.from('%PDF-1.4\n%of nothing\n');

/** Answers every question as a person does: what is drawn is what is clicked. */
async function answerAll({ page }: Visit): Promise<void> {
  for (const [name, value] of Object.entries(GOOD_ANSWERS)) {
    const field = page.locator(`[name="q.${name}"]`).first();
    const kind = (await field.getAttribute('type')) ?? (await field.evaluate((element) => element.localName));
    if (kind === 'radio' || kind === 'checkbox') await page.locator(`[name="q.${name}"][value="${value}"]`).check();
    else if (kind === 'select') await field.selectOption(value);
    else await field.fill(value);
  }
  await page.locator('[name="q.file"]').setInputFiles({ name: 'parcel.pdf', mimeType: '', buffer: PDF });
  for (const set of [0, 1]) {
    await page.locator(`[name="q.maxdiff.${set}.0"]`).first().check();
    await page.locator(`[name="q.maxdiff.${set}.1"]`).last().check();
  }
}

const answersOf = async (): Promise<string> => JSON.stringify(await send('GET', `/surveys/${id}/responses`));

test('[SQ2] [SQ11] every kind of question is answered on a phone without a script', async () => {
  const visit = await browser.openPage({ lang: 'fa', width: 390, scripts: false });
  await visit.page.goto(path);
  await answerAll(visit);
  await visit.page.getByRole('button', { name: 'ادامه' }).click();
  await visit.page.getByText('سخن دیگری هست؟').waitFor();
  await visit.page.getByRole('button', { name: 'فرستادن' }).click();
  await visit.page.getByText('هر کلمه خوانده می‌شود.').waitFor();
  const kept = await answersOf();
  for (const { id: question, kind } of EVERY_KIND) {
    if (kind !== 'statement') expect(kept).toContain(`"${question}":`);
  }
  expect(kept).toContain('"number":12');
  await visit.close();
});

test.each([
  { lang: 'en', width: 1440 },
  { lang: 'en', width: 390 },
  { lang: 'fa', width: 390 },
] as const)('[SQ11] nothing is wrong with any kind of question, answered or not: $lang, $width', async (how) => {
  const visit = await browser.openPage(how);
  await visit.go(path);
  expect(await visit.check()).toEqual([]);
  visit.expected.add(422);
  await visit.page.locator('[name="q.short"]').fill('no');
  await visit.page.locator('button[value=next]').click();
  await visit.page.locator('.problems').waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[SQ12] [SQ60] with a script an answer is kept from the first tap, and the page changes in place', async () => {
  const visit = await browser.openPage({ width: 390 });
  await visit.go(path);
  const { page } = visit;
  const first = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('radio', { name: '7 of 10' }).first().check();
  // With the work that was asked of it.
  expect((await first).postData()).toMatch(/&w=\d+$/);
  await until('the first answer is kept', async () => (await answersOf()).includes('"nps":7'));
  // None of these takes the others away; up and down put in order; a sum is told.
  await page.locator('[name="q.multiple"][value="speed"]').check();
  await page.locator('[name="q.multiple"][value="none"]').check();
  expect(await page.locator('[name="q.multiple"][value="speed"]').isChecked()).toBe(false);
  await page.getByRole('button', { name: 'Move up: Help when it is needed' }).click();
  expect(await page.locator('.ranking li').nth(1).innerText()).toContain('Help when it is needed');
  await page.locator('[name="q.sum.speed"]').fill('60');
  await page.getByText('60 of 100').waitFor();
  await page.locator('[name="q.sum.price"]').fill('40');
  // Too many at once: it is said, and what was typed stays.
  await page.route('**/s/**', (route) => route.fulfill({ status: 429, contentType: 'application/json', body: '{}' }));
  visit.expected.add(429);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('alert').getByText('Please send it once more').waitFor();
  expect(await page.locator('[name="q.sum.speed"]').inputValue()).toBe('60');
  await page.unroute('**/s/**');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Anything else?').waitFor();
  // Left, and come back to by the cookie alone.
  await page.goto('/healthz');
  await page.goto(path);
  await page.getByText('Anything else?').waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.locator('[name="q.nps"][value="7"]').waitFor({ state: 'attached' });
  expect(await page.locator('[name="q.nps"][value="7"]').isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Somebody reads every word.').waitFor();
  expect(visit.faults).toEqual([]);
  await visit.close();
});
