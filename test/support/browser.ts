/**
 * Chromium on the built pages:
 *
 *     const browser = await openBrowser(server.url);
 *     const visit = await browser.openPage({ lang: 'fa', theme: 'dark', width: 390 });
 *     await visit.signIn(shop);
 *     await visit.go('/listen/comments');      // until what it shows is there
 *     await visit.page.getByRole('heading', …);
 *     await visit.check();          // no console error, no failed request, no sideways scroll, no motion, no fault axe finds
 *     await visit.goWithin('/unify/people');   // as by a link; and within the page as it stands:
 *     await visit.speak('pl'); await visit.resize(390); await visit.dress('dark');
 *     await browser.close();        // in afterAll
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';
import type { Language } from '@touchstone/domain/languages';
import type { Shop } from './server.ts';
import { until } from './until.ts';
import { LOADING } from './waiting.ts';

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

type Theme = 'light' | 'dark';

const NOWHERE = '/no/such/page';

/** Longer than a page takes from one answer to the next question. */
const QUIET_MS = 80;

export interface VisitOptions {
  readonly lang?: Language;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** As for a reader who did not ask for less of it. */
  readonly motion?: boolean;
  /** Off: a browser that runs no script. */
  readonly scripts?: boolean;
  /** Fetches pages before they are opened, as for a reader who does not save data. */
  readonly ahead?: boolean;
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

  /** A page with cookies of its own. Motion is off and data is saved unless said, the clock's zone is UTC. */
  async openPage(options: VisitOptions = {}): Promise<Visit> {
    const {
      lang = 'en',
      theme = 'light',
      width = 1440,
      height = 900,
      motion = false,
      scripts = true,
      ahead = false,
    } = options;
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
    const page = await context.newPage();
    if (!ahead) {
      const tools = await context.newCDPSession(page);
      await tools.send('Emulation.setDataSaverOverride', { dataSaverEnabled: true });
    }
    return new Visit(context, page, this.url, motion);
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
  /** Requests that are not answered yet, and when one last began or ended. */
  readonly #asked = new Set<Request>();
  #stirred = 0;

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
    page.on('request', (request) => this.#stir(() => this.#asked.add(request)));
    page.on('requestfinished', (request) => this.#stir(() => this.#asked.delete(request)));
    page.on('requestfailed', (request) => {
      this.#stir(() => this.#asked.delete(request));
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

  #stir(change: () => unknown): void {
    change();
    this.#stirred = performance.now();
  }

  /** Opens a path and waits until what it shows is there. */
  async go(path: string): Promise<void> {
    this.#asked.clear();
    await this.page.goto(path, { waitUntil: 'load' });
    await this.#settled(path);
  }

  /** Goes to a path as a link leads there: nothing is loaded anew but what the path needs. */
  async goWithin(path: string): Promise<void> {
    // By way of a page there is none of, so that the same one with another question is not taken for the one before.
    if (path !== NOWHERE) {
      await this.#push(NOWHERE);
      await until('the page to be left', () => this.#isThere());
    }
    await this.#push(path);
    await this.#settled(path);
  }

  #push(path: string): Promise<void> {
    return this.page.evaluate((next) => {
      for (const heading of document.querySelectorAll('h1')) heading.dataset['left'] = 'yes';
      history.pushState({}, '', next);
    }, path);
  }

  /** Whether the page has its heading, and nothing on it is on its way. */
  async #isThere(): Promise<boolean> {
    const asked = this.page.evaluate((loading) => {
      // In the gallery some wait for ever.
      const waiting = [...document.querySelectorAll('[role=status]:not([data-specimen] *)')].some(
        (e) => loading.includes(e.ariaLabel ?? '') || loading.includes(e.firstElementChild?.textContent ?? ''),
      );
      return document.querySelector('h1:not([data-left])') !== null && !waiting;
    }, LOADING);
    // It went on to another page meanwhile.
    return asked.catch(() => false);
  }

  /** Until it is there and asks for nothing more. */
  async #settled(path: string): Promise<void> {
    const isQuiet = (): boolean => this.#asked.size === 0 && performance.now() - this.#stirred > QUIET_MS;
    await until(`${path} to be there`, async () => isQuiet() && (await this.#isThere()) && isQuiet());
  }

  /** In another language, as once it was chosen in another tab: the page stays. */
  async speak(language: Language): Promise<void> {
    await this.page.evaluate((newValue) => {
      const key = 'touchstone.language';
      localStorage.setItem(key, newValue);
      dispatchEvent(new StorageEvent('storage', { key, newValue }));
    }, language);
    await this.page.waitForFunction((lang) => document.documentElement.lang === lang, language);
    await this.#drawn();
  }

  async dress(theme: Theme): Promise<void> {
    await this.page.emulateMedia({ colorScheme: theme });
    await this.page.waitForFunction((name) => document.documentElement.dataset['mantineColorScheme'] === name, theme);
    await this.#drawn();
  }

  async resize(width: number, height = 900): Promise<void> {
    if (this.page.viewportSize()?.width === width) return;
    await this.page.setViewportSize({ width, height });
    await this.#drawn();
  }

  /** Until what measures itself has drawn what fits. */
  async #drawn(): Promise<void> {
    await this.page.evaluate(async () => {
      await document.fonts.ready;
      for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done));
    });
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

  /**
   * What axe finds in light and in dark. The second time only the rules on colour are asked where nothing else has changed:
   * not an element, not a word, not a place.
   */
  async axeInBothSchemes(): Promise<readonly string[]> {
    const now = await this.page.evaluate(shapeOfPage);
    const first = await this.#axe();
    await this.dress(now.theme === 'dark' ? 'light' : 'dark');
    const then = await this.page.evaluate(shapeOfPage);
    const second = await this.#axe(then.shape === now.shape ? RULES_ON_COLOUR : undefined);
    const told = (theme: string, faults: readonly string[]): string[] => faults.map((fault) => `${theme}: ${fault}`);
    return [...told(now.theme, first), ...told(then.theme, second)];
  }

  async #axe(rules?: readonly string[]): Promise<readonly string[]> {
    if (!(await this.page.evaluate(`'axe' in window`))) await this.page.evaluate(AXE);
    const runOnly = rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    // What is in order need not be told of: that would take as long again.
    const options = { runOnly, resultTypes: ['violations'], preload: false };
    const found: readonly AxeFault[] = await this.page.evaluate(
      `axe.run(document, ${JSON.stringify(options)}).then((r) => r.violations)`,
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

/** Those of axe that an answer of the colours alone can change: contrast, and links told from the text around them. */
const RULES_ON_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Runs in the browser: which colours the page has, and a sum of everything on it that they have no part in. */
function shapeOfPage(): { readonly theme: string; readonly shape: number } {
  const places = [...document.body.querySelectorAll('*')].map((e) => {
    const { x, y, width, height } = e.getBoundingClientRect();
    return [x, y, width, height, getComputedStyle(e).visibility].join(' ');
  });
  let shape = 0;
  for (const char of [document.body.innerHTML, ...places].join('\n'))
    shape = (shape * 31 + (char.codePointAt(0) ?? 0)) | 0;
  return { theme: document.documentElement.dataset['mantineColorScheme'] ?? '', shape };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The browser of the machine: `CHROMIUM`, else where Debian and others put it. */
export async function openBrowser(url: string): Promise<TestBrowser> {
  const executablePath = process.env['CHROMIUM'] ?? PLACES.find(existsSync);
  if (executablePath === undefined) throw new Error('No chromium was found. On Debian: apt-get install chromium');
  return new TestBrowser(await chromium.launch({ executablePath, args: FLAGS }), url);
}
