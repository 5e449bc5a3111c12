import { createRootRoute, createRoute, createRouter, Outlet, type AnyRoute } from '@tanstack/react-router';
import { lazy } from 'react';
import type { ListedCapability, WebPage } from '../client/capability.ts';
import { ProblemError } from '../client/problem.ts';
import { readSearch, writeSearch } from '../ui/scope.tsx';
import { Bare, Guarded } from './frame.tsx';
import { pageAt } from './page-here.ts';
import { BrokenPage, MissingPage, WaitingPage } from './states.tsx';

/** One route per page of every capability; each page is loaded when it is first opened. */
export function makeRouter(capabilities: readonly ListedCapability[]) {
  begin(capabilities, location.pathname);
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

/** The code of the page that is opened first comes beside the words and the session, not after them. */
function begin(capabilities: readonly ListedCapability[], path: string): void {
  // What goes wrong shows when it is drawn.
  void pageAt(capabilities, path)
    ?.load()
    .catch(() => undefined);
}

/** A page that cannot be fetched is a server that does not answer, not a defect of the page. */
function load(page: WebPage): ReturnType<WebPage['load']> {
  return page.load().catch(() => {
    throw new ProblemError(0, 'unreachable', 'unreachable');
  });
}

function routeOf(page: WebPage, root: AnyRoute): AnyRoute {
  const Page = lazy(async () => ({ default: (await load(page)).Page }));
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
