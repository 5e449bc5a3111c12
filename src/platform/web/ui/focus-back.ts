import { useLayoutEffect } from 'react';

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
}
