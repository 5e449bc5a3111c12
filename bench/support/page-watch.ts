import type { Page } from 'playwright-core';

/** What a page keeps of itself while it is measured. Times are milliseconds since its navigation began. */
interface Watch {
  /** Of the largest paint so far. */
  largest: number;
  /** Shifts that no input of the reader explains: when, and how much. */
  readonly shifts: { readonly at: number; readonly by: number }[];
  /** The longest event of each interaction, until the frame that shows what it did. */
  readonly interactions: Map<number, number>;
  clicked: number;
  /** The frame after the last change of the page. */
  painted: number;
}

declare global {
  var touchstoneWatch: Watch | undefined;
}

/** Has every page of a visit keep them, from its first script on. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: Watch = { largest: 0, shifts: [], interactions: new Map(), clicked: 0, painted: 0 };
    globalThis.touchstoneWatch = kept;
    performance.setResourceTimingBufferSize(10_000);
    const observe = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}): void =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
    const numberOf = (entry: PerformanceEntry, name: string): number => Number(Reflect.get(entry, name));
    observe('largest-contentful-paint', (entry) => (kept.largest = entry.startTime));
    observe('layout-shift', (entry) => {
      if (Reflect.get(entry, 'hadRecentInput') !== true) {
        kept.shifts.push({ at: entry.startTime, by: numberOf(entry, 'value') });
      }
    });
    const took = (entry: PerformanceEntry): void => {
      const id = numberOf(entry, 'interactionId');
      if (id > 0) kept.interactions.set(id, Math.max(kept.interactions.get(id) ?? 0, entry.duration));
    };
    observe('event', took, { durationThreshold: 16 });
    addEventListener('click', (event) => (kept.clicked = event.timeStamp), { capture: true });
    const frames = new MessageChannel();
    frames.port1.addEventListener('message', () => (kept.painted = performance.now()));
    frames.port1.start();
    new MutationObserver(() => requestAnimationFrame(() => frames.port2.postMessage(null))).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

/** Waits until nothing was asked for and nothing changed for a moment. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const kept = globalThis.touchstoneWatch;
    const resources = performance
      .getEntriesByType('resource')
      .map((entry) => (entry as PerformanceResourceTiming).responseEnd);
    const last = Math.max(kept?.painted ?? Infinity, ...resources);
    return document.querySelector('h1') !== null && performance.now() - last > 400;
  });
}

/** When the largest paint was, in ms. */
export function largestPaint(page: Page): Promise<number> {
  return page.evaluate(() => globalThis.touchstoneWatch?.largest ?? 0);
}

/** The worst five seconds of shifts with less than a second between any two (the session windows of CLS). */
export async function layoutShift(page: Page): Promise<number> {
  const shifts = await page.evaluate(() => globalThis.touchstoneWatch?.shifts ?? []);
  let [worst, sum, began, last] = [0, 0, -Infinity, -Infinity];
  for (const { at, by } of shifts) {
    if (at - last > 1_000 || at - began > 5_000) [sum, began] = [0, at];
    sum += by;
    last = at;
    worst = Math.max(worst, sum);
  }
  return worst;
}

/** Of each interaction so far that took 16 ms or more: from the input to the frame that shows what it did, in ms. */
export function interactions(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => [...(globalThis.touchstoneWatch?.interactions.values() ?? [])]);
}

/**
 * From the last click to the last frame that changed the page, less the time in which an answer of the API was awaited: what the
 * page itself took, its code that was not loaded yet included. In ms.
 */
export function besideData(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { clicked, painted } = globalThis.touchstoneWatch ?? { clicked: 0, painted: 0 };
    const awaited = performance
      .getEntriesByType('resource')
      .filter((entry) => (entry as PerformanceResourceTiming).initiatorType === 'fetch' && entry.name.includes('/api/'))
      .map((entry) => ({ from: entry.startTime, to: (entry as PerformanceResourceTiming).responseEnd }))
      .filter(({ from, to }) => to > clicked && from < painted)
      .toSorted((a, b) => a.from - b.from);
    let [waited, reached] = [0, clicked];
    for (const { from, to } of awaited) {
      waited += Math.max(0, Math.min(to, painted) - Math.max(from, reached));
      reached = Math.max(reached, to);
    }
    return painted - clicked - waited;
  });
}
