/*
 * Patterns of short texts: a part of regular expressions that is decided in one pass over the text, whoever wrote it, and
 * that means the same as the `pattern` of an HTML field. One after the other: characters, `.`, `\d`, `\s`, `\p{L}` and its
 * like, classes such as `[A-Z0-9\-]`, each with `?`, `*`, `+`, `{2}`, `{2,}` or `{2,5}`. No groups, no `|`.
 */
const ATOM =
  /(\\[ds]|\\p\{[A-Z][a-z]?\}|\\[-^$\\.*+?()[\]{}|/&]|\[\^?(?:(?:\\[ds]|\\p\{[A-Z][a-z]?\}|\\[-^$\\.*+?()[\]{}|/&]|[^-^$\\.*+?()[\]{}|/&])(?:-(?=[^\]]))?)+\]|[^\\^$*+?()[\]{}|])(?:\{(\d{1,3})(,(\d{0,3}))?\}|([?*+]))?/uy;

interface Place {
  readonly fits: RegExp;
  readonly optional: boolean;
  readonly repeats: boolean;
}

/** How many characters a pattern may ask for one by one. */
const MOST = 500;

/** The pattern as a test of whole texts; undefined where it is none. Takes text length × pattern length steps at most. */
export function compilePattern(pattern: string): ((text: string) => boolean) | undefined {
  const places: Place[] = [];
  const atom = new RegExp(ATOM);
  while (atom.lastIndex < pattern.length) {
    const found = atom.exec(pattern);
    if (found === null) return undefined;
    const [, one = '', low, comma, high, sign] = found;
    const least = low === undefined ? (sign === '?' || sign === '*' ? 0 : 1) : Number(low);
    const endless = sign === '*' || sign === '+' || (comma !== undefined && high === '');
    const most = endless ? Math.max(least, 1) : comma === undefined ? (low === undefined ? 1 : least) : Number(high);
    if (most < least || places.length + most > MOST) return undefined;
    let fits: RegExp;
    try {
      fits = new RegExp(`^${one}$`, 'su');
    } catch {
      return undefined;
    }
    for (let i = 0; i < most; i++) places.push({ fits, optional: i >= least, repeats: endless && i === most - 1 });
  }
  return (text) => matches(places, text);
}

/** Thompson's simulation ("Regular expression search algorithm", 1968): all places it could be at, character by character. */
function matches(places: readonly Place[], text: string): boolean {
  const enter = (at: Set<number>, from: number): void => {
    for (let i = from; !at.has(i); i++) {
      at.add(i);
      if (places[i]?.optional !== true) return;
    }
  };
  let at = new Set<number>();
  enter(at, 0);
  for (const c of text) {
    const then = new Set<number>();
    for (const i of at) {
      const place = places[i];
      if (place === undefined || !place.fits.test(c)) continue;
      if (place.repeats) enter(then, i);
      enter(then, i + 1);
    }
    at = then;
  }
  return at.has(places.length);
}
