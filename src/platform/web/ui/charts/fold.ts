import type { SeriesPoint } from './series.tsx';

/** A point of the drawing: one of the series, or a long stretch of nothing in the place of its many. */
export type Folded =
  | { readonly kind: 'point'; readonly point: SeriesPoint }
  | { readonly kind: 'gap'; readonly first: SeriesPoint; readonly last: SeriesPoint };

/** So many empty buckets in a row still stand as they are: a slow season is part of the picture. */
const MOST_EMPTY = 8;

/**
 * A series whose long stretches of nothing take one place each, so that one stray event of years ago does not press
 * all the rest together. Nothing that was measured is left out; empty ends that long are.
 */
export function foldGaps(points: readonly SeriesPoint[]): readonly Folded[] {
  const folded: Folded[] = [];
  let empty: SeriesPoint[] = [];
  const settle = (): void => {
    const [first] = empty;
    const last = empty.at(-1);
    if (first !== undefined && last !== undefined && empty.length > MOST_EMPTY)
      folded.push({ kind: 'gap', first, last });
    else folded.push(...empty.map((point): Folded => ({ kind: 'point', point })));
    empty = [];
  };
  for (const point of points) {
    if (point.n === 0) empty.push(point);
    else {
      settle();
      folded.push({ kind: 'point', point });
    }
  }
  settle();
  return folded.slice(folded[0]?.kind === 'gap' ? 1 : 0, folded.at(-1)?.kind === 'gap' ? -1 : undefined);
}

/** Which of so many places are named on the axis: the first and others at even steps, the last where a step ends there. */
export function namedPlaces(places: number, fitting: number): ReadonlySet<number> {
  const gaps = places - 1;
  const least = Math.max(1, Math.ceil(gaps / Math.max(1, fitting - 1)));
  const even = Array.from({ length: least + 1 }, (_, i) => least + i).find((step) => gaps % step === 0);
  const step = even ?? least;
  return new Set(Array.from({ length: Math.floor(gaps / step) + 1 }, (_, i) => i * step));
}
