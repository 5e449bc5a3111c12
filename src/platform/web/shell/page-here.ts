import { useLocation } from '@tanstack/react-router';
import type { WebPage } from '../client/capability.ts';
import { useCapabilities } from './capabilities.ts';
import { pageAt } from './pages.ts';

/** Whether the period and filter hold for the page one is on. */
export function useScoped(): boolean {
  return useScopeKind() !== undefined;
}

/** How they hold for it: `allTime` where no period means all time. */
export function useScopeKind(): WebPage['scoped'] {
  const { pathname } = useLocation();
  return pageAt(useCapabilities(), pathname)?.scoped;
}
