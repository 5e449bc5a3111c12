import { namedPlaces } from '../../../../platform/web/ui/charts/fold.ts';
import { niceTicks } from '../../../../platform/web/ui/charts/scale.ts';
import { type Mark, type Point, type Scene, type Shape, widthOf } from './scene.ts';

/** A figure of one stretch of time. */
export interface LinePoint {
  /** How it is called on the axis: `Sep 2017`. */
  readonly label: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Covers only part of its time: drawn dotted and hollow. */
  readonly partial: boolean;
  /** The same place of the time it is compared with. */
  readonly before?: number | null;
  readonly says: string;
  readonly ref: string;
}

export interface LineOptions {
  readonly points: readonly LinePoint[];
  readonly width: number;
  readonly height: number;
  readonly tick: (value: number) => string;
  /** The heights at the side; those that hold every point unless given, as for pictures on one scale. */
  readonly ticks?: readonly number[];
  /** Counts begin at nothing: a height that is cut off makes little changes look large. */
  readonly fromZero?: boolean;
  /** A second line to see it against, drawn faint: all groups together. */
  readonly beside?: readonly (number | null)[];
  /** Names of places on the axis, at most; as many as have room unless given. */
  readonly named?: number;
}

const RIGHT = 14;
const TOP = 12;
const BOTTOM = 26;

/** Round heights that hold all figures and their intervals. */
export function ticksFor(values: readonly (number | null | undefined)[], fromZero: boolean): readonly number[] {
  const known = values.filter((v) => v !== null && v !== undefined);
  if (known.length === 0) return [0, 1];
  return niceTicks(fromZero ? Math.min(0, ...known) : Math.min(...known), Math.max(...known));
}

export function endsOf(points: readonly LinePoint[]): readonly (number | null | undefined)[] {
  return points.flatMap((p) => [p.value, p.low, p.high, p.before]);
}

/** A figure over time, left to right in every language, its interval as a band. */
export function lineScene(options: LineOptions): Scene {
  const { points, width, height, tick, beside = [], fromZero = false } = options;
  const ticks = options.ticks ?? ticksFor([...endsOf(points), ...beside], fromZero);
  const [bottom = 0, top = 1] = [ticks[0], ticks.at(-1)];
  const left = Math.ceil(Math.max(...ticks.map((v) => widthOf(tick(v), 11.5)))) + 14;
  const inner = Math.max(40, width - left - RIGHT);
  const last = points.length - 1;
  const x = (i: number): number => round(left + (last < 1 ? inner / 2 : (i / last) * inner));
  const y = (v: number): number => round(TOP + (1 - (v - bottom) / (top - bottom || 1)) * (height - TOP - BOTTOM));
  const shapes: Shape[] = [];
  for (const value of ticks) {
    shapes.push({ kind: 'line', from: { x: left, y: y(value) }, to: { x: left + inner, y: y(value) }, stroke: 'line', width: 1 }); // prettier-ignore
    shapes.push({ kind: 'text', x: left - 8, y: y(value) + 4, text: tick(value), size: 11.5, paint: 'faint', anchor: 'end' }); // prettier-ignore
  }
  const room = Math.max(...points.map((p) => widthOf(p.label, 11.5)), 40) + 18;
  // Where not even the names of both ends have room, the last alone is named: where it has come to.
  const named =
    last > 0 && inner + RIGHT < 2 * room - 18
      ? new Set([last])
      : namedPlaces(points.length, options.named ?? Math.max(2, Math.floor(inner / room)));
  // The first name stands beside its place, not across it, so that it needs half as much room again before the second.
  const places = [...named].toSorted((a, b) => a - b);
  points.forEach((p, i) => {
    if (!named.has(i) || (i === places[1] && i !== last && x(i) - x(0) < room * 1.5 - 9)) return;
    const anchor = last < 1 ? 'middle' : i === 0 ? 'start' : i === last ? 'end' : 'middle';
    shapes.push({ kind: 'text', x: x(i), y: height - 7, text: p.label, size: 11.5, paint: 'faint', anchor });
  });
  shapes.push(...broken(beside, x, y, { stroke: 'control-line', width: 1.2 }));
  const before = points.map((p) => p.before ?? null);
  shapes.push(...broken(before, x, y, { stroke: 'soft', width: 1.4, dash: [5, 4] }));
  for (const run of runsOf(points)) shapes.push(...stretch(run, x, y));
  return { width, height, shapes, marks: marksOf(points, x, y, { left, inner, height }) };
}

