import { createRootRoute, createRoute, createRouter, Outlet, type AnyRoute } from '@tanstack/react-router';
import { lazy, useState } from 'react';
import type { ListedCapability, WebPage } from '../client/capability.ts';
import { readSearch, writeSearch } from '../ui/scope.tsx';
import { Bare, Guarded, Permitted } from './frame.tsx';
import { loadedPage, loadPage, pageAt } from './pages.ts';
import { BrokenInside, BrokenPage, MissingPage, WaitingPage } from './states.tsx';

/**
 * One route per page of every capability; each page is loaded when it is first opened, if not before. Pages of a workspace
 * stand in one shell, which stays while they change.
 */
export function makeRouter(capabilities: readonly ListedCapability[]) {
  // The code of the page that is opened first comes beside the words and the session, not after them.
  const first = pageAt(capabilities, location.pathname);
  if (first !== undefined) loadPage(first).catch(() => undefined);
  const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });
  const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Guarded });
  const pages = capabilities.flatMap((c) => c.pages);
  const isBare = ({ permission }: WebPage): boolean => permission === 'public' || permission === 'session';
  return createRouter({
    routeTree: root.addChildren([
      ...pages.filter(isBare).map((page) => bareRoute(page, root)),
      inside.addChildren(pages.filter((page) => !isBare(page)).map((page) => insideRoute(page, inside))),
    ]),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultErrorComponent: BrokenPage,
    defaultPendingComponent: WaitingPage,
    defaultPreload: false,
    scrollRestoration: true,
  });
}

function bareRoute(page: WebPage, root: AnyRoute): AnyRoute {
  const Shown = shownOf(page);
  return createRoute({
    getParentRoute: () => root,
    path: page.path,
    component: () => (
      <Bare permission={page.permission}>
        <Shown />
      </Bare>
    ),
  });
}

function insideRoute(page: WebPage, inside: AnyRoute): AnyRoute {
  const Shown = shownOf(page);
  return createRoute({
    getParentRoute: () => inside,
    path: page.path,
    errorComponent: BrokenInside,
    component: () => (
      <Permitted permission={page.permission}>
        <Shown />
      </Permitted>
    ),
  });
}

/** The page itself: at once where its code has come, without even a moment of waiting. */
function shownOf(page: WebPage) {
  const Late = lazy(async () => ({ default: await loadPage(page) }));
  return function Shown() {
    const [Page] = useState(() => loadedPage(page) ?? Late);
    return <Page />;
  };
}
