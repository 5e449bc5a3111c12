import { html, Html } from '@touchstone/sdk/survey';
import { encode } from 'uqr';
import { pngOf } from './png.ts';

/** Of a picture that is saved: large enough for a poster. */
const WIDE = 1_200;

/**
 * A QR code (ISO/IEC 18004) of an address: rows of squares with the quiet zone of four around it. A seventh of it may be
 * dirty or torn (level M).
 */
function squaresOf(url: string): boolean[][] {
  return encode(url, { ecc: 'M', border: 4 }).data;
}

/** The code as SVG; `name` is read out for it. */
export function svgOf(url: string, name: string): string {
  const rows = squaresOf(url);
  const path = rows.flatMap((row, y) => runs(row).map(([x, wide]) => `M${x} ${y}h${wide}v1h-${wide}z`)).join('');
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${rows.length} ${rows.length}"
    shape-rendering="crispEdges"
    role="img"
  >
    <title>${name}</title>
    <path fill="#fff" d="M0 0h${rows.length}v${rows.length}H0z" />
    <path fill="#000" d="${new Html(path)}" />
  </svg>`.text;
}

/** Where black begins in a row, and how wide it is. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = [];
  row.forEach((black, x) => {
    const last = found.at(-1);
    if (!black) return;
    if (last !== undefined && last[0] + last[1] === x) last[1]++;
    else found.push([x, 1]);
  });
  return found;
}

export function pngOfCode(url: string): Buffer {
  const rows = squaresOf(url);
  return pngOf(rows, Math.max(1, Math.floor(WIDE / rows.length)));
}

export interface Drawn {
  readonly name: string;
  readonly url: string;
}

/** A page to print on A4 and cut up: codes with what each is called, and what one is asked above it. */
export function sheetOf(title: string, call: string, codes: readonly Drawn[]): string {
  return `<!doctype html>\n${
    html`<html>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Html(SHEET)}
        </style>
      </head>
      <body>
        <h1 dir="auto">${title}</h1>
        <ul>
          ${codes.map(
            ({ name, url }) =>
              html`<li>
                ${call !== '' && html`<p class="call" dir="auto">${call}</p>`}${new Html(svgOf(url, name))}
                <p class="name" dir="auto">${name}</p>
              </li>`,
          )}
        </ul>
      </body>
    </html>`.text
  }\n`;
}

const SHEET = `
  @page { size: A4; margin: 12mm }
  * { box-sizing: border-box; margin: 0 }
  body { font: 12pt/1.35 system-ui, sans-serif; color: #111; background: #fff; max-width: 186mm; margin: 12mm auto; padding: 0 4mm }
  h1 { font-size: 14pt; margin-bottom: 6mm }
  ul { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(54mm, 1fr)) }
  li { border: 1px dashed #aaa; margin: 0 -1px -1px 0; padding: 5mm; text-align: center; break-inside: avoid; display: flex; flex-direction: column }
  svg { width: 100%; max-width: 46mm; margin: 0 auto; display: block }
  .call { font-weight: 600; overflow-wrap: anywhere }
  .name { font-size: 11pt; overflow-wrap: anywhere }
  @media print { body { max-width: none; margin: 0; padding: 0 } h1 { display: none } ul { grid-template-columns: repeat(3, 1fr) } }
`;
