import { useLayoutEffect } from 'react';

/** What the keyboard reaches. */
const REACHED = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]'; // prettier-ignore

/**
 * Gives the focus back to where it was when this first stood, once it is gone. For dialogs that are loaded when they are
 * first opened: they are never seen closed, from which Mantine's own would know where the focus came from.
 */
export function useFocusBack(): void {
  useLayoutEffect(() => {
    const from = document.activeElement;
    return () => {
      if (from instanceof HTMLElement) from.focus({ preventScroll: true });
    };
  }, []);
  useTabInside(true);
}

/**
 * While a dialog is open, Tab leads into it from wherever the focus is. Mantine moves the focus in a moment after the dialog
 * is seen, and keeps it there once it is inside: a key pressed in between would go on behind it.
 */
export function useTabInside(opened: boolean): void {
  useLayoutEffect(() => {
    if (!opened) return undefined;
    const enter = (event: KeyboardEvent): void => {
      if (event.key !== 'Tab' || document.activeElement?.closest('[role=dialog]') != null) return;
      const dialog = [...document.querySelectorAll('[role=dialog]')].at(-1);
      const first = dialog?.querySelector('[data-autofocus]') ?? dialog?.querySelector(REACHED);
      if (!(first instanceof HTMLElement)) return;
      event.preventDefault();
      first.focus({ preventScroll: true });
    };
    document.addEventListener('keydown', enter, { capture: true });
    return () => document.removeEventListener('keydown', enter, { capture: true });
  }, [opened]);
}
