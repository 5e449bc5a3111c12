import { describe, expect, test } from 'vitest';
import { differencesOf, groupTone } from '../differences.ts';
import { framed } from './framed.ts';
import { type GroupRow, groupsScene } from './groups.ts';
import { lineScene, type LinePoint } from './line.ts';
import { multiplesScene } from './multiples.ts';
import { fitted, movedBy, PAINTS, type Scene, type TextShape, widthOf, wrapped } from './scene.ts';
import { type Colours, opaque, svgText } from './svg.ts';

const point = (value: number | null, more: Partial<LinePoint> = {}): LinePoint => ({
  label: 'Sep 2026',
  value,
  low: value === null ? null : value - 0.2,
  high: value === null ? null : value + 0.2,
  partial: false,
  says: 'said',
  ref: 'all',
  ...more,
});
const row = (value: number, more: Partial<GroupRow> = {}): GroupRow => ({
  label: 'SP',
  note: 'n 40',
  words: String(value),
  value,
  low: value - 1,
  high: value + 1,
  tone: 'plain',
  says: 'said',
  ref: 'of SP',
  ...more,
});
const tick = (value: number): string => String(value);
const kinds = (scene: Scene, kind: string) => scene.shapes.filter((s) => s.kind === kind);
const texts = (scene: Scene): readonly TextShape[] => scene.shapes.filter((s) => s.kind === 'text');

/** Nothing stands outside of the picture. */
function inside(scene: Scene): void {
  for (const shape of scene.shapes) {
    const points = shape.kind === 'line' ? [shape.from, shape.to] : shape.kind === 'area' ? shape.points : [shape.kind === 'circle' ? shape.at : shape]; // prettier-ignore
    for (const { x, y } of points) {
      expect(x, JSON.stringify(shape)).toBeGreaterThanOrEqual(-0.5);
      expect(x, JSON.stringify(shape)).toBeLessThanOrEqual(scene.width + 0.5);
      expect(y, JSON.stringify(shape)).toBeGreaterThanOrEqual(-0.5);
      expect(y, JSON.stringify(shape)).toBeLessThanOrEqual(scene.height + 0.5);
    }
  }
}

describe('pictures', () => {
  test('[EX2] a course: its band, a gap where nothing was measured, dotted where time is not whole', () => {
    const points = [point(4), point(4.2), point(null), point(3.9), point(4.1, { partial: true })];
    const scene = lineScene({ points, width: 600, height: 240, tick });
    inside(scene);
    expect(kinds(scene, 'area')).toHaveLength(2);
    const drawn = scene.shapes.filter((s) => s.kind === 'line' && s.stroke === 'accent');
    expect(drawn).toHaveLength(2);
    expect(drawn.filter((s) => 'dash' in s)).toHaveLength(1);
    expect(scene.marks).toHaveLength(5);
    const [first, second] = scene.marks;
    expect((first?.area.x ?? 0) + (first?.area.width ?? 0)).toBeLessThanOrEqual((second?.area.x ?? 0) + 0.2);
    expect(kinds(lineScene({ points: [point(4)], width: 300, height: 200, tick }), 'circle')).toHaveLength(1);
    // A count begins at nothing.
    const counts = lineScene({ points: [point(1_000), point(1_010)], width: 600, height: 240, tick, fromZero: true });
    expect(texts(counts).map((t) => t.text)).toContain('0');
  });

  test('[EX2] small multiples share one scale and their places, at every width', () => {
    const items = [4, 2, 3, 5, 1].map((v, i) => ({ label: `Group ${i}`, note: 'n 9', points: [point(v), point(v)] }));
    for (const width of [300, 520, 1000]) {
      for (const rtl of [false, true]) {
        const scene = multiplesScene({ items, beside: [3, 3], width, tick, fromZero: false, rtl });
        inside(scene);
        expect(scene.marks).toHaveLength(10);
        const heights = new Set(texts(scene).filter((t) => t.paint === 'faint' && t.anchor === 'end' && t.text === '2').map((t) => t.y % 188)); // prettier-ignore
        expect(heights.size).toBeLessThanOrEqual(1);
      }
    }
  });

  test('[EX2] [EX4] groups: whiskers on one scale, hollow where nothing is clear, bars from nothing for counts', () => {
    const rows = [row(4, { tone: 'worse' }), row(5, { tone: 'neither' }), row(6, { tone: 'better' })];
    for (const rtl of [false, true]) {
      const scene = groupsScene({ rows, width: 340, tick, bars: false, all: { value: 5, label: 'all: 5' }, rtl });
      inside(scene);
      const dots = scene.shapes.filter((s) => s.kind === 'circle');
      expect(dots.map((d) => [d.fill, d.stroke])).toEqual([['worse-mark', 'worse-mark'], ['card', 'neither'], ['better', 'better']]); // prettier-ignore
      expect(dots.map((d) => d.at.x)).toEqual(dots.map((d) => d.at.x).toSorted((a, b) => a - b));
      expect(texts(scene).find((t) => t.text === 'SP')?.x).toBe(rtl ? 340 : 0);
    }
    const bars = groupsScene({ rows: [row(10, { low: null, high: null })], width: 600, tick, bars: true, rtl: false });
    expect(kinds(bars, 'area')).toHaveLength(1);
    expect(texts(bars).map((t) => t.text)).toContain('0');
  });

  test('[EX4] what is not clear, or was not compared, is not told apart', () => {
    const difference = { value: -1, low: -1.5, high: -0.5, p: 0.01, verdict: 'lower', pCorrected: 0.01 } as const;
    const unclear = { ...difference, p: 0.2, pCorrected: 0.2, verdict: 'unclear' } as const;
    const items = [{ level: 'true', difference }, { level: 'x', difference: unclear }]; // prettier-ignore
    const found = differencesOf({ items });
    const info = { higherIsBetter: true, method: 't' } as const;
    expect(['true', 'x', ''].map((key) => groupTone(found.get(key), info))).toEqual(['worse', 'neither', 'neither']);
    expect(groupTone(undefined, { higherIsBetter: null, method: 'none' })).toBe('plain');
    expect(differencesOf(undefined).size).toBe(0);
  });
});

