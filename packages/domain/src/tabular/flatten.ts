/** Halves of characters and NUL, which JSON can spell (`\ud800`, `\u0000`) and no store takes. */
const NONE = /\p{Surrogate}|\0/gu;

/** Names a flattened object may have at most: what a file of that many columns would have. */
const MOST_NAMES = 500;

/**
 * The cells of one JSON object, by name; what lies in objects gets its path with points, lists stay JSON text.
 * Nothing and null are missing cells. Half of a character, and NUL, become U+FFFD.
 */
export function flattenObject(
  value: Readonly<Record<string, unknown>>,
  prefix = '',
  into: Record<string, string> = {},
): Record<string, string> {
  for (const [key, inner] of Object.entries(value)) {
    const own = key.replace(NONE, '\ufffd');
    const name = prefix === '' ? own : `${prefix}.${own}`;
    if (Object.keys(into).length >= MOST_NAMES) return into;
    if (inner === null || inner === undefined) continue;
    if (isRecord(inner)) flattenObject(inner, name, into);
    else into[name] = typeof inner === 'string' ? inner.replace(NONE, '\ufffd') : JSON.stringify(inner);
  }
  return into;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
