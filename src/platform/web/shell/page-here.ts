import { useLocation } from '@tanstack/react-router';
import { useCapabilities } from './capabilities.ts';
import { pageAt } from './pages.ts';

/** Whether the period and filter hold for the page one is on. */
export function useScoped(): boolean {
  const { pathname } = useLocation();
  return pageAt(useCapabilities(), pathname)?.scoped === true;
}
