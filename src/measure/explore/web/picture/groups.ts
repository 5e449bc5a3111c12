import { niceTicks } from '../../../../platform/web/ui/charts/scale.ts';
import { fitted, type Mark, type Paint, rectangle, type Scene, type Shape, widthOf } from './scene.ts';

export interface GroupRow {
  readonly label: string;
  /** What it rests on: `n 268`. */
  readonly note: string;
  /** As the reader is told it: `4.08 ± 0.03`. */
  readonly words: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Clearly better or worse than the others, after correction; else neither. */
  readonly tone: 'better' | 'worse' | 'neither' | 'plain';
  readonly says: string;
  readonly ref: string;
}

export interface GroupsOptions {
  readonly rows: readonly GroupRow[];
  readonly width: number;
  readonly tick: (value: number) => string;
  /** Counts are bars from nothing; all else dots with whiskers, for which nothing is no natural beginning. */
  readonly bars: boolean;
  /** Where all of them together stand, and what that is called. */
  readonly all?: { readonly value: number; readonly label: string } | undefined;
  /** Differences: a scale that holds zero, with a line there. */
  readonly aroundZero?: boolean;
  /** Names stand where reading begins. */
  readonly rtl: boolean;
}

const ROW = 40;
const TONES: Readonly<Record<GroupRow['tone'], Paint>> = {
  better: 'better',
  worse: 'worse-mark',
  neither: 'neither',
  plain: 'accent',
};

/** Groups one under the other on one scale: dots with whiskers, or bars where something is counted. */
export function groupsScene(options: GroupsOptions): Scene {
  const { rows, width, tick, bars, all, rtl } = options;
  const wordsRoom = Math.ceil(Math.max(...rows.map((r) => widthOf(r.words, 13)), 40)) + 6;
  const labelRoom = Math.min(width < 520 ? width * 0.34 : 240, Math.max(...rows.map((r) => widthOf(r.label, 13)), widthOf(rows[0]?.note ?? '', 11.5)) + 4); // prettier-ignore
  const head = all === undefined ? 8 : 24;
  const foot = 24;
  const height = head + rows.length * ROW + foot;
  const [start, end] = rtl ? [wordsRoom + 12, width - labelRoom - 16] : [labelRoom + 16, width - wordsRoom - 12];
  const values = rows.flatMap((r) => [r.value, r.low, r.high]).filter((v) => v !== null);
  const held = [
    ...values,
    ...(all === undefined ? [] : [all.value]),
    ...(bars || options.aroundZero === true ? [0] : []),
  ];
  const ticks = held.length === 0 ? [0, 1] : niceTicks(Math.min(...held), Math.max(...held));
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const x = (v: number): number =>
    Math.round((start + 6 + ((v - low) / (high - low || 1)) * Math.max(20, end - start - 12)) * 10) / 10;
  const shapes: Shape[] = [];
  const fitting = Math.max(2, Math.floor((end - start) / 56));
  const step = Math.ceil(ticks.length / fitting);
  ticks.forEach((value, i) => {
    shapes.push({ kind: 'line', from: { x: x(value), y: head }, to: { x: x(value), y: height - foot }, stroke: 'line', width: 1 }); // prettier-ignore
    if (i % step === 0) {
      shapes.push({ kind: 'text', x: x(value), y: height - 7, text: tick(value), size: 11.5, paint: 'faint', anchor: 'middle' }); // prettier-ignore
    }
  });
  if (options.aroundZero === true) {
    shapes.push({ kind: 'line', from: { x: x(0), y: head }, to: { x: x(0), y: height - foot }, stroke: 'control-line', width: 1.5 }); // prettier-ignore
  }
  if (all !== undefined) {
    shapes.push({ kind: 'line', from: { x: x(all.value), y: head - 4 }, to: { x: x(all.value), y: height - foot }, stroke: 'soft', width: 1.2, dash: [3, 4] }); // prettier-ignore
    const half = widthOf(all.label, 11.5) / 2;
    const at = Math.max(half, Math.min(width - half, x(all.value)));
    shapes.push({ kind: 'text', x: at, y: 13, text: all.label, size: 11.5, paint: 'soft', anchor: 'middle' });
  }
  const marks: Mark[] = [];
  rows.forEach((row, i) => {
    const top = head + i * ROW;
    const y = top + ROW / 2;
    if (i > 0)
      shapes.push({ kind: 'line', from: { x: 0, y: top }, to: { x: width, y: top }, stroke: 'line', width: 1 });
    const [nameAt, wordsAt] = rtl ? ([width, 0] as const) : ([0, width] as const);
    const [nameEnd, wordsEnd] = rtl ? (['end', 'start'] as const) : (['start', 'end'] as const);
    shapes.push({ kind: 'text', x: nameAt, y: y - 2, text: fitted(row.label, 13, labelRoom), size: 13, paint: 'ink', anchor: nameEnd }); // prettier-ignore
    shapes.push({ kind: 'text', x: nameAt, y: y + 13, text: fitted(row.note, 11.5, labelRoom), size: 11.5, paint: 'faint', anchor: nameEnd }); // prettier-ignore
    shapes.push({ kind: 'text', x: wordsAt, y: y + 4, text: row.words, size: 13, paint: 'ink', anchor: wordsEnd });
    shapes.push(...figureShapes(row, x, y, bars));
    marks.push({ at: { x: x(row.value ?? low), y }, area: { x: 0, y: top, width, height: ROW }, says: row.says, ref: row.ref }); // prettier-ignore
  });
  return { width, height, shapes, marks };
}

function figureShapes(row: GroupRow, x: (v: number) => number, y: number, bars: boolean): Shape[] {
  const { value, low, high, tone } = row;
  const colour = TONES[tone];
  if (value === null) return [];
  if (bars) {
    const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))];
    return [rectangle(from, y - 7, Math.max(1, to - from), 14, colour)];
  }
  const whisker: Shape[] =
    low === null || high === null
      ? []
      : [{ kind: 'line', from: { x: x(low), y }, to: { x: x(high), y }, stroke: colour, width: 2.4 }];
  // Whoever sees no colours tells what is clear by the filled dot.
  const isHollow = tone === 'neither';
  return [...whisker, { kind: 'circle', at: { x: x(value), y }, r: 4.6, fill: isHollow ? 'card' : colour, stroke: colour, width: isHollow ? 2 : 0 }]; // prettier-ignore
}
