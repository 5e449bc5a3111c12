/** Languages the company's customers write in. */
export const SPOKEN = ['en', 'ru', 'pl', 'sl', 'fa', 'de'] as const;
export type Spoken = (typeof SPOKEN)[number];

/** What a comment may be about. */
export const THEMES = [
  'late',
  'parcel',
  'faulty',
  'love',
  'checkoutHard',
  'checkoutEasy',
  'returnEasy',
  'returnRefused',
  'helpGood',
  'helpBad',
  'visitGood',
  'visitBad',
  'fair',
] as const;
export type Theme = (typeof THEMES)[number];

/**
 * Sentences of a theme, each whole, in three places: what happened, what of it, and what is asked or said at the end. Any of one
 * place goes with any of the others, and any of the first two stands alone.
 * `{thing}`: a thing that was bought, as the object of a sentence. `{wait}`: how long, as in "it came {wait} late".
 */
export interface Parts {
  readonly what: readonly string[];
  readonly more: readonly string[];
  readonly end: readonly string[];
}

/** How the customers of one language write. */
export interface Speech {
  /** Things as the object of "I bought". */
  readonly things: readonly string[];
  /** One day, two days … six days and more, as the length of a delay. */
  readonly waits: readonly [string, string, string, string, string, string];
  readonly themes: Readonly<Record<Theme, Parts>>;
}
