import type { Flow, FlowBox, FlowRow, FlowWay } from './flow.ts';

export type Point = readonly [x: number, y: number];

export interface LaidRow {
  readonly row: FlowRow;
  /** From the top of its box. */
  readonly y: number;
  readonly height: number;
}

export interface LaidBox {
  readonly box: FlowBox;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly LaidRow[];
}

export interface LaidWay {
  readonly way: FlowWay;
  /** Corners, the head of the arrow at the last. */
  readonly points: readonly Point[];
}

export interface Laid {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly LaidBox[];
  readonly ways: readonly LaidWay[];
}

/** Pixels. */
export const SIZES = {
  head: 40,
  foot: 8,
  between: 30,
  /** By what a row says: a condition has room for two lines. */
  row: { question: 26, more: 26, showIf: 46, skip: 46, quota: 46 },
  lane: 14,
  /** At most so much beside the boxes, however many ways there are. */
  lanes: 110,
  loop: 12,
  loops: 48,
} as const;

interface Run {
  readonly key: string;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Boxes below one another in the order they are read in; ways past others in lanes at the end of the lines, all that lead
 * to one box in one lane; ways back at their beginning. Nothing crosses a box, and no two ways to different boxes share
 * a line. Mirrored for who reads from the right.
 */
export function layOut(flow: Flow, width: number, mirrored: boolean): Laid {
  const stack = stacked(flow.boxes);
  const boxOf = new Map(stack.map((one) => [one.box.id, one]));
  const beside = flow.ways.filter(({ is }) => is === 'skip' || is === 'quota');
  const again = flow.ways.filter(({ is }) => is === 'again');
  const entry = (id: string): number => (boxOf.get(id)?.y ?? 0) + SIZES.head / 2;
  const exit = (way: FlowWay): number => {
    const box = boxOf.get(way.from);
    const row = box?.rows.find((one) => one.row.key === way.row);
    return (box?.y ?? 0) + (row === undefined ? 0 : row.y + row.height / 2);
  };
  const targets = [...new Set(beside.map(({ to }) => to))];
  const lanes = lanesOf(
    targets.map((to) => {
      const ends = [entry(to), ...beside.filter((way) => way.to === to).map(exit)];
      return { key: to, top: Math.min(...ends), bottom: Math.max(...ends) };
    }),
  );
  const backs = lanesOf(again.map(({ from, to }) => ({ key: from, top: entry(to), bottom: entry(from) })));
  const gap = Math.min(SIZES.lane, SIZES.lanes / Math.max(1, lanes.count));
  const backGap = Math.min(SIZES.loop, SIZES.loops / Math.max(1, backs.count));
  const left = backs.count === 0 ? 0 : backGap * (backs.count + 1);
  const right = lanes.count === 0 ? 0 : gap * (lanes.count + 1);
  const boxWidth = Math.max(80, width - left - right);
  const all = left + boxWidth + right;
  const turn = (x: number): number => (mirrored ? all - x : x);
  const boxes = stack.map((one) => ({ ...one, x: mirrored ? all - left - boxWidth : left, width: boxWidth }));

  const pointsOf = (way: FlowWay): Point[] => {
    const [from, to] = [boxOf.get(way.from), boxOf.get(way.to)];
    if (from === undefined || to === undefined) return [];
    if (way.is === 'on' || way.is === 'else') {
      const middle = turn(left + Math.min(boxWidth / 2, 60));
      // Straight down where they stand below one another, which all do that lead just on.
      return [
        [middle, from.y + from.height],
        [middle, to.y],
      ];
    }
    if (way.is === 'again') {
      const lane = turn(left - backGap * (1 + (backs.of.get(way.from) ?? 0)));
      // A page alone in its loop leads back to itself: out below, in above.
      const leaves = from === to ? entry(way.from) + SIZES.head / 4 : entry(way.from);
      const enters = from === to ? entry(way.to) - SIZES.head / 4 : entry(way.to);
      return [
        [turn(left), leaves],
        [lane, leaves],
        [lane, enters],
        [turn(left), enters],
      ];
    }
    const edge = turn(left + boxWidth);
    const lane = turn(left + boxWidth + gap * (1 + (lanes.of.get(way.to) ?? 0)));
    return [
      [edge, exit(way)],
      [lane, exit(way)],
      [lane, entry(way.to)],
      [edge, entry(way.to)],
    ];
  };
  const last = stack.at(-1);
  return {
    width: all,
    height: last === undefined ? 0 : last.y + last.height,
    boxes,
    ways: flow.ways.map((way) => ({ way, points: pointsOf(way) })),
  };
}

function stacked(boxes: readonly FlowBox[]): Omit<LaidBox, 'x' | 'width'>[] {
  let y = 0;
  return boxes.map((box) => {
    let inside: number = SIZES.head;
    const rows = box.rows.map((row) => {
      const laid = { row, y: inside, height: SIZES.row[row.is] };
      inside += laid.height;
      return laid;
    });
    const height = inside + (rows.length === 0 ? 0 : SIZES.foot);
    const laid = { box, y, height, rows };
    y += height + SIZES.between;
    return laid;
  });
}

/** A lane for each run, the first in which nothing of it is taken; a run beside another is in another lane. */
function lanesOf(runs: readonly Run[]): { readonly of: ReadonlyMap<string, number>; readonly count: number } {
  const ends: number[] = [];
  const of = new Map<string, number>();
  for (const { key, top, bottom } of [...runs].sort((a, b) => a.top - b.top || a.bottom - b.bottom)) {
    const free = ends.findIndex((end) => end < top);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = bottom;
    of.set(key, lane);
  }
  return { of, count: ends.length };
}

/** The corners as a path of SVG, a little rounded. */
export function pathOf(points: readonly Point[], radius = 6): string {
  return points
    .map(([x, y], i) => {
      const [before, after] = [points[i - 1], points[i + 1]];
      if (before === undefined) return `M${x} ${y}`;
      if (after === undefined) return `L${x} ${y}`;
      const near = toward([x, y], before, radius);
      const far = toward([x, y], after, radius);
      return `L${near[0]} ${near[1]}Q${x} ${y} ${far[0]} ${far[1]}`;
    })
    .join('');
}

/** A point on the way to another, at most half of it. */
function toward([x, y]: Point, [toX, toY]: Point, by: number): Point {
  const long = Math.hypot(toX - x, toY - y);
  const share = long === 0 ? 0 : Math.min(by / long, 0.5);
  return [x + (toX - x) * share, y + (toY - y) * share];
}
