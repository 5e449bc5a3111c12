/** Bytes of a name in SPSS. */
const LONGEST = 64;
/** Words of its syntax. */
const RESERVED = new Set(['ALL', 'AND', 'BY', 'EQ', 'GE', 'GT', 'LE', 'LT', 'NE', 'NOT', 'OR', 'TO', 'WITH']);

/**
 * Names that every statistical package takes: letters of any script, digits, `_` and `.`, beginning with a letter and not
 * ending with a point, at most 64 bytes, no word of SPSS's syntax, each once whatever its case.
 */
export function variableNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name) => {
    const plain = plainName(name);
    let own = cutBytes(plain, LONGEST).replace(/\.+$/, '');
    for (let n = 2; taken.has(own.toUpperCase()); n++) own = `${cutBytes(plain, LONGEST - `_${n}`.length)}_${n}`;
    taken.add(own.toUpperCase());
    return own;
  });
}

function plainName(name: string): string {
  const plain = name.normalize('NFC').replaceAll(/[^\p{L}\p{Nd}_.]+/gu, '_');
  const begun = /^\p{L}/u.test(plain) ? plain : `v${plain.startsWith('_') ? '' : '_'}${plain}`;
  return RESERVED.has(begun.toUpperCase()) ? `${begun}_` : begun;
}

/** As much of a text as so many bytes of UTF-8 hold, whole letters only. */
export function cutBytes(text: string, most: number): string {
  if (text.length * 3 <= most) return text;
  const bytes = Buffer.from(text);
  return bytes.length <= most ? text : bytes.subarray(0, letterEnd(bytes, most)).toString();
}

/** The last end of a letter at or before a place of UTF-8. */
export function letterEnd(bytes: Uint8Array, most: number): number {
  let end = Math.min(most, bytes.length);
  // Bytes within a letter begin with the bits 10.
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}
