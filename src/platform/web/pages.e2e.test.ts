import { LANGUAGES, languageOf, type Language } from '@touchstone/domain/languages';
import { EVERY_KIND_SURVEY } from '../../../packages/sdk/src/survey/test-data/every-kind.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser, type Visit } from '../../../test/support/browser.ts';
import { BEHIND, LAYOUT } from '../../../test/support/gallery.ts';
import { FOCUSED, keyboardFaults } from '../../../test/support/keyboard.ts';
import { listedPages } from '../../../test/support/pages.ts';
import { startServer, type Shop, type TestServer } from '../../../test/support/server.ts';
import { ask, inviteSomebody, loadDemo } from '../../../test/support/shop.ts';
import { messagesIn, sentencesOn, strangeWords, word } from '../../../test/support/strange.ts';

/** The narrowest window a page has to fit (WCAG 1.4.10), a phone and a screen, in pixels. */
const [NARROW, PHONE, SCREEN] = [320, 390, 1_440];

let server: TestServer;
let browser: TestBrowser;
let shop: Shop;
/** Nobody who is signed in, and the owner: each opens one page and goes on from there. */
let guest: Visit;
let member: Visit;
let examples: Readonly<Record<string, string>>;
/** What the shop calls its things, in the language it was set up in. */
let names: readonly string[] = [];
let wrongAtFirst: readonly string[];

