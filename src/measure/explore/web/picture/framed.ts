import { movedBy, rectangle, type Scene, type Shape, wrapped } from './scene.ts';

/** What stands around a picture that leaves the page, so that it still says what it shows. */
export interface Caption {
  readonly title: string;
  /** Period, filter, n: one line each. */
  readonly lines: readonly string[];
  /** Where it comes from. */
  readonly source: string;
}

const MARGIN = 28;

/** A picture with its title over it and its source under it, on the paper of a card. */
export function framed(scene: Scene, { title, lines, source }: Caption, rtl: boolean): Scene {
  const width = scene.width + 2 * MARGIN;
  const start = rtl ? width - MARGIN : MARGIN;
  const anchor = rtl ? 'end' : 'start';
  const shapes: Shape[] = [];
  let y = MARGIN;
  const write = (text: string, size: number, step: number, paint: 'ink' | 'soft' | 'faint', weight?: 600): void => {
    for (const line of wrapped(text, size, scene.width)) {
      y += step;
      shapes.push({ kind: 'text', x: start, y, text: line, size, paint, anchor, ...(weight === undefined ? {} : { weight }) }); // prettier-ignore
    }
  };
  write(title, 18, 22, 'ink', 600);
  y += 4;
  for (const line of lines) write(line, 12.5, 18, 'soft');
  y += 22;
  const picture = movedBy(scene, MARGIN, y);
  y += scene.height + 14;
  shapes.push({ kind: 'line', from: { x: MARGIN, y }, to: { x: width - MARGIN, y }, stroke: 'line', width: 1 });
  y += 4;
  write(source, 11.5, 16, 'faint');
  const height = Math.ceil(y + MARGIN - 6);
  return { width, height, shapes: [rectangle(0, 0, width, height, 'card'), ...picture.shapes, ...shapes], marks: [] };
}
