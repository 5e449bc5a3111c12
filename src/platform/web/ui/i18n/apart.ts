/**
 * A name or what somebody wrote, as it stands in a sentence: it runs in its own direction and leaves the sentence's as it is
 * (Unicode's first strong isolate).
 */
export function apart(text: string): string {
  return `\u2068${text}\u2069`;
}

/** Figures and what belongs to them, read from the left in a sentence of any direction. */
export function fromLeft(text: string): string {
  return `\u2066${text}\u2069`;
}
