import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectedOf } from '../../demo/expected.ts';
import { FILE_NAMES, shopFile } from '../../demo/files.ts';
import { generateShop } from '../../demo/shop.ts';
import { openBrowser, type TestBrowser, type Visit } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const made = generateShop({ seed: 'browser', people: 300, from: '2025-01-01', days: 250 });
const expected = expectedOf(made);

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

async function makeWorkspace({ page }: Visit): Promise<void> {
  await page.getByLabel(/^Company/).fill('Lark & Lantern');
  await page.getByLabel(/^Time zone/).selectOption('America/Sao_Paulo');
  await page.getByLabel(/^Name/).fill('Ada');
  await page.getByLabel(/^E-mail/).fill('ada@example.com');
  await page.getByLabel(/^Password/).fill('correct horse battery');
  await page.getByRole('button', { name: 'Make the workspace' }).click();
}

async function loadFiles({ page }: Visit): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles(
      FILE_NAMES.map((name) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(shopFile(made, name)) })),
    );
  await page.getByRole('button', { name: `Start ${FILE_NAMES.length} imports` }).click();
  const list = page.getByRole('table', { name: 'Imports, newest first' });
  const rows = (name: string) => list.getByRole('row').filter({ hasText: name });
  for (const name of FILE_NAMES) await rows(name).getByText('loaded', { exact: true }).waitFor();
  expect(await list.getByText(/bad row/u).count()).toBe(0);
}

/** The numbers a text holds, as an English reader writes them. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/\d[\d,]*(?:\.\d+)?/gu)].map(([n]) => Number(n.replaceAll(',', '')));
}

/** A text as one line. */
function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

test('[MJ3] from the first page to one person’s own words', async () => {
  const visit = await browser.openPage();
  const { page } = visit;
  // Nobody is signed in yet, and the page asks who is.
  visit.expected.add(401);
  await visit.go('/');
  await makeWorkspace(visit);
  await page.getByRole('checkbox', { name: /^Files/ }).click();
  await page.getByRole('button', { name: 'Open imports' }).click();
  await loadFiles(visit);

  await page.getByRole('link', { name: 'See on Home what it says' }).click();
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByRole('button', { name: 'All time', exact: true }).click();
  const sentence = page.getByRole('heading', { level: 1 });
  await sentence.getByText('Customers whose parcel came late rate you').waitFor();
  const [gap = Number.NaN] = numbersIn(await sentence.innerText());
  expect(Math.abs(gap + expected.lateDifference.value)).toBeLessThan(0.051);
  const note = await page
    .locator('p', { hasText: /from [\d,]+ answers/u })
    .first()
    .innerText();
  expect(numbersIn(note)).toContain(expected.rating.n);
  expect(numbersIn(note)).toContain(expected.lateRate.n);
  const [rating = Number.NaN] = numbersIn(note);
  expect(Math.abs(rating - expected.rating.value)).toBeLessThan(0.051);
  expect(await visit.check({ axe: false })).toEqual([]);

  const comment = page
    .getByRole('listitem')
    .filter({ has: page.locator('a[href*="/unify/people/"]') })
    .first();
  const words = plain(await comment.locator('p').innerText());
  expect(made.reviews.map((r) => plain(`${r.title} ${r.message}`))).toContain(words);
  await comment.getByRole('link').click();
  await page.waitForURL(/\/unify\/people\/per_/u);
  await until('the sentence to stand on the person’s timeline', async () =>
    plain(await page.getByRole('main').innerText()).includes(words),
  );
  expect(await visit.check({ axe: false })).toEqual([]);
});