/** Something to see behind every name that stands in a path. */
async function findExamples(): Promise<Readonly<Record<string, string>>> {
  const idOf = async (path: string): Promise<string> => {
    const { items }: { items: { id: string }[] } = await (await ask(server, shop, `/api/v1/${path}?limit=1`)).json();
    return items[0]?.id ?? '';
  };
  const view = { name: 'A view', shared: true, state: { metric: 'rating', view: 'multiples', by: 'stage' } };
  const saved = await ask(server, shop, '/api/v1/views', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(view),
  });
  const { id: viewId }: { id: string } = await saved.json();
  const made = await ask(server, shop, '/api/v1/surveys', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Lark', document: EVERY_KIND_SURVEY }),
  });
  const { id: surveyId }: { id: string } = await made.json();
  const shared = await ask(server, shop, `/api/v1/surveys/${surveyId}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Lark' }),
  });
  const { url }: { url: string } = await shared.json();
  return {
    $personId: await idOf('people'),
    $orderId: await idOf('orders'),
    $viewId: viewId,
    $surveyId: surveyId,
    $reportToken: url.split('/').at(-1) ?? '',
    $key: 'rating?by=order.late&a=true&b=false',
    $term: 'nps',
    $token: await inviteSomebody(server, shop, 'mira@example.com', 'analyst'),
  };
}

async function findNames(): Promise<readonly string[]> {
  const read = async <T>(path: string): Promise<T> => (await ask(server, shop, `/api/v1/${path}`)).json();
  const { stages, touchpoints } = await read<Record<'stages' | 'touchpoints', { name: string }[]>>('catalogue');
  const { items } = await read<{ items: { field: string }[] }>('metrics/fields');
  const person = await read<{ label: string }>(`people/${examples['$personId']}`);
  // A property nobody gave a name is called by its key: `Return id`.
  const keys = items.map(({ field }) => field.slice(field.indexOf('.') + 1).replaceAll('_', ' '));
  return [
    ...[...stages, ...touchpoints].map(({ name }) => name),
    ...keys.map((key) => key.charAt(0).toUpperCase() + key.slice(1)),
    person.label,
  ];
}

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser(server.url);
  guest = await browser.openPage();
  // Who is a guest is asked; what stands behind a made-up name is not there.
  for (const status of [401, 404]) guest.expected.add(status);
  await guest.go('/');
  wrongAtFirst = await faultsOf(guest);
  shop = await server.setup({ company: 'Lark & Lantern' });
  await loadDemo(server, shop);
  examples = await findExamples();
  names = await findNames();
  member = await browser.openPage();
  member.expected.add(404);
  await member.signIn(shop);
  await member.go('/');
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** With axe: one language of either direction. */
const isLookedInto = (language: Language): boolean => language === 'en' || language === 'fa';

function widthsIn(language: Language): readonly number[] {
  if (isLookedInto(language)) return [NARROW, PHONE, SCREEN];
  // Words are longest in Russian.
  return language === 'ru' ? [NARROW, 600, 861, SCREEN] : [NARROW, SCREEN];
}

/** From where the page stands to where it has to be, without going back and forth. */
function orderFrom<T>(all: readonly T[], now: T | undefined): readonly T[] {
  return all.at(-1) === now ? all.toReversed() : all;
}

/**
 * Everything that is wrong with the page as it stands, in each language and from the narrowest window to a screen; in a language of either direction also with axe, in both schemes of colours. The page stays open all the while.
 */
async function faultsOf(visit: Visit): Promise<readonly string[]> {
  const { page } = visit;
  const found: string[] = [];
  const said = new Map<Language, ReadonlySet<string>>();
  const now = languageOf(await page.evaluate(() => document.documentElement.lang));
  for (const language of orderFrom<Language>(LANGUAGES, now)) {
    await visit.speak(language);
    for (const width of orderFrom(widthsIn(language), page.viewportSize()?.width)) {
      await visit.resize(width);
      const faults = [...(await visit.check({ axe: false })), ...(await strangeWords(page, language, names))];
      if (width >= PHONE && isLookedInto(language)) faults.push(...(await visit.axeInBothSchemes()));
      // A window so narrow and words so wide at once are asked of no page where words are longest.
      if (width === (language === 'ru' ? 600 : NARROW)) faults.push(...(await spacedOut(visit, language)));
      if (width === SCREEN && language === 'sl') faults.push(...(await keyboardFaults(page)));
      if (width === NARROW) said.set(language, await sentencesOn(page));
      found.push(...faults.map((fault) => `${language}, ${width} px: ${fault}`));
    }
  }
  for (const language of ['pl', 'sl'] as const) {
    const own = new Set([...messagesIn(language).values(), ...names]);
    const same = [...(said.get(language) ?? [])].filter((text) => said.get('en')?.has(text) === true && !own.has(text));
    found.push(...same.map((text) => `${language}: as in English: ${text}`));
  }
  visit.faults.length = 0;
  return found;
}

/** Lines, words and letters as far apart as a reader may set them (WCAG 1.4.12); Persian letters are joined. */
async function spacedOut(visit: Visit, language: Language): Promise<readonly string[]> {
  await visit.page.evaluate(
    (letters) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: ${letters} !important; word-spacing: 0.16em !important }`); // prettier-ignore
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },
    language === 'fa' ? 'normal' : '0.12em',
  );
  const faults = await visit.check({ axe: false });
  await visit.page.evaluate(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
  });
  return faults.map((fault) => `spaced out: ${fault}`);
}

test('[WB14, WB15, WS17, AC8] the first page of all holds in every language, at every width, light and dark', () => {
  expect(wrongAtFirst).toEqual([]);
});

/** What no path alone shows. */
const MORE = [
  '/measure/metrics/rating?view=lineage',
  '/listen/comments?search=nothing+of+that',
  '/listen/surveys/new?way=ready',
  '/listen/surveys/new?way=import',
  ...['logic', 'texts', 'look', 'try', 'settings', 'share'].map((view) => `/listen/surveys/$surveyId?view=${view}`),
  ...['compare', 'cross', 'stops', 'singles', 'share'].map((show) => `/listen/surveys/$surveyId/results?show=${show}`),
  '/no/such/page',
];

for (const { path, permission } of [
  ...listedPages(),
  ...MORE.map((path) => ({ path, permission: 'workspace:read' })),
]) {
  test(`[WB14, WB15, WS17, PP6, CP6, AC8] ${path.replaceAll('$', ':')} holds in every language, at every width, light and dark`, async () => {
    const visit = permission === 'public' ? guest : member;
    const names = path.match(/\$\w+/g) ?? [];
    // A page is walked with something on it: who adds one says what.
    expect(Object.keys(examples)).toEqual(expect.arrayContaining(names));
    await visit.goWithin(path.replaceAll(/\$\w+/g, (name) => examples[name] ?? ''));
    expect(await faultsOf(visit)).toEqual([]);
  });
}

