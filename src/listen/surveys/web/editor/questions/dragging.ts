import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';

export interface Dragging {
  /** The row that is taken up, and before which it would be put down; undefined while nothing is. */
  readonly now: { readonly from: number; readonly gap: number } | undefined;
  /** Handlers of the button by which a row is moved. */
  readonly handle: (row: number) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
}

/** So near to the window's edge it scrolls, by so much each time the pointer moves. In pixels. */
const [EDGE, SCROLL] = [70, 14];

/**
 * Rows of a list that are moved: dragged by their handle with mouse, finger or pen, or by the arrow keys on it. Rows carry
 * `data-row`. `onDrop` is told before which row another is put down, `onStep` of one place up or down.
 */
export function useDragging(
  list: RefObject<HTMLElement | null>,
  onDrop: (from: number, gap: number) => void,
  onStep: (row: number, by: -1 | 1) => void,
): Dragging {
  const [now, setNow] = useState<Dragging['now']>();
  const isDragging = now !== undefined;
  const drag = useRef<Dragging['now']>(undefined);
  const set = (next: Dragging['now']): void => {
    drag.current = next;
    setNow(next);
  };
  useEffect(() => {
    if (!isDragging) return undefined;
    const stop = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      drag.current = undefined;
      setNow(undefined);
    };
    addEventListener('keydown', stop);
    return () => removeEventListener('keydown', stop);
  }, [isDragging]);
  const handle: Dragging['handle'] = (row) => ({
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.focus({ preventScroll: true });
      event.currentTarget.setPointerCapture(event.pointerId);
      set({ from: row, gap: row });
    },
    onPointerMove: (event) => {
      if (drag.current === undefined) return;
      const rows = [...(list.current?.querySelectorAll('[data-row]') ?? [])].map((one) => one.getBoundingClientRect());
      const gap = rows.filter(({ top, height }) => top + height / 2 < event.clientY).length;
      if (gap !== drag.current.gap) set({ from: drag.current.from, gap });
      const scroller = list.current?.closest('[data-scrolls]');
      const { top, bottom } = scroller?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
      const by = event.clientY < Math.max(0, top) + EDGE ? -SCROLL : event.clientY > Math.min(innerHeight, bottom) - EDGE ? SCROLL : 0; // prettier-ignore
      scroller?.scrollBy(0, by);
      if (event.clientY < EDGE || event.clientY > innerHeight - EDGE) scrollBy(0, by);
    },
    onPointerUp: () => {
      const held = drag.current;
      set(undefined);
      if (held !== undefined && held.gap !== held.from && held.gap !== held.from + 1) onDrop(held.from, held.gap);
    },
    onPointerCancel: () => set(undefined),
    onKeyDown: (event) => {
      const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (by === 0) return;
      event.preventDefault();
      onStep(row, by);
    },
  });
  return { now, handle };
}

/** Where a line is drawn while something is dragged: above this row, or below the last. */
export function dropMark({ now }: Dragging, row: number, count: number): 'above' | 'below' | undefined {
  if (now === undefined || now.gap === now.from || now.gap === now.from + 1) return undefined;
  if (now.gap === row) return 'above';
  return now.gap === count && row === count - 1 ? 'below' : undefined;
}
