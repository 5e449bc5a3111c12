import type { Results } from '../shapes.ts';
import type { Standing } from '../facts/counting.ts';
import type { Documents } from './documents.ts';

/**
 * How far people came, page by page of the newest version: how many as far as a page or further, and how many left after
 * it. Pages that logic passes by are no place to stop: whoever came further counts as having passed them. Who left without
 * an answer stopped before the first; a page of an older version counts as the one it stood behind.
 */
export function stoppingOf(documents: Documents, standings: readonly Standing[]): Results['pages'] {
  const { newest } = documents;
  if (newest === undefined) return [];
  const places = new Map(newest.pages.map((page, i) => [page.id, i]));
  const reached = newest.pages.map(() => 0);
  const stopped = newest.pages.map(() => 0);
  for (const { state, version, lastPage, n } of standings) {
    const last = state === 'complete' ? newest.pages.length - 1 : placeOf(documents, places, version, lastPage);
    for (let i = 0; i <= last; i++) reached[i] = (reached[i] ?? 0) + n;
    if (state === 'partial' && last >= 0) stopped[last] = (stopped[last] ?? 0) + n;
  }
  return newest.pages.map((page, i) => ({
    id: page.id,
    title: documents.say(newest, page.title ?? page.questions[0]?.title),
    reached: reached[i] ?? 0,
    stopped: stopped[i] ?? 0,
  }));
}

function placeOf(documents: Documents, places: ReadonlyMap<string, number>, version: number, page: string): number {
  const known = places.get(page);
  if (known !== undefined || page === '') return known ?? -1;
  const pages = documents.versions.find((one) => one.version === version)?.document.pages ?? [];
  const own = pages.findIndex((one) => one.id === page);
  for (let i = own - 1; i >= 0; i--) {
    const before = places.get(pages[i]?.id ?? '');
    if (before !== undefined) return before;
  }
  return -1;
}
