/** A colour of the house, by its name in the tokens. */
export const PAINTS = [
  'ink',
  'soft',
  'faint',
  'line',
  'control-line',
  'accent',
  'band',
  'better',
  'worse',
  'worse-mark',
  'neither',
  'card',
] as const;
export type Paint = (typeof PAINTS)[number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface TextShape extends Point {
  readonly kind: 'text';
  readonly text: string;
  readonly size: number;
  readonly paint: Paint;
  /** Which end stands at x, seen from the left whatever the language. */
  readonly anchor: 'start' | 'middle' | 'end';
  readonly weight?: 500 | 600;
}

/** Lengths are CSS pixels, from the top left. */
export type Shape =
  | {
      readonly kind: 'line';
      readonly from: Point;
      readonly to: Point;
      readonly stroke: Paint;
      readonly width: number;
      readonly dash?: readonly number[];
    }
  | { readonly kind: 'area'; readonly points: readonly Point[]; readonly fill: Paint }
  | {
      readonly kind: 'circle';
      readonly at: Point;
      readonly r: number;
      readonly fill: Paint;
      readonly stroke: Paint;
      readonly width: number;
    }
  | TextShape;

/** A figure of the picture that can be pointed at. */
export interface Mark {
  readonly at: Point;
  /** Where pointing means it. */
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** What it says, read out. */
  readonly says: string;
  /** Which figure it is: where its evidence lies. */
  readonly ref: string;
}

/** A picture as plain data: drawn on the page, as SVG and as PNG from the same. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly marks: readonly Mark[];
}

export function movedBy(scene: Scene, dx: number, dy: number): Scene {
  const move = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy });
  return {
    ...scene,
    shapes: scene.shapes.map((s): Shape => {
      if (s.kind === 'line') return { ...s, from: move(s.from), to: move(s.to) };
      if (s.kind === 'area') return { ...s, points: s.points.map(move) };
      if (s.kind === 'circle') return { ...s, at: move(s.at) };
      return { ...s, ...move(s) };
    }),
    marks: scene.marks.map((m) => ({ ...m, at: move(m.at), area: { ...m.area, ...move(m.area) } })),
  };
}

export function rectangle(x: number, y: number, width: number, height: number, fill: Paint): Shape {
  const [right, bottom] = [x + width, y + height];
  return { kind: 'area', fill, points: [{ x, y }, { x: right, y }, { x: right, y: bottom }, { x, y: bottom }] }; // prettier-ignore
}

/** Inter's mean widths by kind of letter, in em. */
function emOf(letter: string): number {
  if (/[\s.,:;'’|!il·()[\]]/u.test(letter)) return 0.3;
  if (/[mwMWшщжюШЩЖЮМ%@—]/u.test(letter)) return 0.86;
  if (/\p{Lu}/u.test(letter)) return 0.68;
  if (/[\u2066-\u2069\u200e\u200f]/u.test(letter)) return 0;
  return 0.57;
}

/** How wide a text will be, near enough to lay it out. */
export function widthOf(text: string, size: number): number {
  let em = 0;
  for (const letter of text) em += emOf(letter);
  return em * size;
}

/** As much of a text as has room, with … where it was cut; at least one letter. */
export function fitted(text: string, size: number, room: number): string {
  let em = 0;
  /** How much of the text has room beside the …. */
  let end = 0;
  let at = 0;
  for (const letter of text) {
    em += emOf(letter);
    at += letter.length;
    if (end === 0 || (em + emOf('…')) * size <= room) end = at;
    if (em * size > room) return `${text.slice(0, end).trimEnd()}…`;
  }
  return text;
}

/** A text in lines that have room, broken between words. */
export function wrapped(text: string, size: number, room: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(fitted(word, size, room));
  }
  return lines;
}
