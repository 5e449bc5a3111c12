import type { Catalogue, CatalogueBody } from '../contract.ts';

/** A change of the draft. */
export type Change = (draft: CatalogueBody) => CatalogueBody;

export function draftOf({ stages, channels, teams, touchpoints, rules }: Catalogue): CatalogueBody {
  return { stages, channels, teams, touchpoints, rules };
}

/** An id of its own until the server gives it one of ours. */
export function newDraftId(): string {
  // Not randomUUID: browsers offer that on https and on one's own machine alone.
  return `new-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
}

export function replaced<T extends { readonly id: string }>(list: readonly T[], item: T): T[] {
  return list.some((i) => i.id === item.id) ? list.map((i) => (i.id === item.id ? item : i)) : [...list, item];
}

/** The list with one item a place further up (-1) or down (1). */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const [item] = list.slice(from, from + 1);
  return item === undefined ? [...list] : list.toSpliced(from, 1).toSpliced(from + by, 0, item);
}

/** Without the touchpoint and the rules that lead there. */
export function withoutTouchpoint(draft: CatalogueBody, id: string): CatalogueBody {
  return {
    ...draft,
    touchpoints: draft.touchpoints.filter((t) => t.id !== id),
    rules: draft.rules.filter((r) => r.touchpointId !== id),
  };
}

/** Without a channel or team; touchpoints that had it have none. */
export function withoutNamed(draft: CatalogueBody, list: 'channels' | 'teams', id: string): CatalogueBody {
  const key = list === 'channels' ? 'channelId' : 'teamId';
  return {
    ...draft,
    [list]: draft[list].filter((item) => item.id !== id),
    touchpoints: draft.touchpoints.map((t) => (t[key] === id ? { ...t, [key]: null } : t)),
  };
}
