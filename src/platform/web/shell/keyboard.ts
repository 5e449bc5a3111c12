/** What a single key does: it opens something, or goes to a page. */
export type KeyAct = 'map' | 'search' | 'period' | 'filter' | 'activity' | { readonly to: string };

/** As much of a key press as is needed to tell what it means. */
export interface Press {
  readonly key: string;
  /** The place of the key: `KeyG`. Of use where the layout has other letters. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
}

/** Keys that open something, as they are shown. */
export const OPENERS = [
  ['?', 'map'],
  ['/', 'search'],
  ['p', 'period'],
  ['f', 'filter'],
  ['a', 'activity'],
] as const satisfies readonly (readonly [string, KeyAct])[];

/** So long after `g` its letter is waited for. */
export const CHORD_MS = 1_500;

/**
 * What a press means. `after` is when `g` was pressed, undefined where it was not the last; both in ms of one clock.
 * @param pages path by letter
 */
export function meaningOf(
  press: Press,
  after: number | undefined,
  now: number,
  pages: ReadonlyMap<string, string>,
): KeyAct | 'begin' | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return undefined;
  const letter = letterOf(press);
  if (after !== undefined && now - after <= CHORD_MS) {
    const to = pages.get(letter);
    if (to !== undefined) return { to };
  }
  if (letter === 'g') return 'begin';
  return OPENERS.find(([key]) => key === letter)?.[1];
}

/** Of a layout without Latin letters the letter at that place; a Persian question mark is one. */
export function letterOf({ key, code }: Pick<Press, 'key' | 'code'>): string {
  if (key === '؟') return '?';
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  const other = place !== undefined && !/^[a-z]$/i.test(key);
  return (other ? place : key).toLowerCase();
}

/** Whether whoever is there writes, or is busy with a dialog or a menu: then no single key means anything. */
export function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('[role=dialog], [role=menu]') !== null) return true;
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable=""], [contenteditable=true], [role=combobox]') !== null
  );
}
