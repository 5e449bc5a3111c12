export interface JourneyStage {
  readonly key: string;
  readonly label: string;
  /** Null where nobody rated it: an assumption. */
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Answers. */
  readonly n: number;
}

/**
 * The stage where the journey breaks: the lowest score, when its interval lies wholly below that of every other rated
 * stage. Undefined where the intervals do not carry it.
 */
export function momentOfTruth(stages: readonly JourneyStage[]): string | undefined {
  const rated = stages.filter((s) => s.score !== null && s.low !== null && s.high !== null);
  const lowest = rated.toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0))[0];
  if (lowest === undefined || rated.length < 2) return undefined;
  return rated.every((s) => s === lowest || (s.low ?? 0) > (lowest.high ?? 0)) ? lowest.key : undefined;
}