interface Placed {
  readonly p: LinePoint & { readonly value: number };
  readonly i: number;
}

/** What was measured without a gap between. */
function runsOf(points: readonly LinePoint[]): readonly (readonly Placed[])[] {
  const runs: Placed[][] = [];
  points.forEach((p, i) => {
    const { value } = p;
    if (value === null) return;
    const last = runs.at(-1);
    const placed = { p: { ...p, value }, i };
    if (last !== undefined && last.at(-1)?.i === i - 1) last.push(placed);
    else runs.push([placed]);
  });
  return runs;
}

/** Its band, its line, its points. */
function stretch(run: readonly Placed[], x: (i: number) => number, y: (v: number) => number): Shape[] {
  const whole = run.flatMap(({ p: { low, high }, i }) => (low === null || high === null ? [] : [{ i, low, high }]));
  const band = [
    ...whole.map(({ i, high }) => ({ x: x(i), y: y(high) })),
    ...whole.toReversed().map(({ i, low }) => ({ x: x(i), y: y(low) })),
  ];
  const [only] = whole;
  const alone = whole.length === 1 && only !== undefined;
  const lines = run.slice(1).map(({ p, i }, k): Shape => {
    const before = run[k] ?? { p, i };
    return {
      kind: 'line',
      from: { x: x(before.i), y: y(before.p.value) },
      to: { x: x(i), y: y(p.value) },
      stroke: 'accent',
      width: 2,
      ...(p.partial || before.p.partial ? { dash: [2, 5] } : {}),
    };
  });
  const dense = run.length > 60;
  const dots = run
    .filter(({ p }) => !dense || p.partial)
    .map(({ p, i }): Shape => ({
      kind: 'circle',
      at: { x: x(i), y: y(p.value) },
      r: run.length === 1 ? 4 : p.partial ? 3.2 : 2.4,
      fill: p.partial ? 'card' : 'accent',
      stroke: 'accent',
      width: p.partial ? 1.6 : 0,
    }));
  return [
    ...(alone
      ? [{ kind: 'line', from: { x: x(only.i), y: y(only.low) }, to: { x: x(only.i), y: y(only.high) }, stroke: 'accent', width: 2 } as const] // prettier-ignore
      : band.length === 0
        ? []
        : [{ kind: 'area', points: band, fill: 'band' } as const]),
    ...lines,
    ...dots,
  ];
}

function broken(
  values: readonly (number | null)[],
  x: (i: number) => number,
  y: (v: number) => number,
  pen: { readonly stroke: 'soft' | 'control-line'; readonly width: number; readonly dash?: readonly number[] },
): Shape[] {
  return values.slice(1).flatMap((value, k): Shape[] => {
    const before = values[k];
    if (value === null || before === null || before === undefined) return [];
    return [{ kind: 'line', from: { x: x(k), y: y(before) }, to: { x: x(k + 1), y: y(value) }, ...pen }];
  });
}

function marksOf(
  points: readonly LinePoint[],
  x: (i: number) => number,
  y: (v: number) => number,
  { left, inner, height }: { readonly left: number; readonly inner: number; readonly height: number },
): Mark[] {
  const seat = points.length < 2 ? inner : inner / (points.length - 1);
  return points.map((p, i) => {
    const at: Point = { x: x(i), y: y(p.value ?? 0) };
    const start = Math.max(left, at.x - seat / 2);
    return {
      at: p.value === null ? { x: at.x, y: height - BOTTOM } : at,
      area: { x: start, y: 0, width: Math.min(left + inner, at.x + seat / 2) - start, height: height - BOTTOM },
      says: p.says,
      ref: p.ref,
    };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
