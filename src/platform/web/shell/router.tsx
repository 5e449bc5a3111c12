import { createRootRoute, createRoute, createRouter, Outlet, type AnyRoute } from '@tanstack/react-router';
import { lazy } from 'react';
import type { ListedCapability, WebPage } from '../client/capability.ts';
import { readSearch, writeSearch } from '../ui/scope.tsx';
import { Bare, Guarded } from './frame.tsx';
import { BrokenPage, MissingPage, WaitingPage } from './states.tsx';

/** One route per page of every capability; each page is loaded when it is first opened. */
export function makeRouter(capabilities: readonly ListedCapability[]) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });
  const routes: AnyRoute[] = capabilities.flatMap((c) => c.pages.map((page) => routeOf(page, root)));
  return createRouter({
    routeTree: root.addChildren(routes),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultErrorComponent: BrokenPage,
    defaultPendingComponent: WaitingPage,
    defaultPreload: false,
    scrollRestoration: true,
  });
}

function routeOf(page: WebPage, root: AnyRoute): AnyRoute {
  const Page = lazy(async () => ({ default: (await page.load()).Page }));
  const Frame = page.permission === 'public' || page.permission === 'session' ? Bare : Guarded;
  return createRoute({
    getParentRoute: () => root,
    path: page.path,
    component: () => (
      <Frame permission={page.permission}>
        <Page />
      </Frame>
    ),
  });
}
