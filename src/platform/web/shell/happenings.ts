import type { HappeningView } from '../../activity/contract.ts';

const ASK_AGAIN_MS = 2_000;

export function goesOn({ state }: HappeningView): boolean {
  return state === 'running' || state === 'waiting';
}

/** When to ask anew: not before somebody does something, where nothing runs. */
export function askAgainMs(items: readonly HappeningView[] | undefined): number | false {
  return items?.some(goesOn) === true ? ASK_AGAIN_MS : false;
}

/** Whether it ended, or came up, since the reader looked. */
export function isNew(item: HappeningView, seenAt: string | null): boolean {
  return !goesOn(item) && (seenAt === null || item.at > seenAt);
}

/** How far all that runs is, 0–1, by those that say so. */
export function shareOf(items: readonly HappeningView[]): number | undefined {
  const known = items.filter(goesOn).flatMap(({ share }) => (share === null ? [] : [share]));
  return known.length === 0 ? undefined : known.reduce((sum, share) => sum + share, 0) / known.length;
}
