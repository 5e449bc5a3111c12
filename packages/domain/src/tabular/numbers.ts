const EASTERN = /[\u06f0-\u06f9\u0660-\u0669\u066b\u066c]/;

/** Persian and Arabic digits and their decimal and thousands signs as Latin ones. */
export function latinDigits(text: string): string {
  if (!EASTERN.test(text)) return text;
  return text
    .replace(/[\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) - 0x06f0))
    .replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x0660))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',');
}

export type DecimalMark = '.' | ',';

const PLAIN = /^-?\d+(\.\d+)?$/;
const DIGIT = /\d/;
const GROUPED: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^-?\d{1,3}(?:,\d{2,3})+(?:\.\d*)?$/,
  ',': /^-?\d{1,3}(?:\.\d{2,3})+(?:,\d*)?$/,
};
const SPACES = /[\s\u00a0\u202f'’]/g;

/**
 * Reads a number as people write them: thousands parted by the other mark, a space or an apostrophe; a currency before
 * or behind; minus before or behind, or parentheses; a percent sign is not a number.
 * @returns the number in plain digits (`-1234.5`), or null
 */
export function parseDecimal(cell: string, mark: DecimalMark): string | null {
  let text = latinDigits(cell).trim();
  if (mark === '.' && PLAIN.test(text)) return text;
  // Words are asked too: most cells of a file are none, and none of what follows makes a number of them.
  if (!DIGIT.test(text)) return null;
  text = text.replace(/^[+]/, '').replace(/\u2212/g, '-');
  let negative = false;
  if (/^\(.*\)$/.test(text)) [text, negative] = [text.slice(1, -1), true];
  text = text
    .replace(/^(-?)\s*(?:[A-Z]{3}|R?\p{Sc})\s*/u, '$1')
    .replace(/\s*(?:[A-Z]{3}|\p{Sc}|zł|Kč|kr|руб\.?|р\.|تومان|ریال)$/u, '');
  text = text.replace(SPACES, '');
  if (text.endsWith('-')) text = `-${text.slice(0, -1)}`;
  const thousands = mark === '.' ? ',' : '.';
  if (GROUPED[mark].test(text)) text = text.replaceAll(thousands, '');
  if (mark === ',') text = text.replace(',', '.');
  if (/^-?\.\d+$/.test(text)) text = text.replace('.', '0.');
  if (/^-?\d+\.$/.test(text)) text = text.slice(0, -1);
  if (/^-?\d+(\.\d+)?[eE][+-]?\d+$/.test(text)) {
    const value = Number(text);
    text = Number.isFinite(value) ? value.toFixed(Math.abs(value) < 1 ? 12 : 4).replace(/\.?0+$/, '') : '';
  }
  if (!PLAIN.test(text)) return null;
  return negative && !text.startsWith('-') ? `-${text}` : text;
}

/**
 * The decimal mark of a column: the one that reads more cells; a comma before exactly three digits everywhere is taken
 * for thousands, elsewhere for decimals. Null when neither reads more than half.
 */
export function guessDecimalMark(cells: readonly string[]): DecimalMark | null {
  let point = 0;
  let comma = 0;
  let commaDecimals = 0;
  for (const cell of cells) {
    if (parseDecimal(cell, '.') !== null) point++;
    if (parseDecimal(cell, ',') !== null) comma++;
    if (/,\d{1,2}(?!\d)|,\d{4,}/.test(latinDigits(cell))) commaDecimals++;
  }
  if (Math.max(point, comma) * 2 <= cells.length || cells.length === 0) return null;
  if (comma > point || (comma === point && commaDecimals > 0)) return ',';
  return '.';
}