describe('files', () => {
  const colours = Object.fromEntries(PAINTS.map((paint, i) => [paint, i % 2 === 0 ? `#0000${i}0` : 'rgb(11 110 105 / 13%)'])) as Colours; // prettier-ignore
  const caption = { title: 'Rating by state', lines: ['Jan – Mar 2026', 'Filter: a<b', 'n = 40'], source: 'Lark & Co' };

  test('[EX6] a file of SVG says what it shows and needs nothing beside it', () => {
    const scene = framed(lineScene({ points: [point(4), point(5)], width: 600, height: 240, tick }), caption, false);
    inside(scene);
    const svg = svgText(scene, colours, 'Rating & more', false);
    for (const part of ['Rating by state', 'Jan – Mar 2026', 'Filter: a&lt;b', 'n = 40', 'Lark &amp; Co', '<title>Rating &amp; more</title>', "'Inter Variable', Inter"]) {
      expect(svg).toContain(part);
    } // prettier-ignore
    expect(svg).not.toMatch(/var\(|class=|href|url\(|rgb\(/);
    expect(svg).toContain('fill="#0b6e69" fill-opacity="0.13"');
    expect(svg).toBe(svgText(scene, colours, 'Rating & more', false));
    expect(svg.match(/<text /g)?.length).toBe(svg.match(/<\/text>/g)?.length);
    expect(svgText({ ...scene, shapes: [] }, colours, 'a\u0000\ud800<b>', false)).toContain(
      '<title>a&lt;b&gt;</title>',
    );
  });

  test('[EX6] Persian words keep their direction, numbers and Latin names theirs', () => {
    const scene = groupsScene({ rows: [row(4, { label: 'تهران', words: '۴٫۰' }), row(5)], width: 600, tick, bars: false, rtl: true }); // prettier-ignore
    const svg = svgText(framed(scene, { ...caption, title: 'امتیاز' }, true), colours, 'x', true);
    for (const word of ['تهران', 'امتیاز']) expect(svg).toContain(`>\u2067${word}\u2069<`);
    for (const word of ['۴٫۰', 'SP']) expect(svg).toContain(`>${word}<`);
  });

  test('[EX6] colours, texts and places as a file needs them', () => {
    expect(opaque('#1c1b19')).toEqual({ colour: '#1c1b19', opacity: 1 });
    expect(opaque('rgb(86 184 175 / 16%)')).toEqual({ colour: '#56b8af', opacity: 0.16 });
    expect(opaque('rgba(0, 0, 0, 0.5)')).toEqual({ colour: '#000000', opacity: 0.5 });
    expect(fitted('Short', 13, 200)).toBe('Short');
    const cut = fitted('A very long name of a group of customers', 13, 100);
    expect(cut.endsWith('…') && widthOf(cut, 13) <= 100).toBe(true);
    expect(wrapped('one two three four', 13, 60).join(' ')).toBe('one two three four');
    expect(wrapped('one two three four', 13, 60).length).toBeGreaterThan(1);
    const moved = movedBy(lineScene({ points: [point(4), point(5)], width: 300, height: 200, tick }), 10, 20);
    expect(moved.marks[0]?.area.y).toBe(20);
  });
});
