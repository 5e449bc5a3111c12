import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser, type Visit } from '../../../../test/support/browser.ts';
import { startServer, type Shop, type TestServer } from '../../../../test/support/server.ts';
import { ask } from '../../../../test/support/shop.ts';
import { surveyShape } from '../contract.ts';

let server: TestServer;
let browser: TestBrowser;
let shop: Shop;
beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser(server.url);
  shop = await server.setup();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Answers the survey on a phone, as its address is handed on. */
async function answer(address: string, lang: 'en' | 'fa', onward: string, thanks: string): Promise<void> {
  const visit = await browser.openPage({ lang, width: 390, scripts: lang === 'en' });
  await visit.page.goto(new URL(address).pathname);
  expect(await visit.page.evaluate(() => document.documentElement.dir)).toBe(lang === 'fa' ? 'rtl' : 'ltr');
  await visit.page
    .locator('label', { has: visit.page.locator('input[value="5"]') })
    .first()
    .click();
  await visit.page.getByRole('button', { name: onward }).click();
  await visit.page.getByText(thanks).waitFor();
  await visit.close();
}

const addressIn = async ({ page }: Visit): Promise<string> => (await page.locator('pre').first().textContent()) ?? '';

test('[SQ30] [SQ33] [SQ34] a survey is made from nothing in the editor, published, answered and changed', async () => {
  const visit = await browser.openPage();
  const { page } = visit;
  await visit.signIn(shop);
  await visit.go('/listen/surveys');
  await page.getByRole('button', { name: 'Make the first survey' }).click();
  await page.getByLabel('Name').fill('After delivery');
  await page.keyboard.press('Enter');
  // What is added has the focus: one goes on writing.
  for (const [kind, text] of [
    ['nps', undefined],
    ['single', 'Who brought it?'],
  ] as const) {
    await page.getByRole('button', { name: 'Add a question', exact: true }).click();
    await page.locator(`[data-kind=${kind}]`).click();
    const title = page.getByLabel('Question', { exact: true });
    await expect.poll(() => title.evaluate((field) => field === document.activeElement)).toBe(true);
    if (text !== undefined) await page.keyboard.type(text);
  }
  // What was typed is a step of its own once one goes on, and the next field has the focus.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-at'))).toBe('help');
  // Its page on a phone is made by the renderer that respondents get it from.
  await page.frameLocator('iframe').getByText('Who brought it?').waitFor();
  const order = () => page.locator('[data-row][data-is=question]').allTextContents();
  const handle = page.getByRole('button', { name: 'Move: Who brought it?' });
  await handle.focus();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('status').getByText('Now question 1 of 2 on page 1.').waitFor({ state: 'attached' });
  expect(await handle.evaluate((button) => button === document.activeElement)).toBe(true);
  expect((await order())[0]).toContain('Who brought it?');
  // Dragged back below the other one.
  const [from, to] = [await handle.boundingBox(), await page.locator('[data-row]').last().boundingBox()];
  await page.mouse.move((from?.x ?? 0) + 8, (from?.y ?? 0) + 8);
  await page.mouse.down();
  await page.mouse.move((to?.x ?? 0) + 8, (to?.y ?? 0) + (to?.height ?? 0), { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await order())[1]).toContain('Who brought it?');
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await order())[0]).toContain('Who brought it?');
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(async () => (await order())[1]).toContain('Who brought it?');
  expect(await visit.check()).toEqual([]);

  // Nothing is published while something is wrong, and one is led there.
  await page.getByRole('button', { name: 'Add a question', exact: true }).click();
  await page.locator('[data-kind=longText]').click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Go there' }).click();
  const empty = page.getByLabel('Question', { exact: true });
  await expect.poll(() => empty.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Version 1 takes answers.').waitFor();
  // Its address is told at once.
  await page.getByRole('dialog').getByRole('button', { name: 'All ways to share it' }).click();
  await answer(await addressIn(visit), 'en', 'Send', 'Thank you');

  // Somebody else saves meanwhile: nothing is lost, and what will be other is told before it is published again.
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const survey = surveyShape.parse(await (await ask(server, shop, `/api/v1/surveys/${id}`)).json());
  await ask(server, shop, `/api/v1/surveys/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ document: { ...survey.document, back: false }, revision: survey.revision }),
  });
  visit.expected.add(409);
  await page.getByRole('tab', { name: 'Questions' }).click();
  await page.getByRole('button', { name: 'Who brought it?', exact: true }).click();
  await page.getByLabel('Question', { exact: true }).fill('Who brought your parcel?');
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await page.getByRole('button', { name: 'Undo: taking the other version' }).click();
  await page.locator('[data-keeping=saved]').waitFor();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByText('Changed: ⁨Who brought your parcel?⁩').waitFor();
  await visit.close();
});

test('[SQ30] [SQ33] the same in Persian, on a phone', async () => {
  const visit = await browser.openPage({ lang: 'fa', width: 390, theme: 'dark' });
  const { page } = visit;
  await visit.signIn(shop);
  await visit.go('/listen/surveys/new');
  await page.getByLabel('نام').fill('پس از تحویل');
  await page.keyboard.press('Enter');
  await page.locator('[data-kind=csat]').click();
  await page.getByLabel('پرسش', { exact: true }).fill('از بسته چقدر راضی هستید؟');
  await page.getByRole('button', { name: 'پیش‌نمایش' }).click();
  await page.frameLocator('iframe').getByText('از بسته چقدر راضی هستید؟').waitFor();
  expect(await visit.check({ axe: false })).toEqual([]);
  await page.getByRole('button', { name: 'انتشار' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'انتشار' }).click();
  await page.getByText('نسخهٔ ۱ پاسخ می‌گیرد.').waitFor();
  await page.getByRole('button', { name: 'همهٔ راه‌های هم‌رسانی' }).click();
  await answer(await addressIn(visit), 'fa', 'فرستادن', 'سپاسگزاریم');
  await visit.close();
});

test('[SQ40] [SQ42] [SQ43] [SQ44] its logic, languages and look are seen to, and a trial leaves nothing', async () => {
  const made = await ask(server, shop, '/api/v1/surveys', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Visit',
      document: {
        format: 1,
        languages: ['en', 'fa'],
        title: { en: 'Your visit' },
        hidden: [{ id: 'till' }],
        pages: [
          { id: 'p1', questions: [{ id: 'nps', kind: 'nps', required: true, title: { en: 'How likely?' } }] },
          { id: 'p2', questions: [{ id: 'why', kind: 'longText', title: { en: 'Why, {{hidden.till|you}}?' } }] },
        ],
        endings: [{ id: 'thanks', title: { en: 'Thank you' } }],
      },
    }),
  });
  const { id } = surveyShape.parse(await made.json());
  const visit = await browser.openPage();
  const { page } = visit;
  await visit.signIn(shop);
  await visit.go(`/listen/surveys/${id}?view=logic`);
  // A box is opened, a way led past the second page, and drawn at once.
  await page.getByRole('button', { name: /^Page 1/ }).click();
  const opened = page.locator('section', { hasText: 'Where it leads after this page' }).last();
  await opened.getByRole('button', { name: 'Add a skip' }).click();
  await opened.getByRole('button', { name: 'Add a condition' }).click();
  await opened.getByLabel('Comparison').selectOption('is at least');
  await page
    .getByRole('listitem')
    .getByText(/^When .*How likely.* is at least 6: to Ending 1/)
    .waitFor();
  expect(await visit.check()).toEqual([]);
  await page.getByRole('tab', { name: 'Languages' }).click();
  await page.getByLabel('Page 1, question 1 — title').fill('چقدر احتمال دارد؟');
  await page.getByText('1 of 4 written.').waitFor();
  expect(await visit.check()).toEqual([]);
  await page.getByRole('tab', { name: 'Look' }).click();
  await page.getByLabel('Background', { exact: true }).fill('#777777');
  await page.getByRole('button', { name: 'Take the closest colours that can be read' }).click();
  expect(await visit.check()).toEqual([]);
  // As the survey itself: what has to be answered is told, the way past the second page is taken.
  await page.getByRole('tab', { name: 'Try' }).click();
  await page.getByLabel('Language', { exact: true }).selectOption('Persian');
  const tried = page.frameLocator('iframe');
  await tried.getByRole('button', { name: 'ادامه' }).click();
  await tried.getByText('چقدر احتمال دارد؟').first().waitFor();
  await tried.locator('.problems').waitFor();
  await tried.locator('input[value="9"]').check({ force: true });
  await tried.locator('button[value=next]').click();
  await page.getByText('It counts as complete.').waitFor();
  await page.getByRole('cell', { name: '9', exact: true }).waitFor();
  expect(await visit.check()).toEqual([]);
  const responses = await (await ask(server, shop, `/api/v1/surveys/${id}/responses`)).json();
  expect(responses).toMatchObject({ items: [] });
  await visit.close();
});
