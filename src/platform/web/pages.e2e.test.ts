import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { directionOf } from '@touchstone/domain/languages';
import type { Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser, type Visit } from '../../../test/support/browser.ts';
import { startServer, type Shop, type TestServer } from '../../../test/support/server.ts';
import { ask, loadDemo } from '../../../test/support/shop.ts';

let server: TestServer;
let browser: TestBrowser;
let shop: Shop;

beforeAll(async () => {
  server = await startServer();
  shop = await server.setup({ company: 'Lark & Lantern' });
  await loadDemo(server, shop, 120);
  browser = await openBrowser(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Listed {
  readonly path: string;
  readonly isPublic: boolean;
}

const SRC = fileURLToPath(new URL('../../', import.meta.url));

/** What capabilities list of their pages, as it stands in their files: the app itself runs in a browser only. */
const CAPABILITIES = readdirSync(SRC, { recursive: true })
  .map(String)
  .filter((name) => /web[\\/](?:index|capability)\.ts$/.test(name))
  .flatMap((name) => {
    const text = readFileSync(`${SRC}${name}`, 'utf8');
    const key = /^ {2}key: '(\w+)'/m.exec(text)?.[1];
    return key === undefined ? [] : [{ key, text }];
  });

/** Every page a capability lists, whoever added it. */
function listedPages(): readonly Listed[] {
  return CAPABILITIES.flatMap(({ text }) => [...text.matchAll(/path: '([^']+)',\s*permission: '([^']+)'/g)]).map(
    ([, path = '', permission]) => ({ path, isPublic: permission === 'public' }),
  );
}

/** Something to see behind a name in a path; a page whose name is not here has to hold without it. */
async function examples(): Promise<Readonly<Record<string, string>>> {
  const people: { items: { id: string }[] } = await (await ask(server, shop, '/api/v1/people?limit=1')).json();
  return { $personId: people.items[0]?.id ?? '', $key: 'rating?by=order.late&a=true&b=false' };
}

/** Goes to a path and waits until the page has what it asked for. */
async function open({ page }: Visit, path: string): Promise<void> {
  const asked = new Set<Request>();
  const began = (request: Request): void => void asked.add(request);
  const ended = (request: Request): void => void asked.delete(request);
  page.on('request', began).on('requestfinished', ended).on('requestfailed', ended);
  await page.goto(path, { waitUntil: 'load' });
  await expect
    .poll(() => asked.size, { message: `${path} to have its answers`, interval: 120, timeout: 20_000 })
    .toBe(0);
  await page.getByRole('heading', { level: 1 }).waitFor();
  page.off('request', began).off('requestfinished', ended).off('requestfailed', ended);
}

/** A key that stands on the page in place of its words. */
const BARE_KEY = new RegExp(String.raw`\b(?:${CAPABILITIES.map(({ key }) => key).join('|')})(?:\.\w+){2,}`);

test.each([
  ['en', 'light', true],
  ['ru', 'light', false],
  ['pl', 'dark', false],
  ['sl', 'light', false],
  ['fa', 'dark', true],
] as const)('[WB14] every page holds on a phone in %s and %s', async (lang, theme, axe) => {
  const pages = listedPages();
  expect(pages.length).toBeGreaterThan(12);
  const known = await examples();
  const phone = { lang, theme, width: 390, height: 844 } as const;
  const [guest, member] = [await browser.openPage(phone), await browser.openPage(phone)];
  // Who is a guest is asked; what stands behind a made-up name is not there.
  for (const visit of [guest, member]) for (const status of [400, 401, 404]) visit.expected.add(status);
  await member.signIn(shop);
  const paths = (isPublic: boolean): readonly string[] =>
    pages
      .filter((page) => page.isPublic === isPublic)
      .map(({ path }) => path.replaceAll(/\$\w+/g, (name) => known[name] ?? 'none'));
  const more = ['/measure/metrics/rating?view=lineage', '/listen/comments?search=nothing+of+that', '/no/such/page'];
  for (const [visit, own] of [
    [guest, paths(true)],
    [member, [...paths(false), ...more]],
  ] as const) {
    for (const path of own) {
      await open(visit, path);
      expect(await visit.check({ axe }), path).toEqual([]);
      const said: { lang: string; dir: string; text: string } = await visit.page.evaluate(
        `({ lang: document.documentElement.lang, dir: document.documentElement.dir, text: document.body.innerText })`,
      );
      expect([said.lang, said.dir, BARE_KEY.exec(said.text)], path).toEqual([lang, directionOf(lang), null]);
    }
  }
  await guest.close();
  await member.close();
});

/** What has the focus: a name to tell it by, and whether it is seen to have it. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return null;
  const shows = (e) => {
    const style = getComputedStyle(e);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const within = at.closest('label, [role=radiogroup], .mantine-Input-wrapper') ?? at;
  const bordered = at.matches('input, select, textarea');
  at.dataset.seen = 'yes';
  return { name: (at.getAttribute('aria-label') ?? at.textContent ?? '').trim().slice(0, 40) || at.tagName, shown: bordered || shows(at) || shows(within) };
})()`;

test.each(['/measure/metrics/rating?by=order.late', '/listen/imports'])(
  '[WB15] everything on %s is reached by keyboard, and seen to have the focus',
  async (path) => {
    const visit = await browser.openPage();
    await visit.signIn(shop);
    await open(visit, path);
    const { page } = visit;
    const hidden: string[] = [];
    for (let step = 0; step < 400; step++) {
      await page.keyboard.press('Tab');
      const at: { name: string; shown: boolean } | null = await page.evaluate(FOCUSED);
      if (at === null) break;
      if (!at.shown) hidden.push(at.name);
    }
    expect(hidden).toEqual([]);
    const missed: string[] = await page.evaluate(`[...document.querySelectorAll('a[href], button, input, select')]
      .filter((e) => e.dataset.seen === undefined && !e.disabled && e.getClientRects().length > 0 && e.tabIndex >= 0 && e.type !== 'radio')
      .map((e) => e.outerHTML.slice(0, 120))`);
    expect(missed).toEqual([]);
    await visit.close();
  },
);

test('[WB15] a dialog keeps the focus and gives it back', async () => {
  const visit = await browser.openPage();
  await visit.signIn(shop);
  const { page } = visit;
  const inside = (): Promise<boolean> => page.evaluate(`document.activeElement?.closest('[role=dialog]') != null`);
  const keepsFocus = async (): Promise<void> => {
    await page.getByRole('dialog').waitFor();
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('Tab');
      expect(await inside()).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  const opens: readonly (readonly [string, string])[] = [
    ['/listen/imports', 'Undo'],
    ['/', 'Search or jump to'],
    ['/measure/metrics/rating', 'How we know'],
    ['/measure/metrics', 'Period: All time'],
    ['/measure/metrics', 'Filter: Everyone'],
    ['/understand/catalogue', 'Add a rule'],
  ];
  for (const [path, name] of opens) {
    await open(visit, path);
    const button = page.getByRole('main').or(page.getByRole('banner')).getByRole('button', { name }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    await keepsFocus();
    await expect
      .poll(() => button.evaluate((e) => e === document.activeElement), { message: name, timeout: 10_000 })
      .toBe(true);
  }
  await visit.close();
});

/**
 * What lies wrong in the gallery: words over other words, outside of their specimen, or cut off without a sign. What one
 * scrolls to, and what only readers of the screen have, is not looked at.
 */
const LAYOUT = `(() => {
  const faults = [];
  const clip = (rect, host, specimen) => {
    let { left, right, top, bottom } = rect;
    for (let at = host; at !== specimen; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const box = at.getBoundingClientRect();
      const marked = style.overflowX !== 'hidden' || style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      if (!marked && (left < box.left - 2 || right > box.right + 2)) faults.push('cut off: ' + host.textContent.slice(0, 60));
      [left, right, top, bottom] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { left, right, top, bottom };
  };
  for (const specimen of document.querySelectorAll('[data-specimen]')) {
    const box = specimen.getBoundingClientRect();
    const where = specimen.closest('section').id + ' ' + specimen.dataset.specimen + ': ';
    const walker = document.createTreeWalker(specimen, NodeFilter.SHOW_TEXT);
    const placed = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const host = node.parentElement;
      if (node.data.trim() === '' || host.closest('.seen-by-readers') !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const { left, right, top, bottom } = clip(rect, host, specimen);
        if (right - left < 1 || bottom - top < 1) continue;
        const text = node.data.trim().slice(0, 40);
        if (left < box.left - 1 || right > box.right + 1) faults.push(where + 'outside: ' + text);
        // A line of type is taller than its letters.
        const air = (bottom - top) / 4;
        placed.push({ node, text, left: left + 1, right: right - 1, top: top + air, bottom: bottom - air });
      }
    }
    for (const [at, a] of placed.entries()) {
      for (const b of placed.slice(at + 1)) {
        // A text that is cut short counts its end twice.
        if (a.node !== b.node && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) faults.push(where + a.text + ' over ' + b.text);
      }
    }
  }
  return faults;
})()`;

/** Pictures without the table of their figures, and the number of those that have one. */
const BEHIND = `(() => {
  const pictures = [...document.querySelectorAll('#series figure, #journey figure, #distribution [data-specimen], #heat [data-specimen]')]
    .filter((picture) => !['none', 'unknown'].includes(picture.dataset.specimen));
  const bare = pictures.filter((picture) => picture.querySelector('table caption') === null || picture.querySelectorAll('tbody tr').length < 3);
  const silent = [...document.querySelectorAll('#effects li, #ranked li, #score .seen-by-readers')].filter((row) => !/\\p{Nd}/u.test(row.textContent));
  return { pictures: pictures.length, bare: bare.map((picture) => picture.outerHTML.slice(0, 120)), silent: silent.map((row) => row.textContent) };
})()`;

test.each([
  ['en', 'light', 1440],
  ['en', 'dark', 390],
  ['fa', 'light', 390],
  ['fa', 'dark', 1440],
] as const)('[WB17] [WB18] the gallery is in order in %s and %s, %i pixels wide', async (lang, theme, width) => {
  const visit = await browser.openPage({ lang, theme, width });
  await visit.signIn(shop);
  await open(visit, '/gallery');
  expect(await visit.page.evaluate(LAYOUT)).toEqual([]);
  const behind: { pictures: number; bare: string[]; silent: string[] } = await visit.page.evaluate(BEHIND);
  expect(behind).toEqual({ pictures: behind.pictures, bare: [], silent: [] });
  expect(behind.pictures).toBeGreaterThan(12);
  // The table can be asked for, and the evidence opened.
  const first = visit.page.locator('#series figure').first();
  await first.getByRole('button').click();
  await first.getByRole('region').waitFor();
  await visit.page.locator('#evidence').getByRole('button').click();
  await visit.page.getByRole('dialog').getByRole('blockquote').waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.close();
});
