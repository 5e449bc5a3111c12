import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { WebPage } from '../client/capability.ts';
import { useReader } from '../client/session.tsx';
import { useCapabilities } from './capabilities.ts';
import { loadPage, pageAt } from './pages.ts';

/** While answers are awaited, so long until it is looked again. */
const BUSY_MS = 250;
/** What says that a link is about to be followed. */
const SIGNS = ['pointerover', 'focusin', 'touchstart'] as const;

/**
 * Fetches the code of pages before they are opened: of the one a link leads to as soon as it is pointed at, has the focus or
 * is touched; of all others that the reader may open while nothing else happens, those of the rail first. Nothing for
 * whoever asked their browser to save data.
 */
export function useAhead(): void {
  const capabilities = useCapabilities();
  const { may } = useReader();
  const client = useQueryClient();
  useEffect(() => {
    if (savesData()) return undefined;
    const follow = (event: Event): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
      const page = pageAt(capabilities, link.pathname);
      // A page that does not come now says so when it is opened.
      if (page !== undefined) loadPage(page).catch(() => undefined);
    };
    for (const sign of SIGNS) document.addEventListener(sign, follow, { passive: true });
    return () => SIGNS.forEach((sign) => document.removeEventListener(sign, follow));
  }, [capabilities]);
  useEffect(() => {
    if (savesData()) return undefined;
    const pages = capabilities
      .flatMap((c) => c.pages)
      .filter((page) => page.permission !== 'public' && may(page.permission))
      .toSorted((a, b) => Number(a.nav === undefined) - Number(b.nav === undefined));
    return whileIdle(pages, () => client.isFetching() > 0);
  }, [capabilities, may, client]);
}

/** Fetches them one after the other; one that does not come ends it. Answers how to end it before. */
function whileIdle(pages: readonly WebPage[], isBusy: () => boolean): () => void {
  let ended = false;
  const take = async ([page, ...rest]: readonly WebPage[]): Promise<void> => {
    if (ended || page === undefined) return;
    if (isBusy()) {
      setTimeout(() => void take([page, ...rest]), BUSY_MS);
      return;
    }
    try {
      await loadPage(page);
    } catch {
      return;
    }
    whenIdle(() => void take(rest));
  };
  whenIdle(() => void take(pages));
  return () => {
    ended = true;
  };
}

/** Safari knows no idle moments. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act);
  else setTimeout(act, BUSY_MS);
}

function savesData(): boolean {
  const connection: unknown = Reflect.get(navigator, 'connection');
  return typeof connection === 'object' && connection !== null && Reflect.get(connection, 'saveData') === true;
}
