const SINGLE_BYTE = ['windows-1250', 'iso-8859-2', 'windows-1251', 'windows-1252', 'windows-1256'] as const;
type SingleByte = (typeof SINGLE_BYTE)[number];

/** What the bytes of a file are, as far as they tell. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', ...SINGLE_BYTE] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface EncodingGuess {
  readonly encoding: Encoding;
  /** Bytes of byte-order mark to leave out. */
  readonly bom: number;
  /** False where single-byte alphabets had to be told apart by their letters. */
  readonly certain: boolean;
}

/** Letters a language writes often and others rarely; a wrong alphabet turns them into signs or other letters. */
const LETTERS: Readonly<Record<SingleByte, string>> = {
  'windows-1250': 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻčšžđČŠŽĐěřůťďňáéíýúőű„”–’',
  'iso-8859-2': 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻčšžđČŠŽĐěřůťďňáéíýúőű',
  'windows-1251': 'абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯёЁ№–«»',
  'windows-1252': 'àâãáäåæçèéêëìíîïñòóôõöøùúûüßÀÂÃÁÄÅÇÈÉÊËÍÑÓÔÕÖÚÜ€£ªº’‘“”–',
  // It has the Arabic yeh and kaf, not the Persian yeh. Words are joined by a mark that is not seen.
  'windows-1256': 'اآأئؤءبپتثجچحخدذرزژسشصضطظعغفقکكگلمنوهةيى،؛؟«»\u200c',
};
const KNOWN: ReadonlySet<string> = new Set(Object.values(LETTERS).join(''));
const TWO_SCRIPTS = /[a-z][\p{Script=Cyrillic}\p{Script=Arabic}]|[\p{Script=Cyrillic}\p{Script=Arabic}][a-z]/giu;

const BOMS: readonly (readonly [readonly number[], Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * Guesses how text is written down. A byte-order mark decides; then zero bytes at every other place (UTF-16); then
 * whether it is UTF-8; else the single-byte alphabet whose reading has the most letters a language would use.
 * @param bytes the first bytes of the file; a character cut off at their end is forgiven
 */
export function detectEncoding(bytes: Uint8Array): EncodingGuess {
  for (const [mark, encoding] of BOMS) {
    if (mark.every((b, i) => bytes[i] === b)) return { encoding, bom: mark.length, certain: true };
  }
  const utf16 = zeroesOnOneSide(bytes);
  if (utf16 !== null) return { encoding: utf16, bom: 0, certain: true };
  if (looksUtf8(bytes)) return { encoding: 'utf-8', bom: 0, certain: true };
  let best: Encoding = 'windows-1252';
  let bestScore = -Infinity;
  for (const encoding of SINGLE_BYTE) {
    const score = letterScore(new TextDecoder(encoding).decode(bytes), new Set(LETTERS[encoding]));
    if (score > bestScore) [best, bestScore] = [encoding, score];
  }
  return { encoding: best, bom: 0, certain: false };
}

function zeroesOnOneSide(bytes: Uint8Array): Encoding | null {
  const n = Math.min(bytes.length & ~1, 4096);
  if (n < 8) return null;
  const zeroes: [number, number] = [0, 0];
  for (let i = 0; i < n; i += 2) {
    if (bytes[i] === 0) zeroes[0]++;
    if (bytes[i + 1] === 0) zeroes[1]++;
  }
  const half = n / 2;
  if (zeroes[1] > half * 0.4 && zeroes[0] < half * 0.05) return 'utf-16le';
  if (zeroes[0] > half * 0.4 && zeroes[1] < half * 0.05) return 'utf-16be';
  return null;
}

/** Valid sequences hardly come about by chance: where there are as many as stray bytes, those are the fault of their lines. */
function looksUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i] ?? 0;
    if (b < 0x80) continue;
    const more = b >= 0xc2 && b < 0xe0 ? 1 : b >= 0xe0 && b < 0xf0 ? 2 : b >= 0xf0 && b < 0xf5 ? 3 : 0;
    let j = 1;
    while (j <= more && ((bytes[i + j] ?? 0x80) & 0xc0) === 0x80) j++;
    if (more > 0 && j > more) {
      good++;
      i += more;
    } else bad++;
  }
  return bad === 0 || good >= bad;
}

function letterScore(text: string, letters: ReadonlySet<string>): number {
  // Two scripts in one word are the mark of a wrong alphabet.
  let score = -2 * (text.match(TWO_SCRIPTS)?.length ?? 0);
  let before = '';
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    if (code >= 0x80) {
      if (letters.has(c)) score += 1;
      else if (code < 0xa0) score -= 3;
      else score -= 1;
      // So is a capital in the middle of a small word.
      if (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(c)) score -= 2;
    }
    before = c;
  }
  return score;
}

const MAGIC: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive or an Excel workbook'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
  [[0x47, 0x49, 0x46, 0x38], 'a picture'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook or one with a password'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0x4d, 0x5a, 0x90], 'a program'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive'],
];

/** Control characters of texts: tab, line ends, new page, escape, and those that part the cells of some tables. */
const IN_TEXT: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x0c, 0x1b, 0x01, 0x1f]);

/**
 * What a file is that is no text, in words (`a gzip archive`, `binary data`), or null for text.
 * @param bytes its first bytes
 */
export function binaryKind(bytes: Uint8Array): string | null {
  for (const [magic, name] of MAGIC) if (magic.every((b, i) => bytes[i] === b)) return name;
  const { encoding, bom } = detectEncoding(bytes.subarray(0, 8192));
  if (encoding.startsWith('utf-16')) return null;
  let controls = 0;
  const n = Math.min(bytes.length, 65_536);
  for (let i = bom; i < n; i++) {
    const b = bytes[i] ?? 0;
    if (b === 0) return 'binary data';
    if (b < 0x20 && !IN_TEXT.has(b)) controls++;
  }
  return controls > n * 0.02 ? 'binary data' : null;
}

const decoders = new Map<Encoding, TextDecoder>();
const NOT_ASCII = /[\u0080-\u00ff]/;

/**
 * Reads a binary string (one character per byte) in its encoding.
 * @returns null when the bytes are none of that encoding's
 */
export function decodeBinary(binary: string, encoding: Encoding): string | null {
  if (!NOT_ASCII.test(binary)) return binary;
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  let decoder = decoders.get(encoding);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    decoders.set(encoding, decoder);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

const SEQUENCE = /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g;

/**
 * Whether a row of a single-byte file is written in UTF-8: nothing but whole sequences, and two of them letters that a
 * language writes. PÓŁKA RÓŻOWA in windows-1250 is two sequences by chance, but of letters that hardly anybody does.
 */
export function isUtf8Row(binary: string): boolean {
  if (!NOT_ASCII.test(binary) || NOT_ASCII.test(binary.replaceAll(SEQUENCE, ''))) return false;
  const text = decodeBinary(binary, 'utf-8') ?? '';
  return Array.from(text).filter((c) => KNOWN.has(c)).length >= 2;
}
