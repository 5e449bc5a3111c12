/**
 * Chromium on the built pages:
 *
 *     const browser = await openBrowser(server.url);
 *     const visit = await browser.openPage({ lang: 'fa', theme: 'dark', width: 390 });
 *     await visit.signIn(shop);
 *     await visit.go('/listen/comments');
 *     await visit.page.getByRole('heading', …);
 *     await visit.check();          // no console error, no failed request, no sideways scroll, no motion, no fault axe finds
 *     await browser.close();        // in afterAll
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Language } from '@touchstone/domain/languages';
import type { Shop } from './server.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU', pl: 'pl-PL', sl: 'sl-SI', fa: 'fa-IR' };

export interface VisitOptions {
  readonly lang?: Language;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** As for a reader who did not ask for less of it. */
  readonly motion?: boolean;
  /** Off: a browser that runs no script. */
  readonly scripts?: boolean;
}

interface AxeFault {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

export class TestBrowser {
  constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  /** A page with cookies of its own. Motion is off unless said, the clock's zone is UTC. */
  async openPage(options: VisitOptions = {}): Promise<Visit> {
    const { lang = 'en', theme = 'light', width = 1440, height = 900, motion = false, scripts = true } = options;
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: { width, height },
      locale: LOCALES[lang],
      colorScheme: theme,
      timezoneId: 'UTC',
      reducedMotion: motion ? 'no-preference' : 'reduce',
      acceptDownloads: true,
      javaScriptEnabled: scripts,
    });
    context.setDefaultTimeout(60_000);
    await context.addInitScript((chosen) => localStorage.setItem('touchstone.language', chosen), lang);
    return new Visit(context, await context.newPage(), this.url, motion);
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

export class Visit {
  /** Errors of the console and of scripts, and requests that failed, as they came. */
  readonly faults: string[] = [];
  /** Statuses of the API that a test means to get: `401`, on the sign-in page. */
  readonly expected = new Set<number>();

  constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly url: string,
    private readonly motion: boolean,
  ) {
    page.on('console', (message) => {
      // A refused request is said twice: here and, with its address and status, below.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.faults.push(`console: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.faults.push(`script: ${error.message}`));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // The page no longer wanted the answer: it was left, or asked anew.
      if (reason !== 'net::ERR_ABORTED') this.faults.push(`request: ${request.url()} ${reason}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400 && !this.expected.has(response.status())) {
        this.faults.push(`answer: ${response.status()} ${response.request().method()} ${response.url()}`);
      }
    });
  }

  /** Signs in through the API, in this page's own cookies. */
  async signIn(shop: Pick<Shop, 'email' | 'password'>): Promise<void> {
    const response = await this.context.request.post('/api/v1/session', {
      data: { email: shop.email, password: shop.password },
      headers: { origin: this.url },
    });
    if (!response.ok()) throw new Error(`Signing in answered ${response.status()}: ${await response.text()}`);
  }

  /** Opens a path and waits until its requests are answered. */
  async go(path: string): Promise<void> {
    await this.page.goto(path, { waitUntil: 'networkidle' });
  }

  /** What is wrong with the page as it stands, each in a line; nothing for a page in order. */
  async check(options: { readonly axe?: boolean } = {}): Promise<readonly string[]> {
    const faults = [...this.faults];
    const sideways = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (sideways > 0) faults.push(`sideways: the page is ${sideways} px wider than the window`);
    const moving = await this.page.evaluate(
      () => document.getAnimations().filter((a) => a.playState === 'running').length,
    );
    if (moving > 0 && !this.motion) faults.push(`motion: ${moving} animations run for a reader who asked for less`);
    if (options.axe !== false) faults.push(...(await this.#axe()));
    return faults;
  }

  async #axe(): Promise<readonly string[]> {
    if (!(await this.page.evaluate(`'axe' in window`))) await this.page.evaluate(AXE);
    const found: readonly AxeFault[] = await this.page.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations)`,
    );
    return found.map(
      (fault) =>
        `axe ${fault.id}: ${fault.help}: ${fault.nodes.map((n) => `${n.target.join(' ')} (${n.failureSummary ?? ''})`).join('; ')}`,
    );
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The browser of the machine: `CHROMIUM`, else where Debian and others put it. */
export async function openBrowser(url: string): Promise<TestBrowser> {
  const executablePath = process.env['CHROMIUM'] ?? PLACES.find(existsSync);
  if (executablePath === undefined) throw new Error('No chromium was found. On Debian: apt-get install chromium');
  return new TestBrowser(await chromium.launch({ executablePath, args: FLAGS }), url);
}
