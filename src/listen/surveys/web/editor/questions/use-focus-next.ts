import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Puts the focus where it belongs after a change, as soon as that is there: `focusNext('[data-handle="q1"]')`. */
export function useFocusNext(within: RefObject<HTMLElement | null>): (selector: string) => void {
  const wanted = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const found = within.current?.querySelector<HTMLElement>(wanted.current);
    if (found === null || found === undefined) return;
    wanted.current = undefined;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: 'nearest' });
  });
  return (selector) => {
    wanted.current = selector;
  };
}
