import { endsOf, lineScene, type LinePoint, ticksFor } from './line.ts';
import { fitted, movedBy, type Scene, type Shape, widthOf } from './scene.ts';

export interface Multiple {
  readonly label: string;
  readonly note: string;
  readonly points: readonly LinePoint[];
}

const CELL = 168;
const GAP = 20;
const LEAST = 216;

/** A small picture of each group, all on one scale, with the course of all together faint behind. */
export function multiplesScene(options: {
  readonly items: readonly Multiple[];
  readonly beside: readonly (number | null)[];
  readonly width: number;
  readonly tick: (value: number) => string;
  readonly fromZero: boolean;
  readonly rtl: boolean;
}): Scene {
  const { items, beside, width, tick, fromZero, rtl } = options;
  const across = Math.max(1, Math.min(items.length, 4, Math.floor((width + GAP) / (LEAST + GAP))));
  const cell = Math.floor((width - (across - 1) * GAP) / across);
  const ticks = ticksFor([...items.flatMap((m) => [...endsOf(m.points)]), ...beside], fromZero);
  const scenes = items.map((item, i) => {
    const own = lineScene({ points: item.points, beside, width: cell, height: CELL - 22, tick, ticks, named: 2 });
    const noteRoom = widthOf(item.note, 11.5);
    const [start, end] = rtl ? [cell, 0] : [0, cell];
    const head: Shape[] = [
      { kind: 'text', x: start, y: 12, text: fitted(item.label, 13, cell - noteRoom - 12), size: 13, paint: 'ink', anchor: rtl ? 'end' : 'start', weight: 500 }, // prettier-ignore
      { kind: 'text', x: end, y: 12, text: item.note, size: 11.5, paint: 'faint', anchor: rtl ? 'start' : 'end' },
    ];
    const column = rtl ? across - 1 - (i % across) : i % across;
    const moved = movedBy(own, 0, 22);
    return movedBy({ ...moved, shapes: [...head, ...moved.shapes] }, column * (cell + GAP), Math.floor(i / across) * (CELL + GAP)); // prettier-ignore
  });
  const down = Math.ceil(items.length / across);
  return {
    width,
    height: Math.max(0, down * (CELL + GAP) - GAP),
    shapes: scenes.flatMap((s) => [...s.shapes]),
    marks: scenes.flatMap((s) => [...s.marks]),
  };
}
