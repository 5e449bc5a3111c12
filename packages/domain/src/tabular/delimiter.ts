import { RecordReader } from './reader.ts';

/** The last two are the control characters that Hive and ASCII part cells with. A colon is none: clocks are full of it. */
export const DELIMITERS = [',', ';', '\t', '|', '^', '~', '\u0001', '\u001f'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * The delimiter under which the lines have the same, largest number of cells: the share of lines that agree with the
 * first decides, then the number of cells. `,` where nothing speaks for any.
 * @param binary the beginning of the file, one character per byte, without its byte-order mark
 */
export function sniffDelimiter(binary: string): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  // Letters that are none of ASCII tell nothing of it, in whatever encoding.
  const ascii = binary.replaceAll(/[\u0080-\u00ff]/g, 'x');
  for (const delimiter of DELIMITERS) {
    const reader = new RecordReader({ kind: 'csv', delimiter, encoding: 'utf-8' });
    const records = reader.push(ascii).slice(0, 200);
    const last = records.length > 0 ? [] : reader.push('', true);
    const rows = [...records, ...last];
    // A line that cannot be cut into cells tells nothing of the others.
    const width = rows.find((r) => r.fault === undefined)?.cells.length ?? 0;
    if (width < 2) continue;
    const agree = rows.filter((r) => r.cells.length === width).length / rows.length;
    const score = agree * (1 + Math.min(width, 30) / 100);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

const PREFACE = /^"?sep=(.)"?(?:\r\n|\n|\r)/;

/** The delimiter that the first line names as spreadsheets write it (`sep=;`), where it is such a line; else null. */
export function namedDelimiter(binary: string): Delimiter | null {
  const named = PREFACE.exec(binary)?.[1];
  return DELIMITERS.find((delimiter) => delimiter === named) ?? null;
}

/** Whether the text is one JSON object per line rather than a table. */
export function looksNdjson(binary: string): boolean {
  const line = binary.trimStart().split('\n', 1)[0]?.trim() ?? '';
  return line.startsWith('{') && /^\{\s*("|\})/.test(line);
}
