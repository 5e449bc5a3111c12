/** Largest message, in bytes of its JSON. */
export const MAX_MESSAGE_BYTES = 32_768;
/** How deep objects and lists of a message may lie in one another. */
export const MAX_DEPTH = 20;

/**
 * Whether a message keeps within its size and depth. Its size is first guessed from above while its depth is looked at,
 * and taken exactly only where the guess comes near the limit.
 */
export function weigh(message: object, maxDepth: number): 'fine' | 'too deep' | 'too large' {
  const guess = guessBytes(message, maxDepth);
  if (guess < 0) return 'too deep';
  if (guess <= MAX_MESSAGE_BYTES) return 'fine';
  return Buffer.byteLength(JSON.stringify(message)) > MAX_MESSAGE_BYTES ? 'too large' : 'fine';
}

/** At least the bytes of its JSON where text is not escaped (3 bytes a UTF-16 unit); negative when it lies too deep. */
function guessBytes(value: unknown, depthLeft: number): number {
  if (typeof value === 'string') return value.length * 3 + 2;
  if (typeof value !== 'object' || value === null) return 24;
  if (depthLeft === 0) return -1;
  let bytes = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      const size = guessBytes(item, depthLeft - 1);
      if (size < 0) return size;
      bytes += size + 1;
    }
    return bytes;
  }
  for (const key in value) {
    const size = guessBytes(Reflect.get(value, key), depthLeft - 1);
    if (size < 0) return size;
    bytes += size + key.length * 3 + 4;
  }
  return bytes;
}

/** Text that every store takes. */
export function cleanText(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '');
}

/** The same value without zero bytes, and with U+FFFD for halves of characters. */
export function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), clean(inner)]));
}
