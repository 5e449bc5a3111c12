import type { Page } from 'playwright-core';

/**
 * What of a page as it stands is out of reach of the keyboard, or not seen to have the focus, each in a line; nothing for a page
 * in order. Asks every element instead of pressing Tab through all of them: that they can be reached one after the other, and
 * left again, is shown on a few pages.
 */
export async function keyboardFaults(page: Page): Promise<readonly string[]> {
  // From here on the browser takes the reader for one who uses the keyboard.
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const own = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const held = 'a[href], button, label, input, select, textarea, summary, [tabindex="0"], [role=option]';
    const shown = (e: Element): boolean => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
    const named = (e: Element): string => e.outerHTML.slice(0, 140);
    const isClicked = (e: Element): boolean => {
      // Where React keeps what it was given for an element.
      const key = Object.keys(e).find((name) => name.startsWith('__reactProps$'));
      const given: unknown = key === undefined ? undefined : Reflect.get(e, key);
      return typeof given === 'object' && given !== null && typeof Reflect.get(given, 'onClick') === 'function';
    };
    /** How it looks, with what stands for it: the box drawn beside a field that itself is not seen. */
    const looks = (e: Element): string =>
      [e, e.nextElementSibling, e.parentElement, e.closest('label'), e.closest('.mantine-Input-wrapper')]
        .filter((near) => near !== null)
        .map((near) => {
          const { outline, outlineStyle, boxShadow, borderColor, backgroundColor } = getComputedStyle(near);
          return [outlineStyle === 'none' ? '' : outline, boxShadow, borderColor, backgroundColor].join();
        })
        .join(' | ');
    const faults: string[] = [];
    for (const e of document.querySelectorAll('body *')) {
      // Beside a dialog one may click to leave it; by keyboard it is Escape.
      if (e.closest('.mantine-Overlay-root') !== null) continue;
      if (shown(e) && isClicked(e) && e.closest(held) === null) faults.push(`for a mouse only: ${named(e)}`);
    }
    for (const e of document.querySelectorAll<HTMLElement>(own)) {
      if (e.tabIndex > 0) faults.push(`out of its turn: ${named(e)}`);
      if (e.tabIndex < 0 || e.matches(':disabled') || !shown(e)) continue;
      if (e instanceof HTMLInputElement && e.type === 'radio' && !e.checked) continue;
      document.querySelector<HTMLElement>(':focus')?.blur();
      const before = looks(e);
      e.focus();
      if (document.activeElement !== e) faults.push(`takes no focus: ${named(e)}`);
      else if (looks(e) === before) faults.push(`not seen to have the focus: ${named(e)}`);
    }
    document.querySelector<HTMLElement>(':focus')?.blur();
    return faults;
  });
}

/** What has the focus: a name to tell it by, and whether it is seen to have it. */
export const FOCUSED = `(() => {
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
