import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Closes what lies over a page when the reader goes to another, by whatever way. */
export function useOnMove(close: () => void): void {
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
}
