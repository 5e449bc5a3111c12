import type { Paint, Point, Scene, Shape } from './scene.ts';

export type Colours = Readonly<Record<Paint, string>>;

/** Named one after the other: whoever opens the file may have none of them. */
export const FONTS = "'Inter Variable', Inter, 'Vazirmatn Variable', Vazirmatn, 'Segoe UI', Roboto, Tahoma, sans-serif";

/** `rgb(11 110 105 / 13%)` as colour and opacity: programs for drawing know no colour with an opacity in it. */
export function opaque(colour: string): { readonly colour: string; readonly opacity: number } {
  const found = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:\s*[/,]\s*([\d.]+)(%?))?\s*\)$/.exec(colour.trim());
  if (found === null) return { colour: colour.trim(), opacity: 1 };
  const [, r = '0', g = '0', b = '0', alpha, percent] = found;
  const hex = [r, g, b].map((c) => Math.round(Number(c)).toString(16).padStart(2, '0')).join('');
  return { colour: `#${hex}`, opacity: alpha === undefined ? 1 : Number(alpha) / (percent === '%' ? 100 : 1) };
}

/** A scene as a file of SVG that needs nothing beside it. */
export function svgText(scene: Scene, colours: Colours, name: string, rtl: boolean): string {
  const { width, height } = scene;
  const shapes = scene.shapes.map((shape) => `  ${element(shape, colours, rtl)}`).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escaped(FONTS)}" style="font-variant-numeric:tabular-nums">
  <title>${escaped(name)}</title>
${shapes}
</svg>
`;
}

function element(shape: Shape, colours: Colours, rtl: boolean): string {
  if (shape.kind === 'line') {
    const { from, to, width, dash } = shape;
    return `<line x1="${n(from.x)}" y1="${n(from.y)}" x2="${n(to.x)}" y2="${n(to.y)}" ${paint('stroke', colours[shape.stroke])} stroke-width="${width}" stroke-linecap="round"${dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`}/>`;
  }
  if (shape.kind === 'area') return `<path d="${pathOf(shape.points)}" ${paint('fill', colours[shape.fill])}/>`;
  if (shape.kind === 'circle') {
    const stroke = shape.width === 0 ? '' : ` ${paint('stroke', colours[shape.stroke])} stroke-width="${shape.width}"`;
    return `<circle cx="${n(shape.at.x)}" cy="${n(shape.at.y)}" r="${shape.r}" ${paint('fill', colours[shape.fill])}${stroke}/>`;
  }
  const weight = shape.weight === undefined ? '' : ` font-weight="${shape.weight}"`;
  return `<text x="${n(shape.x)}" y="${n(shape.y)}" font-size="${shape.size}"${weight} text-anchor="${shape.anchor}" ${paint('fill', colours[shape.paint])}>${escaped(isolated(shape.text, rtl))}</text>`;
}

function paint(name: 'fill' | 'stroke', value: string): string {
  const { colour, opacity } = opaque(value);
  return `${name}="${escaped(colour)}"${opacity === 1 ? '' : ` ${name}-opacity="${opacity}"`}`;
}

export function pathOf(points: readonly Point[]): string {
  return points.length === 0 ? '' : `M${points.map(({ x, y }) => `${n(x)},${n(y)}`).join('L')}Z`;
}

/** A picture runs from left to right; words of a language that does not keep their own direction in it. */
export function isolated(text: string, rtl: boolean): string {
  return rtl && /[\u0620-\u064a\u066e-\u06d5\u06fa-\u06ff]/u.test(text) ? `\u2067${text}\u2069` : text;
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** What XML has no place for is left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
