import type { ComponentType } from 'react';
import type { ListedCapability, WebPage } from '../client/capability.ts';
import { firstLanguage } from '../ui/i18n/books.ts';
import { ProblemError } from '../client/problem.ts';

const there = new WeakMap<WebPage, ComponentType>();

/** The code of a page. One that cannot be fetched is a server that does not answer, not a defect of the page. */
export async function loadPage(page: WebPage): Promise<ComponentType> {
  try {
    const [{ Page }] = await Promise.all([page.load(), page.words?.(firstLanguage())]);
    there.set(page, Page);
    return Page;
  } catch {
    throw new ProblemError(0, 'unreachable', 'unreachable');
  }
}

/** A page whose code has come; it is drawn at once. */
export function loadedPage(page: WebPage): ComponentType | undefined {
  return there.get(page);
}

/** The page behind a path: `/unify/people/per_…` is that of `/unify/people/$personId`. */
export function pageAt(capabilities: readonly ListedCapability[], path: string): WebPage | undefined {
  const pages = capabilities.flatMap((c) => c.pages);
  // One that is named stands before one that a name in a path would fit.
  return pages.find((page) => page.path === path) ?? pages.find((page) => patternOf(page.path).test(path));
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\$\w+/g, '[^/]+')}/?$`);
}