/** The owner, loading a page anew. */
async function openAnew(path: string, width = SCREEN): Promise<Visit> {
  await member.resize(width);
  await member.speak('en');
  await member.go(path);
  return member;
}

test.each(['/measure/metrics/rating?by=order.late', '/listen/imports'])(
  '[WB15] everything on %s is reached by keyboard, and seen to have the focus',
  async (path) => {
    const { page } = await openAnew(path);
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
  },
);

test('[WB15] the first thing reached leads past the rail to the page, and a change of page is told', async () => {
  const { page } = await openAnew('/measure/metrics');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  await page.getByRole('link', { name: 'Comments' }).first().click();
  await page.getByRole('status').getByText('Comments', { exact: true }).waitFor({ state: 'attached' });
});

test.each([
  ['en', 'light', SCREEN],
  ['fa', 'dark', PHONE],
] as const)(
  '[WB14, WB15] a dialog keeps the focus and gives it back, and is in order in %s and %s, %i pixels wide',
  async (lang, theme, width) => {
    const { page } = member;
    const inside = (): Promise<boolean> => page.evaluate(`document.activeElement?.closest('[role=dialog]') != null`);
    const opens: readonly (readonly [string, string])[] = [
      ['/listen/imports', 'imports.undo.ask'],
      ['/', 'web.palette.open'],
      ['/measure/metrics/rating', 'metrics.home.howWeKnow'],
      ['/measure/metrics', 'web.period.label'],
      ['/measure/metrics', 'web.filter.label'],
      ['/understand/catalogue', 'catalogue.rules.add'],
    ];
    await member.speak(lang);
    await member.dress(theme);
    await member.resize(width);
    for (const [path, key] of opens) {
      const name = word(lang, key).replace(/\{\{.*/, '');
      await member.goWithin(path);
      const button = page.getByRole('main').or(page.getByRole('banner')).getByRole('button', { name }).first();
      await button.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      expect(await member.check(), name).toEqual([]);
      for (let step = 0; step < 8; step++) {
        await page.keyboard.press('Tab');
        expect(await inside(), name).toBe(true);
      }
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect
        .poll(() => button.evaluate((e) => e === document.activeElement), { message: name, timeout: 10_000 })
        .toBe(true);
    }
  },
);

test('[WB15] a menu is opened, gone through and left by keyboard', async () => {
  const { page } = await openAnew('/unify/people');
  for (const button of [page.getByRole('button', { name: 'Export' }), page.getByRole('button', { name: 'Ada' })]) {
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    expect(await member.check()).toEqual([]);
    const items = page.getByRole('menuitem');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('menuitem');
    await page.keyboard.press('End');
    await expect.poll(() => items.last().evaluate((e) => e === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await expect.poll(() => button.evaluate((e) => e === document.activeElement)).toBe(true);
  }
});

test.each([
  ['en', SCREEN],
  ['en', PHONE],
  ['fa', PHONE],
  ['fa', SCREEN],
] as const)('[WB17] [WB18] the gallery is in order in %s, %i pixels wide, light and dark', async (lang, width) => {
  const { page } = member;
  await member.speak(lang);
  await member.resize(width);
  await member.goWithin('/gallery');
  expect(await page.evaluate(LAYOUT)).toEqual([]);
  const behind: { pictures: number; bare: string[]; silent: string[] } = await page.evaluate(BEHIND);
  expect(behind).toEqual({ pictures: behind.pictures, bare: [], silent: [] });
  expect(behind.pictures).toBeGreaterThan(12);
  // The table can be asked for, and the evidence opened.
  const first = page.locator('#series figure').first();
  await first.getByRole('button').click();
  await first.getByRole('region').waitFor();
  await page.locator('#evidence').getByRole('button').click();
  await page.getByRole('dialog').getByRole('blockquote').waitFor();
  expect([...(await member.check({ axe: false })), ...(await member.axeInBothSchemes())]).toEqual([]);
});
