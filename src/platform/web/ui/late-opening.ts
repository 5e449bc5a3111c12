import { useEffect, useRef, useState, type ReactElement, type ReactNode, type RefObject } from 'react';

/** What a button takes that opens something. */
export interface Opening {
  readonly ref?: RefObject<HTMLButtonElement | null>;
  readonly onClick: () => void;
  readonly 'aria-expanded': boolean;
}

/** What opens, once it is there. */
export interface OpenedProps {
  /** The button itself, as an element of Mantine's own: what opens is placed by it. */
  readonly button: (opening: Opening) => ReactElement;
  readonly children: (close: () => void) => ReactNode;
}

/** Opened from the first; once closed the button has the focus again, unless the reader went elsewhere. */
export function useOpened(): {
  readonly opened: boolean;
  readonly setOpened: (opened: boolean) => void;
  readonly opening: Opening;
} {
  const [opened, setOpened] = useState(true);
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (opened) return;
    const at = document.activeElement;
    if (at === null || at === document.body || at.closest('[role=dialog], [role=menu]') !== null)
      ref.current?.focus({ preventScroll: true });
  }, [opened]);
  return { opened, setOpened, opening: { ref, onClick: () => setOpened(!opened), 'aria-expanded': opened } };
}
