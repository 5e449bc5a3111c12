import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser, type Visit } from '../test/support/browser.ts';
import { besideData, interactions, largestPaint, layoutShift, settle, watch } from './support/page-watch.ts';
import type { ReportLine } from './support/report.ts';
import { MAIN, OWNER, ServerProcess } from './support/server-process.ts';

const SCRIPT_LIMIT_KB = 300;
const CHANGE_LIMIT_MS = 100;
/** What Lighthouse and web.dev/articles/vitals call good, for three visits of four. */
const GOOD = { paintMs: 2_500, interactionMs: 200, shift: 0.1 };
const VISITS = 5;
const ROUNDS = 3;

/** Lines as Lighthouse applies them (`throttling` of its constants.js): bytes a second, and ms until an answer begins. */
const LINES = {
  desktop: { latency: 40, downloadThroughput: (10_240 * 1_024) / 8, uploadThroughput: (10_240 * 1_024) / 8, slower: 1 },
  phone: { latency: 562.5, downloadThroughput: (1_474.56 * 1_024) / 8, uploadThroughput: (675 * 1_024) / 8, slower: 4 },
} as const;

const PHONE = { width: 412, height: 823 } as const;

/**
 * The pages in the browser of this machine, over the demo: each visit in a context of its own, with nothing in its cache. How
 * large the script of Home's first load is, how soon its largest part stands and what it shifts; how long pages take to
 * change beside their data, and the reader's input to be seen.
 */
export const bench = {
  run: async (report: (line: ReportLine) => void): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    const server = new ServerProcess(join(folder, 'data'));
    try {
      await server.init();
      await server.start();
      await promisify(execFile)(process.execPath, [MAIN, 'demo', '--data', server.data]);
      const browser = await openBrowser(server.url);
      try {
        for (const line of await firstLoads(browser)) report(line);
        for (const line of await pageChanges(browser)) report(line);
        report(await slowestInteraction(browser));
      } finally {
        await browser.close();
      }
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function visited(
  browser: TestBrowser,
  how: { readonly width?: number; readonly height?: number; readonly ahead?: boolean } = {},
): Promise<Visit> {
  const visit = await browser.openPage({ ahead: true, ...how, motion: true });
  await watch(visit.page);
  await visit.signIn(OWNER);
  return visit;
}

async function firstLoads(browser: TestBrowser): Promise<ReportLine[]> {
  const scripts = new Map<string, number>();
  const plain = { paints: [] as number[], shifts: [] as number[] };
  for (let nth = 0; nth < VISITS; nth++) {
    // What comes ahead of other pages is no part of the first load: it waits until that is done.
    const visit = await visited(browser, { ahead: nth > 0 });
    if (nth === 0) {
      visit.page.on('response', (response) => {
        if (!response.url().endsWith('.js')) return;
        void response.body().then((body) => scripts.set(response.url(), gzipSync(body, { level: 9 }).length));
      });
    }
    await openHome(visit.page);
    plain.paints.push(await largestPaint(visit.page));
    plain.shifts.push(await layoutShift(visit.page));
    await visit.close();
  }
  const kilobytes = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0) / 1_024;
  const lines = [
    against('script of Home’s first load, gzip', kilobytes, 'KB', SCRIPT_LIMIT_KB),
    against('largest paint of Home', median(plain.paints), 'ms', GOOD.paintMs),
    against('layout shift of Home', Math.max(...plain.shifts), 'score', GOOD.shift),
  ];
  for (const name of ['desktop', 'phone'] as const) {
    const { paint, shift } = await slowLoad(browser, name);
    lines.push(against(`largest paint of Home, Lighthouse’s ${name}`, paint, 'ms', GOOD.paintMs));
    lines.push(against(`layout shift of Home, Lighthouse’s ${name}`, shift, 'score', GOOD.shift));
  }
  return lines;
}

/** Opens Home and waits until its figures stand: while they are asked for, nothing moves either. */
async function openHome(page: Page): Promise<void> {
  await page.goto('/');
  await page.locator('main figure').first().waitFor();
  await settle(page);
}

/** Home over a slower line, and on a slower processor. */
async function slowLoad(browser: TestBrowser, name: keyof typeof LINES): Promise<{ paint: number; shift: number }> {
  const { slower, ...line } = LINES[name];
  const paints: number[] = [];
  const shifts: number[] = [];
  for (let nth = 0; nth < ROUNDS; nth++) {
    const visit = await visited(browser, name === 'phone' ? PHONE : {});
    const tools = await visit.page.context().newCDPSession(visit.page);
    await tools.send('Network.enable');
    await tools.send('Network.emulateNetworkConditions', { offline: false, ...line });
    await tools.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await openHome(visit.page);
    paints.push(await largestPaint(visit.page));
    shifts.push(await layoutShift(visit.page));
    await visit.close();
  }
  return { paint: median(paints), shift: Math.max(...shifts) };
}

/**
 * Every page of the rail, one after the other, each for the first time in its visit, some seconds after Home was opened: its
 * code has come by then, its data have not.
 */
async function pageChanges(browser: TestBrowser): Promise<ReportLine[]> {
  const taken = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    const visit = await visited(browser);
    const { page } = visit;
    await openHome(page);
    const links = page.getByRole('navigation').getByRole('link');
    const paths = await links.evaluateAll((all) =>
      all.map((link) => new URL(link.getAttribute('href') ?? '', location.href).pathname),
    );
    for (const path of [...paths.filter((p) => p !== '/'), '/']) {
      await page.locator(`nav a[href="${path}"], nav a[href^="${path}?"]`).first().click();
      await page.waitForURL((url) => url.pathname === path);
      await settle(page);
      taken.set(path, [...(taken.get(path) ?? []), await besideData(page)]);
    }
    await visit.close();
  }
  const each = [...taken].map(([path, times]) => ({ path, ms: median(times) }));
  return [
    against(
      `page change beside its data, median of ${each.length} pages`,
      median(each.map(({ ms }) => ms)),
      'ms',
      CHANGE_LIMIT_MS,
    ),
    ...each.map(({ path, ms }) => against(`page change beside its data, ${path}`, ms, 'ms', CHANGE_LIMIT_MS)),
  ];
}

/** What a reader does on any page: opens what stands on top, asks for something by its name, sorts. */
async function slowestInteraction(browser: TestBrowser): Promise<ReportLine> {
  const visit = await visited(browser);
  const { page } = visit;
  const found: number[] = [];
  for (const path of ['/', '/measure/metrics/rating?by=order.late', '/listen/comments', '/unify/people']) {
    await page.goto(path);
    await settle(page);
    for (const button of await page.getByRole('banner').getByRole('button').all()) {
      if (!(await button.isVisible())) continue;
      await button.click();
      await settle(page);
      await page.keyboard.press('Escape');
      await settle(page);
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').first().waitFor();
    await page.keyboard.type('late');
    await settle(page);
    await page.keyboard.press('Escape');
    for (const head of await page.locator('th button').all()) await head.click();
    await settle(page);
    found.push(...(await interactions(page)));
  }
  await visit.close();
  return against('slowest interaction', Math.max(16, ...found), 'ms', GOOD.interactionMs);
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
}

function against(figure: string, value: number, unit: 'KB' | 'ms' | 'score', limit: number): ReportLine {
  const digits = unit === 'score' ? 1_000 : unit === 'KB' ? 10 : 1;
  return {
    bench: 'web',
    figure,
    value: Math.round(value * digits) / digits,
    unit,
    against: unit === 'score' ? String(limit) : `${limit} ${unit}`,
    ratio: Math.round((value / limit) * 100) / 100,
  };
}
