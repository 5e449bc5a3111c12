import type { Paint, Scene, Shape } from './scene.ts';
import { type Colours, FONTS, isolated } from './svg.ts';
import { PAINTS } from './scene.ts';

/** The colours as the page has them now: light or dark. */
export function coloursNow(): Colours {
  const style = getComputedStyle(document.documentElement);
  const found = PAINTS.map((name): [Paint, string] => [name, style.getPropertyValue(`--${name}`).trim()]);
  // Every paint is in the list.
  return Object.fromEntries(found) as Colours;
}

/**
 * A scene as PNG of twice its size, painted shape by shape: so it has the page's own fonts, which a picture of the SVG
 * would not be given. Rejects where the browser makes none.
 */
export async function pngOf(scene: Scene, colours: Colours, rtl: boolean): Promise<Blob> {
  const family = rtl ? FONTS.replace(/^('Inter Variable', Inter), ('Vazirmatn Variable', Vazirmatn)/, '$2, $1') : FONTS;
  const letters = scene.shapes.map((s) => (s.kind === 'text' ? s.text : '')).join('');
  await Promise.all([400, 500, 600].map((weight) => document.fonts.load(`${weight} 14px ${family}`, letters)));
  const canvas = document.createElement('canvas');
  canvas.width = scene.width * 2;
  canvas.height = scene.height * 2;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This browser paints no pictures.');
  pen.scale(2, 2);
  for (const shape of scene.shapes) paintShape(pen, shape, colours, family, rtl);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob)),
      'image/png',
    );
  });
}

function paintShape(pen: CanvasRenderingContext2D, shape: Shape, colours: Colours, family: string, rtl: boolean): void {
  if (shape.kind === 'text') {
    pen.font = `${shape.weight ?? 400} ${shape.size}px ${family}`;
    pen.fillStyle = colours[shape.paint];
    pen.direction = 'ltr';
    pen.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor === 'end' ? 'right' : 'left';
    pen.fillText(isolated(shape.text, rtl), shape.x, shape.y);
    return;
  }
  pen.beginPath();
  if (shape.kind === 'line') {
    pen.setLineDash([...(shape.dash ?? [])]);
    pen.lineCap = 'round';
    pen.lineWidth = shape.width;
    pen.strokeStyle = colours[shape.stroke];
    pen.moveTo(shape.from.x, shape.from.y);
    pen.lineTo(shape.to.x, shape.to.y);
    pen.stroke();
    pen.setLineDash([]);
    return;
  }
  if (shape.kind === 'area') {
    shape.points.forEach(({ x, y }, i) => (i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
    pen.closePath();
    pen.fillStyle = colours[shape.fill];
    pen.fill();
    return;
  }
  pen.arc(shape.at.x, shape.at.y, shape.r, 0, 2 * Math.PI);
  pen.fillStyle = colours[shape.fill];
  pen.fill();
  if (shape.width > 0) {
    pen.lineWidth = shape.width;
    pen.strokeStyle = colours[shape.stroke];
    pen.stroke();
  }
}
