import { useLocation } from '@tanstack/react-router';
import type { ListedCapability, WebPage } from '../client/capability.ts';
import { useCapabilities } from './capabilities.ts';

/** The page of a path: `/unify/people/$personId` of `/unify/people/per_1`. */
export function pageAt(capabilities: readonly ListedCapability[], path: string): WebPage | undefined {
  return capabilities
    .flatMap((c) => c.pages)
    .find((page) => new RegExp(`^${page.path.replaceAll(/\$\w+/g, '[^/]+')}/?$`).test(path));
}

/** Whether the period and filter hold for the page one is on. */
export function useScoped(): boolean {
  const { pathname } = useLocation();
  return pageAt(useCapabilities(), pathname)?.scoped === true;
}
